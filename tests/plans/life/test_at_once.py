"""Two people at the same moment, forms sent twice, records that change while a plan is frozen, and deadlines."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from accounts.enums import Role
from planning.models import Deadline, Need
from plans.domain import freezing
from plans.domain.verifying import verify_plans
from plans.models import Plan, PlanEvent, PlanVersion
from records.domain import saving
from records.errors import DuplicateSubmission, StaleRecord, StepRefused
from records.life.moving import take_step
from records.vague import VagueDate
from tests.cast import make_cast, make_person
from tests.factories import make
from tests.plans.life.released import A, actors_in, go, make_plan, small_pdf
from tests.records.test_interleaving import PATIENCE, at_once

pytestmark = pytest.mark.usefixtures("quick_pdf", "quiet")
LOST = (StaleRecord, StepRefused, DuplicateSubmission)
committed = pytest.mark.django_db(transaction=True)


def together(plan: Plan, people: list, action: A, form_key: str = "") -> list[type]:
    """What each of them was told, when all have opened the same version."""
    opened, told = Barrier(len(people), timeout=PATIENCE), []

    def work(person) -> None:
        mine = Plan.objects.select_related("municipality").get(pk=plan.pk)
        opened.wait()
        try:
            event = take_step(
                record=mine, action=action, actor=person, version=mine.version, note="Ein Grund", form_key=form_key
            )
            told.append(type(event))
        except LOST as error:
            told.append(type(error))

    works: list[Callable[[], None]] = [lambda person=person: work(person) for person in people]
    at_once(*works)
    plan.refresh_from_db()
    return told


@pytest.mark.slow
@committed
def test_of_two_people_at_once_one_takes_the_step():
    cast = make_cast()
    plan = make_plan(cast.home)
    for number in range(1, 21):
        told = together(plan, [cast.planner, cast.lead], A.PROPOSE if number % 2 else A.TAKE_BACK)
        assert told.count(PlanEvent) == 1, told
        assert len(told) == 2
        assert plan.events.count() == number
    assert verify_plans().problems == []


@pytest.mark.slow
@committed
def test_of_two_releases_at_once_one_edition_remains():
    cast = make_cast()
    second = make_person("leitung-2", Role.LEAD, cast.home)
    plan = make_plan(cast.home)
    for edition in (1, 2, 3):
        assert together(plan, [cast.lead, second], A.RELEASE).count(PlanEvent) == 1
        assert list(plan.versions.values_list("edition", flat=True)) == list(range(1, edition + 1))
        assert together(plan, [cast.lead, second], A.WITHDRAW).count(PlanEvent) == 1
    assert verify_plans().problems == []


@pytest.mark.slow
@committed
def test_releases_of_two_plans_at_once_make_one_chain(monkeypatch):
    """Two that have read the same last link would both hang on it: inside the transaction the first waits for another.

    The other must not come, for the municipality is locked; so the meeting ends after a moment, and the first goes on.
    """
    meeting, read = Barrier(2), freezing.build_plan

    def met(plan, **options):
        content = read(plan, **options)
        if connection.in_atomic_block:
            with suppress(BrokenBarrierError):
                meeting.wait(timeout=1)
        return content

    monkeypatch.setattr(freezing, "build_plan", met)
    cast = make_cast()
    plans = [make_plan(cast.home, year) for year in (2017, 2019, 2021)]  # no plan names the one before
    at_once(*(lambda plan=plan: go(plan, actors_in(cast, cast.home), A.RELEASE) for plan in plans))
    assert list(PlanVersion.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert verify_plans().problems == []


@committed
def test_a_step_without_a_claim_is_found(monkeypatch):
    """Negative control: two winners, or a collision that only the last unique key stops."""

    def unchecked(record, version, actor):
        record.version = version + 1

    monkeypatch.setattr(saving, "_claim", unchecked)
    cast = make_cast()
    plan = make_plan(cast.home)
    try:
        told = together(plan, [cast.planner, cast.lead], A.PROPOSE)
    except Exception as error:
        assert "plans_planevent" in str(error)  # noqa: PT017
    else:
        assert told.count(PlanEvent) == 2


@committed
def test_a_form_sent_twenty_times_takes_one_step():
    cast = make_cast()
    plan = make_plan(cast.home)
    told = together(plan, [cast.planner] * 20, A.PROPOSE, form_key="einmal")
    assert (told.count(PlanEvent), len(told), plan.events.count()) == (1, 20, 1)


def test_a_form_sent_again_is_told_as_such(cast):
    plan = make_plan(cast.home)
    options = {
        "record": plan,
        "action": A.PROPOSE,
        "actor": cast.planner,
        "version": plan.version,
        "form_key": "einmal",
    }
    take_step(**options)
    with pytest.raises(DuplicateSubmission) as error:
        take_step(**options)
    assert (error.value.pk, plan.events.count()) == (plan.pk, 1)


@pytest.mark.slow
def test_a_record_that_changes_while_the_pdf_is_made_stops_the_release(cast, monkeypatch):
    plan = make_plan(cast.home)

    def slow(content) -> bytes:
        make(Need, cast.home, text="Währenddessen")
        return small_pdf(content)

    monkeypatch.setattr(freezing, "plan_pdf", slow)
    with pytest.raises(StepRefused, match="wurden Einträge geändert"):
        go(plan, actors_in(cast, cast.home), A.RELEASE)
    plan.refresh_from_db()
    assert (plan.state, plan.version, plan.versions.count(), plan.events.count()) == ("draft", 1, 0, 0)
    monkeypatch.setattr(freezing, "plan_pdf", small_pdf)
    go(plan, actors_in(cast, cast.home), A.RELEASE)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("due", "last_second"),
    [
        ("2019-01-31", datetime(2019, 1, 31, 22, 59, 59, 999999, tzinfo=UTC)),  # winter: UTC+1
        ("2018-08-31", datetime(2018, 8, 31, 21, 59, 59, 999999, tzinfo=UTC)),  # summer: UTC+2
        ("2018-03-25", datetime(2018, 3, 25, 21, 59, 59, 999999, tzinfo=UTC)),  # a day of 23 hours
        ("2018-10-28", datetime(2018, 10, 28, 22, 59, 59, 999999, tzinfo=UTC)),  # a day of 25 hours
        ("2018-08", datetime(2018, 8, 31, 21, 59, 59, 999999, tzinfo=UTC)),  # a vague one ends with its last day
    ],
)
def test_the_last_second_of_the_day_in_berlin_counts(cast, due, last_second):
    values = {"year": 2018, "due": VagueDate.from_iso(due), "for_plan": True, "full": False}
    make(Deadline, None, **values)
    for at, is_late in (
        (last_second, False),
        (last_second.replace(microsecond=0), False),
        (after(last_second), True),
    ):
        plan = Plan.objects.filter(year=2018).first() or make_plan(cast.home)
        actors = actors_in(cast, cast.home)
        go(plan, actors, A.RELEASE)
        event = go(plan, actors, A.SUBMIT, at=at)
        assert event.details["late"] is is_late
        assert event.details["deadline"] == VagueDate.from_iso(due).last.isoformat()
        go(plan, actors, A.BEGIN_REVIEW, A.APPROVE, A.AMEND)


def after(moment: datetime) -> datetime:
    """The first moment after the last one of a day."""
    return datetime.fromtimestamp(round(moment.timestamp()), UTC)
