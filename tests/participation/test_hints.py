"""A hint of an adviser: given at a record or a chapter, answered, settled, opened again; never in a document."""

import pytest
from django.urls import reverse

from participation.enums import HintState
from participation.models import Hint
from planning.models import Need
from plans.builder import build_plan
from plans.content import to_json
from plans.models import Plan
from records.registry import kind_of
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.cast import Cast
from tests.factories import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
TITLE = "Beleg fehlt noch"


def give(cast: Cast, key: str, who: str = "adviser"):
    url = f"{reverse('participation:hint-create', args=[cast.home.slug])}?zu={key}"
    return cast.client(who).post(url, {"title": TITLE, "text": "Nennen Sie die Befragung.", "form_key": key})


def step(cast: Cast, word: str, who: str, **typed):
    hint = Hint.objects.get()
    url = f"{kind_of(Hint).url('detail', cast.home, hint.pk)}schritt/{word}/"
    return cast.client(who).post(url, {"version": hint.version, **typed})


def waits(cast: Cast, who: str) -> bool:
    """Whether something is to be done, not only new."""
    return f'only">: {TITLE}' in cast.client(who).get(reverse("overview:waiting")).content.decode()


def test_a_hint_lives_between_adviser_and_municipality(cast: Cast):
    need = make(Need, cast.home, title="Ferienbetreuung")
    page = kind_of(Need).url("detail", cast.home, need.pk)
    assert [give(cast, f"need/{need.pk}", who).status_code for who in ("planner", "ministry", "foreign_planner")] == [
        403,
        403,
        404,
    ]
    assert give(cast, f"need/{need.pk}").url == page
    assert give(cast, f"need/{need.pk}").status_code == 302  # the same form once more
    hint = Hint.objects.get()
    assert "Ferienbetreuung" in hint.about_label
    own_page = cast.client().get(kind_of(Hint).url("detail", cast.home, hint.pk)).content.decode()
    assert f'href="{page}"' in own_page
    shown = {who: TITLE in cast.client(who).get(page).content.decode() for who in ("planner", "lead", "adviser")}
    assert shown == {"planner": True, "lead": True, "adviser": True}
    for who in ("ministry", "admin"):
        assert TITLE not in cast.client(who).get(page).content.decode()
    assert {who: waits(cast, who) for who in ("planner", "adviser", "ministry", "foreign_planner")} == {
        "planner": True,
        "adviser": False,
        "ministry": False,
        "foreign_planner": False,
    }
    assert step(cast, "beantworten", "adviser", answer="Nein").status_code == 403
    assert step(cast, "beantworten", "planner", answer="").status_code == 422
    assert step(cast, "beantworten", "planner", answer="Ist ergänzt.").status_code == 302
    assert "Ist ergänzt." in cast.client("adviser").get(page).content.decode()
    assert (waits(cast, "planner"), waits(cast, "adviser")) == (False, True)
    assert step(cast, "wieder-oeffnen", "adviser", note="Seite fehlt").status_code == 302
    assert Hint.objects.get().state == HintState.OPEN
    assert step(cast, "erledigt", "planner").status_code == 302
    assert (waits(cast, "planner"), waits(cast, "adviser")) == (False, False)


def test_a_chapter_takes_hints_and_no_document_tells_of_them(cast: Cast):
    plan = make(Plan, cast.home, full=False, year=2018)
    assert give(cast, f"plan/{plan.pk}/needs").status_code == 302
    url = f"{reverse('plans:plan-detail', args=[cast.home.slug, plan.pk])}?kapitel="
    assert TITLE in cast.client().get(f"{url}bedarf").content.decode()
    assert (
        TITLE
        in cast.client().get(reverse("plans:plan-chapter", args=[cast.home.slug, plan.pk, "bedarf"])).content.decode()
    )
    assert TITLE not in cast.client().get(f"{url}ziele").content.decode()
    assert TITLE not in cast.client("ministry").get(f"{url}bedarf").content.decode()
    page = cast.client().get(url + "auftrag").content.decode()
    assert page.count('aria-label="1 Hinweis offen"') == 1, "the list of chapters shows where"
    assert "Hinweis offen" not in cast.client("ministry").get(url + "auftrag").content.decode()
    assert TITLE not in to_json(build_plan(plan)).decode()


def test_places_that_do_not_exist_take_none(cast: Cast):
    away = make(Need, cast.away)
    for key in (f"need/{away.pk}", "need/x", "need", "plan/1/needs", "nichts/1", "", "hint/9"):
        assert give(cast, key).status_code == 404, key
    assert not Hint.objects.exists()
