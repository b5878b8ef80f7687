"""An Eingabetabelle obeys what its rows obey elsewhere: the lock of a life, and the policy of their kind."""

import pytest
from django.urls import reverse

from records.life.moving import take_step
from records.models import Batch
from tests.factories import make
from tests.records.grids import below, of_list, opened, send, shown, typed
from tests.trial.models import GrantAction, GrantApplication, GrantLine, Note

SENTENCE = "Der Antrag ist eingegangen und ändert sich nicht mehr."
pytestmark = pytest.mark.usefixtures("trial", "quiet")


@pytest.fixture
def application(cast) -> GrantApplication:
    found = make(GrantApplication, cast.home, full=False, title="Spielplatz", amount=5, actor=cast.planner)
    make(GrantLine, cast.home, application=found, title="Rutsche", actor=cast.planner)
    return found


def lock(cast, application):
    application.refresh_from_db()
    take_step(record=application, action=GrantAction.FILE, actor=cast.planner, version=application.version)


@pytest.mark.parametrize(
    "row", [{"number": 0, "title": "Schaukel"}, {"number": 1, "title": "Wippe"}, {"number": 0, "haken": "on"}]
)
def test_rows_of_what_is_locked_stay_as_they_are(cast, application, row):
    url = below(cast, application, "probezeilen")
    data = typed(opened(cast, url), **row)
    lock(cast, application)
    answer = send(cast, url, data)
    assert (answer.status_code in (409, 422), SENTENCE in answer.content.decode()) == (True, True)
    assert list(GrantLine.objects.values_list("title", "version")) == [("Rutsche", 1)]
    assert not Batch.objects.exists()
    assert shown(answer)[f"z{row['number']}-title"] == row.get("title", "Rutsche")


def test_rows_that_only_their_author_sees_are_typed_by_nobody_else(cast):
    mine, theirs = (make(Note, cast.home, title=who, actor=getattr(cast, who)) for who in ("planner", "lead"))
    url = of_list(cast, Note)
    data = opened(cast, url)
    assert (data["z0-title"], data["z1-title"]) == ("planner", "")
    answer = send(cast, url, typed(data, 1, stand=f"1:{theirs.uid}", title="Fremd"))
    assert answer.status_code == 409
    theirs.refresh_from_db()
    assert (theirs.title, theirs.version) == ("lead", 1)
    assert send(cast, url, typed(data, 0, title="Eigen")).status_code == 302
    mine.refresh_from_db()
    assert mine.title == "Eigen"


def test_who_may_write_nothing_but_own_rows_undoes_them(cast):
    url = of_list(cast, Note)
    assert send(cast, url, typed(opened(cast, url, "ministry"), 0, title="Zettel"), "ministry").status_code == 302
    undo = reverse("records:undo", args=[cast.home.slug, Batch.objects.get().pk])
    assert cast.client("planner").post(undo).status_code == 404
    assert cast.client("ministry").post(undo).status_code == 302
    assert not Note.objects.exists()
