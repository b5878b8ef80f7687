"""A draft whose statements are of a past day: what came later does not stand under that day, in any chapter."""

from datetime import date

import pytest

from participation.models import Body, BodyMembership, Finding, Resolution, Survey
from planning.models import Certificate, Hurdle, IndicatorValue, Measure, Milestone, MissionStatement, Need
from plans.builder import build_plan
from plans.content import DRAFT, to_json
from plans.drawing import plan_html
from plans.enums import ChapterCode as Code
from plans.queries.plans import plans_of
from records.domain.saving import update_record
from records.models import Record
from tests.plans import records
from tests.plans.records import add, day

pytestmark = pytest.mark.django_db

LATER = "Nach dem Stichtag"


@pytest.fixture
def plan(time_machine):
    """Entered before the day, changed after it, and with records that came after it and were entered later still."""
    time_machine.move_to("2018-08-01T12:00:00+02:00")
    records.make_catalogue()
    plan = records.make_plan(records.municipality(), as_of=None)
    records.fill(plan)
    need, measure, body = Need.objects.get(), Measure.objects.get(), Body.objects.get(kind="advisory")
    stone = Milestone.objects.get()
    changed(body, state="forming", first_meeting_on=None, idea_on=day("2018-01"))
    changed(need, state="confirmed")
    time_machine.move_to("2020-03-01T12:00:00+01:00")
    changed(need, state="covered", title="Bus, der abends fährt")
    changed(measure, state="finished", end=day("2020-02"))
    changed(stone, state="done", reached_on=day("2019-03-01"))
    changed(body, state="dissolved", first_meeting_on=day("2018-11"), dissolved_on=day("2020-01"))
    changed(plan, as_of=date(2018, 9, 30))
    own = {"municipality": plan.municipality}
    come_later(plan, own, need)
    return plans_of(plan.municipality).get(pk=plan.pk)


def changed(record: Record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    update_record(record, version=record.version, actor=None)


def come_later(plan, own, need):
    """Dated between the day and today, most of them still in the plan's year."""
    council = Body.objects.get(kind="district_council")
    then = day("2018-10-15")
    event = add(records.Event, **own, title=f"{LATER}: Konferenz", kind="regional_conference", begin=then, state="held")
    add(Finding, **own, text=f"{LATER}: Beleg", origin="event", event=event, weight=99, links={"needs": [need]})
    figure = add(IndicatorValue, **own, indicator=records.Indicator.objects.get(), area=LATER, year=2019, value=77)
    need.figures.add(figure)
    add(Survey, **own, title=f"{LATER}: Befragung", target_group="Familien", begin=then)
    add(Certificate, **own, title=f"{LATER}: Zertifikat", awarded_on=then)
    add(Hurdle, **own, title=f"{LATER}: Hürde", category="data", phase="needs", begin=then)
    add(MissionStatement, **own, cycle=plan.cycle, title=f"{LATER}: Leitbild", text="Neu", adopted_on=then)
    add(
        Resolution,
        **own,
        body=council,
        first_year=2018,
        subject=f"{LATER}: Beschluss",
        resolved_on=then,
        legitimises="plan",
    )
    add(records.SupportRecord, **own, kind="advice", phase="needs", subject="Rat", given_by=LATER, begin=then)
    add(Body, **own, title=f"{LATER}: Beirat", kind="advisory", state="constituted", constituted_on=day("2019-05"))
    add(
        BodyMembership,
        **own,
        body=Body.objects.get(title="Beirat 1"),
        organisation=f"{LATER}: Amt",
        kind="appointed",
        begin=day("2019-01"),
    )
    add(records.PlannerPost, **own, title="Bewilligte Stelle", begin=day("2018-11-01"))


def test_what_came_later_does_not_stand_under_the_old_day(plan):
    content = build_plan(plan)
    html = plan_html(content)
    assert LATER not in html
    assert "Bewilligte Stelle" in html  # agreed before it begins
    need = content.chapter(Code.NEEDS).body.all_needs[0]
    assert (need.state, need.title) == ("bestätigt", "Bus, der abends fährt")  # words stay corrected
    measure = content.chapter(Code.MEASURES).body.all_measures[0]
    assert measure.state == "in Umsetzung"
    assert [(row.reached_on, row.state) for row in measure.milestones] == [(None, "offen")]
    (body,) = content.chapter(Code.STEERING).body.bodies
    assert (body.state, [fact.label for fact in body.becoming]) == ("im Aufbau", ["Idee"])
    assert {step.name: step.lines for step in measure.thread}["Beleg"] == (
        "Regionalkonferenz Konferenz 1, 11. April 2017: 14 Punkte",
    )


def test_a_draft_says_of_which_day_it_is_made_and_a_release_does_not(plan):
    said = "Entwurf aus laufenden Einträgen vom 1. März 2020. "
    said += "Was nach dem 30. September 2018 geschehen ist, steht nicht darin."
    content = build_plan(plan)
    assert content.running == f"{said} Stände sind die vom 30. September 2018."
    assert plan_html(content).replace("\u00a0", " ").count(said) == 2
    assert b'"running"' in to_json(content)
    assert b'"running"' not in to_json(build_plan(plan, state="freigegeben am 1. März 2020"))
    add(Need, municipality=plan.municipality, cycle=plan.cycle, title="Erst jetzt eingetragen", state="covered")
    assert build_plan(plan).running.endswith("soweit der Verlauf so weit zurückreicht, sonst der laufende Stand.")
    plan.as_of = None
    assert (build_plan(plan).running, build_plan(plan).state) == ("", DRAFT)


def test_the_finanzplan_of_a_draft_is_of_one_day(plan):
    from reporting.papers.finance import running_costs

    costs = running_costs(plan, date(2020, 3, 1))
    assert (costs.as_of, costs.origin) == (date(2020, 3, 1), "Laufende Angaben vom 01.03.2020, nicht festgeschrieben.")
    assert costs.body == build_plan(plan).chapter(Code.FINANCE).body
