"""Four eyes look at the content: who wrote anything of which an edition is made does not release it."""

import io
import json
from datetime import date

import pypdf
import pytest

from participation.models import BodyMembership, Finding, Resolution
from planning.models import CheckRule, Measure, Milestone, Need, Offer, PlanningCycle
from plans.domain import lifecycle
from plans.models import ChapterText, PlanEvent, PlanVersion
from plans.queries.authors import record_models, writers_of
from records.domain.saving import delete_record, update_record
from tests.factories import make
from tests.plans.life.released import A, actors_in, go, make_plan, newest
from tests.plans.life.test_pages import press, step_url, text_of, url

pytestmark = [pytest.mark.usefixtures("quiet", "quick_pdf"), pytest.mark.slow]
SENTENCE = "Eine zweite Person gibt sie frei"


@pytest.fixture
def plan(cast, monkeypatch):
    monkeypatch.setattr(lifecycle, "blocking_of", lambda plan: [])
    return make_plan(cast.home)


def change(record, person):
    """The person saves the record with another text."""
    name = next(f.name for f in record._meta.fields if f.name in ("title", "text", "subject", "organisation", "note"))
    setattr(record, name, "Geändert")
    record.refresh_from_db(fields=["version"])
    update_record(record, version=record.version, actor=person)


@pytest.mark.parametrize(
    "model",
    [Measure, Need, Resolution, Offer, Milestone, Finding, BodyMembership, ChapterText],
    ids=lambda m: m.__name__,
)
def test_who_changed_any_record_of_the_content_does_not_release(cast, plan, model):
    record = model.objects.filter(municipality=cast.home).first() or make(model, cast.home)
    change(record, cast.lead)
    page = cast.client("lead").get(step_url(plan, A.RELEASE))
    assert f"mitgeschrieben ({model._meta.verbose_name_plural}). {SENTENCE}" in text_of(page)
    answer = press(cast.client("lead"), plan, A.RELEASE, note="Trotzdem")
    assert (answer.status_code, PlanVersion.objects.count()) == (422, 0)
    assert SENTENCE in text_of(answer)


def test_who_deleted_something_wrote_the_content_too(cast, plan):
    need = make(Need, cast.home, text="Weg", full=False, cycle=plan.cycle)
    delete_record(need, version=need.version, actor=cast.lead)
    assert press(cast.client("lead"), plan, A.RELEASE).status_code == 422


def test_the_page_says_who_wrote_what_by_function(cast, plan):
    change(Measure.objects.get(), cast.planner)
    change(Need.objects.get(), cast.planner)
    page = text_of(cast.client("lead").get(step_url(plan, A.RELEASE)))
    assert "Geschrieben haben: Funktion planung-kyf (Bedarfe, Maßnahmen)." in page
    assert press(cast.client("lead"), plan, A.RELEASE).status_code == 302
    assert "alone" not in bytes(newest(plan).content).decode()


def test_what_was_released_before_and_what_is_no_content_does_not_count(cast, plan):
    other = make(PlanningCycle, cast.home, text="Später", first_year=2023, last_year=2028)
    change(make(Need, cast.home, cycle=other, text="Anderer Zyklus"), cast.lead)
    change(Measure.objects.get(cycle=plan.cycle), cast.planner)
    go(plan, actors_in(cast, cast.home), A.RELEASE, A.WITHDRAW)
    assert writers_of(plan) == {}
    following = make_plan(cast.home, 2019, cycle=plan.cycle)
    assert press(cast.client("lead"), following, A.RELEASE).status_code == 302


def test_where_the_programme_allows_it_everybody_reads_it_for_ever(cast, plan, monkeypatch):
    monkeypatch.undo()  # the real PDF, and the real check
    monkeypatch.setattr(lifecycle, "blocking_of", lambda plan: [])
    change(Measure.objects.get(), cast.lead)
    rule = {"code": "resolution", "severity": "blocking", "release_by_author": True}
    make(CheckRule, None, full=False, **rule, valid_from=date(2019, 1, 1))
    lead = cast.client("lead")
    assert press(lead, plan, A.RELEASE, note="Nur eine Person").status_code == 422, "not in the year of the plan"
    make(CheckRule, None, full=False, **rule, valid_until=date(2018, 12, 31))
    assert press(lead, plan, A.RELEASE).status_code == 422, "not without a reason"
    assert press(lead, plan, A.RELEASE, note="Wir sind nur eine Person.").status_code == 302
    event, version = PlanEvent.objects.get(plan=plan), newest(plan)
    assert event.details["alone"] is True
    assert event.is_intact()
    assert json.loads(bytes(version.content))["plan"]["state"].endswith(" ohne zweite Person")
    assert "ohne zweite Person" in pypdf.PdfReader(io.BytesIO(version.pdf)).pages[0].extract_text()
    press(cast.client("planner"), plan, A.SUBMIT)
    for who in ("planner", "lead", "ministry", "adviser"):
        for page in (url("plan-detail", plan), url("plan-version", plan, 1)):
            shown = text_of(cast.client(who).get(page))
            assert "ohne zweite Person" in shown, (who, page)
            assert "Wir sind nur eine Person." in shown, (who, page)


def test_without_the_condition_the_author_releases(cast, plan, monkeypatch):
    from dataclasses import replace

    change(Measure.objects.get(), cast.lead)
    move = lifecycle.MOVES[A.RELEASE]
    kept = tuple(each for each in move.conditions if each is not lifecycle.second_person)
    monkeypatch.setitem(lifecycle.MOVES, A.RELEASE, replace(move, conditions=kept))
    assert press(cast.client("lead"), plan, A.RELEASE).status_code == 302


def test_asking_costs_the_same_whatever_is_stored(cast, plan, django_assert_num_queries):
    assert len(record_models()) > 40
    for number in range(3):
        change(make(Offer, cast.home, text=f"Angebot {number}"), cast.planner)
    with django_assert_num_queries(3):
        writers_of(plan)


def test_a_reason_that_looks_like_a_step_hides_nobody(cast, plan):
    """Who deleted with the reason „Schritt: …“ was no writer."""
    need = make(Need, cast.home, text="Weg", full=False, cycle=plan.cycle)
    delete_record(need, version=need.version, actor=cast.lead, reason="Schritt: Freigeben")
    assert press(cast.client("lead"), plan, A.RELEASE).status_code == 422
    change_with = Measure.objects.get()
    change_with.title = "Anders"
    update_record(change_with, version=change_with.version, actor=cast.planner, reason="Schritt: x")
    assert "Maßnahmen" in writers_of(plan)[cast.planner.pk]
