"""A cycle begins with its phases and the catalogue's steps, and goes on with what is still open."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Role
from accounts.models import Municipality, RoleAssignment, User
from participation.domain import cycle as whole
from participation.models import Finding
from planning.domain.cycle import continue_cycle, create_cycle, start_cycle
from planning.domain.steps import Direction, add_template_steps, move_step
from planning.enums import Phase, StepState
from planning.kinds.goals import WITHOUT_MEASURE
from planning.kinds.needs import WITHOUT_MEASURE as NEED_WITHOUT_MEASURE
from planning.models import (
    ActionField,
    CriterionValue,
    FamilyConcept,
    Goal,
    Measure,
    Milestone,
    MissionStatement,
    Need,
    PhaseState,
    PlanningCycle,
    PlanningRegion,
    PlanningStep,
    QualityCriterion,
    StepTemplate,
    SwotEntry,
)
from planning.queries.open_content import open_content
from planning.queries.steps import steps_of_phase, templates_for, valid_templates
from records.domain import saving
from records.vague import VagueDate

pytestmark = pytest.mark.django_db
NEXT = {"title": "2020–2022", "first_year": 2020, "last_year": 2022}


def municipality(ags="16065", slug="kyffhaeuserkreis"):
    return Municipality.objects.create(ags=ags, name=slug.title(), slug=slug, kind="district", state_region="north")


@pytest.fixture
def place():
    return municipality()


@pytest.fixture
def planner(place):
    user = User.objects.create_user("planung", display_name="Planung")
    RoleAssignment.objects.create(user=user, role=Role.PLANNER, municipality=place, valid_from="2017-01-01")
    return user


@pytest.fixture
def catalogue():
    rows = [
        (Phase.MANDATE, 20, "Vertrag schließen"),
        (Phase.MANDATE, 10, "Auftrag klären"),
        (Phase.NEEDS, 10, "Konferenzen planen"),
    ]
    return [
        save(StepTemplate(phase=p, position=n, title=t, guidance="So geht es.", decision="Ja?")) for p, n, t in rows
    ]


@pytest.fixture
def cycle(place, planner):
    return start_cycle(municipality=place, title="2017–2019", first_year=2017, last_year=2019, actor=planner)


def save(record, **links):
    return saving.create_record(record, actor=None, links=links)


def titles(rows):
    return sorted(row.title if hasattr(row, "title") else str(row) for row in rows)


class Content:
    """A little of everything in a cycle: open and closed, linked and not."""

    def __init__(self, cycle):
        place = cycle.municipality
        own = {"municipality": place, "cycle": cycle}
        field = save(ActionField(number=2, title="Mobilität"))
        self.region = save(PlanningRegion(municipality=place, title="West"))
        self.open_need = save(Need(title="Bus am Abend", **own), regions=[self.region], action_fields=[field])
        self.covered_need = save(Need(title="Spielplatz", state="covered", **own))
        save(SwotEntry(action_field=field, kind="strength", text="Viele Vereine", **own))
        save(FamilyConcept(title="Familie", text="Alle Generationen", **own))
        save(MissionStatement(title="Vision", text="Gemeinsam", **own))
        # created from the bottom up, so that copying must not rely on the order of rows
        guiding = save(Goal(level="guiding", title="Mobil sein", **own))
        action = save(Goal(level="action", title="Beratung erreichen", parent=guiding, **own))
        needs = [self.open_need, self.covered_need]
        operative = save(Goal(level="measure", title="Rufbus", parent=action, **own), needs=needs)
        self.running = save(
            Measure(title="Rufbus West", state="running", action_field=field, yearly_cost="1200.50", **own),
            goals=[operative],
            needs=[self.open_need],
            regions=[self.region],
        )
        save(Measure(title="Faltblatt", state="finished", action_field=field, **own), goals=[operative])
        of_place = {"municipality": place, "measure": self.running}
        save(Milestone(title="Fahrplan", state="open", planned_on=VagueDate.from_iso("2020-Q1"), **of_place))
        save(Milestone(title="Antrag", state="done", **of_place))
        criterion = save(QualityCriterion(title="Fahrgäste", kind="output", unit="Personen", **of_place))
        for year, actual in ((2019, 80), (2020, None)):
            value = CriterionValue(municipality=place, criterion=criterion, year=year, target=100, actual=actual)
            save(value)
        save(PlanningStep(phase=Phase.NEEDS, title="Befragung", state=StepState.RESTING, **own))
        save(PlanningStep(phase=Phase.NEEDS, title="Konferenz", state=StepState.DONE, **own))


@pytest.fixture
def content(cycle):
    return Content(cycle)


# Beginning


def test_first_cycle_has_eight_phases_and_the_steps_of_the_catalogue(catalogue, place, planner):
    cycle = start_cycle(municipality=place, title="2017–2019", first_year=2017, last_year=2019, actor=planner)
    states = PhaseState.objects.filter(cycle=cycle).values_list("phase", "state")
    assert sorted(states) == sorted((phase.value, "not_started") for phase in Phase)
    found = [(s.title, s.position, s.guidance, s.decision_needed) for s in steps_of_phase(cycle, Phase.MANDATE)]
    assert found == [("Auftrag klären", 10, "So geht es.", "Ja?"), ("Vertrag schließen", 20, "So geht es.", "Ja?")]
    assert {s.created_by for s in PlanningStep.objects.all()} == {planner}


def test_expired_templates_are_left_out(place):
    save(StepTemplate(phase=Phase.NEEDS, title="alt", valid_until="2018-12-31"))
    save(StepTemplate(phase=Phase.NEEDS, title="künftig", valid_from="2090-01-01"))
    save(StepTemplate(phase=Phase.NEEDS, title="gilt", valid_from="2017-01-01", valid_until="2090-12-31"))
    assert titles(valid_templates()) == ["gilt"]


def test_cycle_is_begun_by_writers_only(place):
    reader = User.objects.create_user("begleitung")
    RoleAssignment.objects.create(user=reader, role=Role.ADVISER, municipality=place, valid_from="2017-01-01")
    with pytest.raises(PermissionDenied):
        start_cycle(municipality=place, title="x", first_year=2017, last_year=2018, actor=reader)
    assert PlanningCycle.objects.count() == 0


def test_last_year_before_first_is_refused_with_nothing_stored(place):
    with pytest.raises(ValidationError, match="Das letzte Jahr liegt vor dem ersten"):
        start_cycle(municipality=place, title="x", first_year=2019, last_year=2017, actor=None)
    assert (PlanningCycle.objects.count(), PhaseState.objects.count()) == (0, 0)


# Carrying on


def test_open_content_is_carried_over_and_closed_is_not(content, cycle, planner):
    assert dict(open_content(cycle).counts()) == {
        "SWOT-Einträge": 1,
        "Bedarfe": 1,
        "Familienbegriffe": 1,
        "Leitbilder": 1,
        "Ziele": 3,
        "Maßnahmen": 1,
        "Meilensteine": 1,
        "Qualitätskriterien": 1,
        "Planungsschritte": 1,
    }
    new = continue_cycle(cycle=cycle, actor=planner, **NEXT)
    assert new.predecessor == cycle
    assert PhaseState.objects.filter(cycle=new, state="not_started").count() == len(Phase)
    for model, expected in (
        (Need, ["Bus am Abend"]),
        (SwotEntry, ["Viele Vereine"]),
        (FamilyConcept, ["Familie"]),
        (MissionStatement, ["Vision"]),
        (Goal, ["Beratung erreichen", "Mobil sein", "Rufbus"]),
        (Measure, ["Rufbus West"]),
        (PlanningStep, ["Befragung"]),
    ):
        copies = model.objects.filter(cycle=new)
        assert titles(copies) == expected
        assert titles(copy.predecessor for copy in copies) == expected
        assert {copy.predecessor.cycle for copy in copies} == {cycle}
    measure = Measure.objects.get(cycle=new)
    assert titles(measure.milestones.all()) == ["Fahrplan"]
    assert str(measure.milestones.get().planned_on) == "1. Quartal 2020"
    values = CriterionValue.objects.filter(criterion__measure=measure).values_list("year", "target", "actual")
    assert list(values) == [(2020, 100, None)]


def test_links_lead_to_the_copies(content, cycle, planner):
    new = continue_cycle(cycle=cycle, actor=planner, **NEXT)
    need = Need.objects.get(cycle=new)
    operative = Goal.objects.get(cycle=new, level="measure")
    measure = Measure.objects.get(cycle=new)
    assert operative.parent.parent.title == "Mobil sein"
    assert {operative.parent.cycle, operative.parent.parent.cycle} == {new}
    assert list(operative.needs.all()) == [need], "the covered need was not carried over"
    assert list(measure.goals.all()) == [operative]
    assert list(measure.needs.all()) == [need]
    assert list(measure.regions.all()) == [content.region]
    assert str(measure.yearly_cost) == "1200.50"
    assert measure.history.get().links["goals"] == [operative.pk]
    assert measure.history.get().history_change_reason == "Fortschreibung von „2017–2019“"


def test_the_old_cycle_stays_as_it_was(content, cycle, planner):
    before = [(type(row), row.pk, row.version) for row in (content.open_need, content.running, cycle)]
    continue_cycle(cycle=cycle, actor=planner, **NEXT)
    assert [(m, pk, m.objects.get(pk=pk).version) for m, pk, _ in before] == before
    assert list(content.running.goals.values_list("cycle", flat=True)) == [cycle.pk]


def test_findings_support_old_and_new_needs(content, cycle, planner):
    own = {"municipality": cycle.municipality, "origin": "interview"}
    both = save(Finding(text="Kein Bus", **own), needs=[content.open_need, content.covered_need])
    other = save(Finding(text="Kein Spielplatz", **own), needs=[content.covered_need])
    new = whole.continue_cycle(cycle=cycle, actor=planner, **NEXT)
    copy = Need.objects.get(cycle=new)
    assert set(both.needs.all()) == {content.open_need, content.covered_need, copy}
    assert set(other.needs.all()) == {content.covered_need}
    both.refresh_from_db()
    assert (both.version, both.history.count()) == (2, 2)


@pytest.mark.parametrize(
    ("first", "last", "field", "sentence"),
    [
        (2017, 2020, "first_year", "beginnt nach dem bisherigen Planungszyklus. Geben Sie ein Jahr ab 2018 an."),
        (2018, 2018, "last_year", "endet nicht vor dem bisherigen Planungszyklus. Geben Sie ein Jahr ab 2019 an."),
    ],
)
def test_years_do_not_run_backwards(cycle, planner, first, last, field, sentence):
    with pytest.raises(ValidationError) as caught:
        continue_cycle(cycle=cycle, title="x", first_year=first, last_year=last, actor=planner)
    assert sentence in caught.value.message_dict[field][0]
    assert PlanningCycle.objects.count() == 1


def test_years_may_overlap(cycle, planner):
    assert continue_cycle(cycle=cycle, title="x", first_year=2019, last_year=2021, actor=planner).first_year == 2019


def test_a_cycle_is_carried_on_once(content, cycle, planner):
    continue_cycle(cycle=cycle, actor=planner, **NEXT)
    with pytest.raises(ValidationError, match="schon fortgeschrieben"):
        continue_cycle(cycle=cycle, actor=planner, **NEXT)
    assert Need.objects.count() == 3


def test_a_foreign_cycle_is_not_carried_on(cycle, planner):
    other = municipality("16077", "altenburger-land")
    foreign = PlanningCycle(municipality=other, title="x", first_year=2020, last_year=2022, predecessor=cycle)
    with pytest.raises(ValidationError, match="eigenen Kommune"):
        create_cycle(foreign, actor=None)
    with pytest.raises(PermissionDenied):
        create_cycle(foreign, actor=planner)


def test_a_carried_cycle_can_be_carried_on_again(content, cycle, planner):
    second = continue_cycle(cycle=cycle, actor=planner, **NEXT)
    third = continue_cycle(cycle=second, title="2023–2025", first_year=2023, last_year=2025, actor=planner)
    assert Goal.objects.filter(cycle=third).count() == 3
    assert CriterionValue.objects.filter(criterion__measure__cycle=third).count() == 0


# Steps


def order(cycle):
    return [step.title for step in steps_of_phase(cycle, Phase.NEEDS)]


@pytest.fixture
def three(cycle):
    rows = [
        PlanningStep(municipality=cycle.municipality, cycle=cycle, phase=Phase.NEEDS, title=title, position=position)
        for title, position in (("A", 10), ("B", 10), ("C", 35))
    ]
    return [save(row) for row in rows]


def test_steps_move_up_and_down(three, cycle, planner):
    first, second, third = three
    assert move_step(step=second, direction=Direction.UP, actor=planner)
    assert order(cycle) == ["B", "A", "C"]
    assert move_step(step=first, direction=Direction.DOWN, actor=planner)
    assert order(cycle) == ["B", "C", "A"]
    assert not move_step(step=second, direction=Direction.UP, actor=planner)
    assert not move_step(step=first, direction=Direction.DOWN, actor=planner)
    third.refresh_from_db()
    assert third.position == 20


def test_only_moved_steps_get_a_new_version(three, cycle, planner):
    move_step(step=three[0], direction=Direction.DOWN, actor=planner)
    versions = dict(PlanningStep.objects.values_list("title", "version"))
    assert versions == {"A": 2, "B": 1, "C": 2}, "B stands at 10 already"
    move_step(step=three[0], direction=Direction.UP, actor=planner)
    assert dict(PlanningStep.objects.values_list("title", "version")) == {"A": 3, "B": 2, "C": 2}


def test_moving_needs_the_right(three, cycle):
    with pytest.raises(PermissionDenied):
        move_step(step=three[0], direction=Direction.DOWN, actor=User.objects.create_user("fremd"))
    assert order(cycle) == ["A", "B", "C"]


def test_catalogue_steps_are_added_once_at_the_end(three, cycle, catalogue, planner):
    added = add_template_steps(cycle=cycle, templates=[*catalogue, catalogue[0]], actor=planner)
    assert titles(added) == titles(catalogue)
    assert order(cycle) == ["A", "B", "C", "Konferenzen planen"]
    assert add_template_steps(cycle=cycle, templates=catalogue, actor=planner) == []
    assert [template.is_taken for template in templates_for(cycle)] == [True] * 3


# Gaps of the goal tree: one child with and one without a measure


def test_a_goal_is_without_measure_only_if_nothing_below_has_one(content, cycle):
    guiding = Goal.objects.get(level="guiding")
    own = {"municipality": cycle.municipality, "cycle": cycle}
    save(Goal(level="action", title="Ohne", parent=guiding, **own))
    assert titles(Goal.objects.filter(WITHOUT_MEASURE)) == ["Ohne"]


def test_a_need_is_without_measure_only_if_none_of_its_goals_has_one(content, cycle):
    own = {"municipality": cycle.municipality, "cycle": cycle}
    save(Goal(level="guiding", title="Noch leer", **own), needs=[content.covered_need])
    save(Need(title="Offen", **own))
    assert titles(Need.objects.filter(NEED_WITHOUT_MEASURE)) == ["Offen"]
