"""The ministry's review: who until when, remarks beside the chapter and what has changed since the last approval."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from planning.models import Need, PlanningCycle
from plans.enums import PlanAction
from plans.models import PlanReview, Remark
from tests.factories import make
from tests.plans.life.released import actors_in, go, make_plan
from tests.plans.life.test_pages import fields, text_of, url

A = PlanAction
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quiet", "quick_pdf"), pytest.mark.once]


@pytest.fixture
def plan(cast):
    """Two editions: the first approved, the second with a need more, submitted."""
    cycle = make(PlanningCycle, cast.home, full=False, title="Z", first_year=2018, last_year=2019)
    plan, actors = make_plan(cast.home, 2018, cycle=cycle), actors_in(cast, cast.home)
    go(plan, actors, A.RELEASE, A.SUBMIT, A.BEGIN_REVIEW, A.APPROVE, A.AMEND)
    make(Need, cast.home, full=False, cycle=cycle, title="Ein Treffpunkt in Wiehe")
    go(plan, actors, A.RELEASE, A.SUBMIT)
    return plan


def test_who_reviews_until_when_is_said_and_seen_where_the_plan_waits(cast, plan):
    ministry, page = cast.client("ministry"), url("plan-review", plan)
    due = timezone.localdate() + timedelta(days=20)
    opened = fields(ministry.get(page))
    assert opened["version"] == "0"
    for typed, sentence in (
        ({"due": "31.02.2018"}, "Geben Sie ein Datum ein, das es gibt"),
        ({"due": "01.01.2018"}, "Der Tag liegt vor der Einreichung am"),
        ({"responsible": str(cast.planner.pk), "due": f"{due:%d.%m.%Y}"}, "Wählen Sie eine Person aus der Liste"),
    ):
        refused = ministry.post(page, opened | typed)
        assert (refused.status_code, PlanReview.objects.count()) == (422, 0)
        assert sentence in text_of(refused)
        assert f'value="{typed["due"]}"' in refused.content.decode()
    typed = opened | {"responsible": str(cast.ministry.pk), "due": f"{due:%d.%m.%Y}"}
    assert ministry.post(page, typed).status_code == ministry.post(page, typed).status_code == 302  # pressed twice
    assert (PlanReview.objects.get().version, PlanReview.objects.get().due) == (1, due)
    assert ministry.post(page, opened | {"due": ""}).status_code == 409  # somebody saved meanwhile
    says = f"Funktion ministerium Prüfen bis {due:%d.%m.%Y}"
    for who in ("planner", "ministry"):
        assert says in text_of(cast.client(who).get(url("plan-detail", plan)))
    assert f"eingereicht, zu prüfen bis {due:%d.%m.%Y}, Funktion ministerium" in text_of(ministry.get("/posteingang/"))
    assert cast.client("planner").get(page).status_code == 403
    PlanReview.objects.update(due=date(2018, 1, 1))
    assert "zu prüfen bis 01.01.2018, überfällig" in text_of(ministry.get("/posteingang/"))
    table = f"{reverse('overview:review')}?jahr=2018"
    assert "bis 01.01.2018" in text_of(ministry.get(table))
    go(plan, actors_in(cast, cast.home), A.BEGIN_REVIEW, A.APPROVE)
    assert "bis 01.01.2018" not in text_of(ministry.get(table)), "what is approved is not to be reviewed until a day"


def test_a_remark_is_written_beside_its_chapter_and_what_has_changed_in_it(cast, plan):
    go(plan, actors_in(cast, cast.home), A.BEGIN_REVIEW)
    ministry, page = cast.client("ministry"), f"{url('remark-create', plan)}?kapitel=bedarf"
    beside = text_of(ministry.get(page))
    assert "Kapitel 4 Bedarf" in beside
    assert "Plan 2018, Fassung 1, bewilligt" in beside
    changes = beside[beside.index("Seit der letzten bewilligten Fassung") :]
    assert "neu Bedarf nicht enthalten" in changes
    assert "Treffpunkt" in changes
    assert "Maßnahme" not in changes  # of another chapter
    other = text_of(ministry.get(page.replace("bedarf", "massnahmen")))
    assert "In diesem Kapitel hat sich gegenüber Plan 2018, Fassung 1, bewilligt nichts geändert." in other
    sent = ministry.post(page, fields(ministry.get(page)) | {"chapter": "needs", "text": "Für wen ist der Treffpunkt?"})
    assert sent["Location"] == page  # on to the next chapter, with the remark beside it
    again = text_of(ministry.get(page))
    assert "Für wen ist der Treffpunkt?" in again
    assert "Anmerkung ändern" in again
    remark = Remark.objects.get()
    assert "Ein Treffpunkt in Wiehe" in text_of(ministry.get(url("remark-update", plan, remark.pk)))


def test_a_first_plan_has_nothing_to_be_compared_with(cast):
    plan, actors = make_plan(cast.home), actors_in(cast, cast.home)
    go(plan, actors, A.RELEASE, A.SUBMIT, A.BEGIN_REVIEW)
    ministry = cast.client("ministry")
    assert "es gibt nichts zu vergleichen" in text_of(ministry.get(url("remark-create", plan)))
    go(plan, actors, A.APPROVE)
    assert ministry.get(url("plan-review", plan)).status_code == 302  # nothing is reviewed any more
