"""What agrees in planning: states with their dates, parts of a measure with its time, goals with their cycle."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone

from planning.achieved import achieved, reports_in, revisions_in
from planning.enums import Formula, MeasureState, Progress, StepState
from planning.models import (
    Agreement,
    Certificate,
    CriterionReport,
    CriterionValue,
    DataSource,
    Document,
    EntryLevel,
    FamilyConcept,
    Goal,
    Hurdle,
    Indicator,
    KeptDeadline,
    LinkedStrategy,
    Measure,
    Milestone,
    MissionStatement,
    Need,
    Offer,
    PhaseState,
    PlannerPost,
    PlanningStep,
    PriorProgramme,
    QualityCriterion,
    StartingCondition,
    TargetRevision,
)
from records.display import with_unit
from records.models.agreement import Links, asks, asks_entering, happened, is_ahead, linked, of_its_own, others, refuses
from records.models.base import OnlyIn

Said = Iterator[tuple[str, str]]
RUNNING = OnlyIn("state", frozenset({MeasureState.RUNNING, MeasureState.FINISHED}))
FINISHED = OnlyIn("state", frozenset({MeasureState.FINISHED}))
BEGUN = OnlyIn("state", frozenset({Progress.RUNNING, Progress.DONE, Progress.RESTING}))
EXPECTED = frozenset({StepState.OPEN, StepState.RUNNING, StepState.RESTING})
MOST_NAMED = 3
DONE = OnlyIn("state", frozenset({Progress.DONE}))

happened(Measure, "begin", only=RUNNING)
happened(Measure, "end", only=FINISHED)
happened(PhaseState, "begin", only=BEGUN)
happened(PhaseState, "end", only=DONE)
happened(PlanningStep, "begin", "end")
happened(Milestone, "reached_on")
happened(Certificate, "awarded_on")
happened(StartingCondition, "assessed_on")
happened(Agreement, "signed_on")
happened(LinkedStrategy, "agreed_on")
happened(FamilyConcept, "adopted_on")
happened(MissionStatement, "adopted_on")
happened(Hurdle, "begin", "end")
happened(KeptDeadline, "done_on")
happened(PriorProgramme, "begin")
happened(Need, "priority_set_on")
happened(DataSource, "as_of")
happened(TargetRevision, "decided_on")

of_its_own(PlanningStep, "state", "decision_taken", "result")
of_its_own(Milestone, "state")
of_its_own(Need, "state", "priority_set_by")
of_its_own(Measure, "state")
of_its_own(FamilyConcept, "adopted_by")
of_its_own(MissionStatement, "adopted_by")
of_its_own(CriterionValue, "actual", "comment")
of_its_own(CriterionReport, "source")


def asked_ahead(name: str, question: str) -> Callable[[Any, Links], Said]:
    """A rule about a date that may lie in the future, but seldom does."""

    def rule(record: Any, links: Links) -> Said:
        if is_ahead(day := getattr(record, name)):
            yield name, f"Das Datum {day} liegt in der Zukunft. {question}"

    return rule


for model, name, question in (
    (Offer, "begin", "Ist das Angebot schon vereinbart?"),
    (EntryLevel, "begin", "Ist die Stufe schon festgelegt?"),
    (PlannerPost, "begin", "Ist die Stelle schon bewilligt?"),
    (Document, "dated", "Stammt das Dokument von diesem Tag?"),
):
    asks(model)(asked_ahead(name, question))


@refuses(CriterionValue)
def measured_later(value: CriterionValue, links: Links) -> Said:
    """An actual value of a year that is still to come."""
    if value.actual is not None and value.year and value.year > timezone.localdate().year:
        yield (
            "actual",
            f"Das Jahr {value.year} liegt in der Zukunft; einen Ist-Wert gibt es erst danach. Prüfen "
            "Sie das Jahr, oder lassen Sie den Ist-Wert leer.",
        )


# ---------------------------------------------------------------- numbers with what they count
NO_UNIT = "Ohne Einheit sagen {what} nicht, was gezählt wird. Was zählen sie: Personen, Prozent, Plätze?"


@asks(QualityCriterion, "measure", "values")
def criterion_with_its_unit(criterion: QualityCriterion, links: Links) -> Said:
    """A criterion that is measured in numbers without saying of what; one of words needs none."""
    counted = [value for value in others(criterion, "values") if value.target is not None or value.actual is not None]
    if not criterion.unit.strip() and (criterion.baseline is not None or counted):
        yield "unit", NO_UNIT.format(what="Ausgangs-, Ziel- und Ist-Wert")


def criterion_of(value: CriterionValue) -> QualityCriterion | None:
    """The criterion of a value, stored or not yet; None where nobody has chosen one."""
    return getattr(value, "criterion", None)


@asks_entering(CriterionValue)
def value_with_its_unit(value: CriterionValue, links: Links) -> Said:
    """The same from the side of a value of a year, also of a criterion that is entered with it."""
    counted, criterion = value.target is not None or value.actual is not None, criterion_of(value)
    if counted and criterion is not None and not criterion.unit.strip():
        yield "target", f"„{criterion}“ hat keine Einheit. {NO_UNIT.format(what='Ziel- und Ist-Wert')}"


# ---------------------------------------------------------------- values with what they are made of
@asks(CriterionValue, "criterion__reports", "criterion__revisions")
def value_as_reported(value: CriterionValue, links: Links) -> Said:
    """An actual value that differs from what was reported; a target that differs from what was agreed last."""
    if not value.criterion_id or not value.year:
        return
    criterion = value.criterion
    told = achieved(criterion, reports_in(criterion, value.year))
    if told is not None and value.actual is not None and Decimal(value.actual) != told:
        words = (with_unit(Decimal(value.actual), criterion.unit), with_unit(told, criterion.unit))
        yield "actual", f"{value.year}: Ist {words[0]}, die gemeldeten Werte ergeben {words[1]}. Stimmt der Ist-Wert?"
    changed = revisions_in(criterion, value.year)
    if changed and (value.target is None or Decimal(value.target) != changed[-1].new):
        now = (
            "kein Zielwert" if value.target is None else f"Zielwert {with_unit(Decimal(value.target), criterion.unit)}"
        )
        then = with_unit(changed[-1].new, criterion.unit)
        yield "target", f"{value.year}: {now}, zuletzt vereinbart {then}. Ändern Sie ihn im Controlling, mit Grund?"


@refuses(CriterionReport)
def reported_later(report: CriterionReport, links: Links) -> Said:
    """A value of a period that is still to come."""
    if report.period and report.period.first > timezone.localdate():
        yield "period", "Der Zeitraum liegt in der Zukunft; einen Wert gibt es erst danach. Prüfen Sie den Zeitraum."


# ---------------------------------------------------------------- what a state needs
@asks(PlanningStep)
def step_done_when(step: PlanningStep, links: Links) -> Said:
    """What a step that is done lacks."""
    if step.state == StepState.DONE and not step.end:
        yield "end", "Der Schritt ist erledigt. Wann war das? Ein ungenaues Datum genügt."


@asks(Milestone)
def milestone_reached_when(milestone: Milestone, links: Links) -> Said:
    """State and date of a milestone."""
    if milestone.state == StepState.DONE and not milestone.reached_on:
        yield "reached_on", "Der Meilenstein ist erledigt. Wann wurde er erreicht? Ein ungenaues Datum genügt."
    if milestone.state == StepState.OPEN and milestone.reached_on:
        yield "state", f"Der Meilenstein ist offen, aber {milestone.reached_on.with_word} erreicht. Stimmt der Stand?"


@asks(Measure)
def measure_runs_when(measure: Measure, links: Links) -> Said:
    """State and dates of a measure."""
    if measure.state in RUNNING.values and not measure.begin:
        yield "begin", f"Die Maßnahme ist {measure.get_state_display()}. Seit wann? Ein ungenaues Datum genügt."
    if measure.state == MeasureState.FINISHED and not measure.end:
        yield "end", "Die Maßnahme ist abgeschlossen. Wann endete sie? Ein ungenaues Datum genügt."
    if measure.state == MeasureState.RUNNING and measure.end and measure.end.last < timezone.localdate():
        yield "state", f"Die Maßnahme ist in Umsetzung, ihr Ende liegt mit {measure.end} aber zurück. Stimmt der Stand?"


@asks(PhaseState)
def phase_done_when(phase: PhaseState, links: Links) -> Said:
    """What a phase that is done lacks."""
    if phase.state == Progress.DONE and not phase.end:
        yield "end", "Die Phase ist abgeschlossen. Wann endete sie? Ein ungenaues Datum genügt."


# ---------------------------------------------------------------- time of a measure and of a cycle
def off_time(milestone: Milestone, measure: Measure) -> Said:
    """The dates of a milestone after the measure's end; before its begin one prepares it."""
    for name, word in (("planned_on", "geplant"), ("reached_on", "erreicht")):
        day = getattr(milestone, name)
        if day and measure.end and day.first > measure.end.last:
            yield name, f"Meilenstein „{milestone}“: {word} {day}, die Maßnahme endet {measure.end}. Stimmt das?"


@asks(Milestone, "measure")
def milestone_within_measure(milestone: Milestone, links: Links) -> Said:
    """A milestone in the time of its measure."""
    if milestone.measure_id:
        yield from off_time(milestone, milestone.measure)


@asks(Measure, "milestones")
def measure_around_milestones(measure: Measure, links: Links) -> Said:
    """The same from the side of the measure, and milestones that nobody will reach any more."""
    left = [row for row in others(measure, "milestones") if row.state in EXPECTED and not row.reached_on]
    if left and measure.state == MeasureState.DROPPED:
        named = ", ".join(f"„{row}“" for row in left[:MOST_NAMED])
        yield "state", f"Nicht umgesetzt, aber noch offen: {named}. Entfallen diese Meilensteine?"
    for milestone in others(measure, "milestones"):
        for _, sentence in off_time(milestone, measure):
            yield "end", sentence


@asks(CriterionValue, "criterion__measure")
def value_within_measure(value: CriterionValue, links: Links) -> Said:
    """A target for a year in which the measure does not run; before and after it one may measure."""
    criterion = criterion_of(value)
    measure = criterion.measure if criterion is not None and criterion.measure_id else None
    if measure is None or not value.year or value.target is None:
        return
    if measure.begin and value.year < measure.begin.year:
        yield "target", f"Zielwert für {value.year}, die Maßnahme beginnt {measure.begin}. Stimmt das Jahr?"
    if measure.end and value.year > measure.end.last.year:
        yield "target", f"Zielwert für {value.year}, die Maßnahme endet {measure.end}. Stimmt das Jahr?"


@asks(Goal, "cycle")
def goal_within_cycle(goal: Goal, links: Links) -> Said:
    """A goal that would be reached before its cycle began."""
    if goal.target_date and goal.cycle_id and goal.target_date.last.year < goal.cycle.first_year:
        yield "target_date", f"Das Ziel wäre vor dem Planungszyklus {goal.cycle.years} erreicht. Stimmt das Datum?"


def of_another_cycle(record: Any, name: str, rows: list[Any]) -> Said:
    """Planning content of a cycle goes with content of that cycle: a plan shows no other."""
    for row in rows:
        if row is not None and record.cycle_id and row.cycle_id != record.cycle_id:
            yield name, f"„{row}“ gehört zu einem anderen Planungszyklus ({row.cycle.years}). Stimmt das?"


@asks(Goal, "parent", "needs")
def goal_with_its_cycle(goal: Goal, links: Links) -> Said:
    """Above a goal, and among what it answers, stands what belongs to its cycle."""
    yield from of_another_cycle(goal, "parent", [goal.parent])
    yield from of_another_cycle(goal, "needs", linked(goal, links, "needs"))


@asks(Measure, "goals", "needs")
def measure_with_its_cycle(measure: Measure, links: Links) -> Said:
    """A measure answers goals and needs of its cycle."""
    yield from of_another_cycle(measure, "goals", linked(measure, links, "goals"))
    yield from of_another_cycle(measure, "needs", linked(measure, links, "needs"))


@asks_entering(Need)
def need_with_its_answers(need: Need, links: Links) -> Said:
    """What answers a need, where the need changes its cycle; the check finds it from the other side."""
    yield from of_another_cycle(need, "cycle", [*others(need, "goals"), *others(need, "measures")])


@asks_entering(Goal)
def goal_with_what_is_below(goal: Goal, links: Links) -> Said:
    """The same for a goal."""
    yield from of_another_cycle(goal, "cycle", [*others(goal, "children"), *others(goal, "measures")])


# ---------------------------------------------------------------- what is reckoned of what
@refuses(Indicator, "parts", "base")
def formula_with_what_it_needs(indicator: Indicator, links: Links) -> Said:
    """A formula has what it needs, and without a formula there is nothing to reckon."""
    parts, base = linked(indicator, links, "parts"), linked(indicator, links, "base")
    if not indicator.formula:
        if parts or base:
            yield "formula", "Wählen Sie, wie aus A und B gerechnet wird, oder entfernen Sie die Häkchen."
        return
    formula = Formula(indicator.formula)
    if not parts:
        yield "parts", "Wählen Sie mindestens eine Kennzahl, aus der gerechnet wird."
    if formula.needs_base != bool(base):
        words = "braucht auch B." if formula.needs_base else "kommt ohne B aus. Entfernen Sie die Häkchen."
        yield "base", f"„{formula.label}“ {words}"
    if (formula == Formula.CHANGE) != (indicator.base_year is not None):
        wanted = "Nennen Sie das Jahr, gegenüber dem verglichen wird."
        yield (
            "base_year",
            wanted if formula == Formula.CHANGE else "Nur die Veränderung braucht ein Jahr. Lassen Sie das Feld leer.",
        )


@refuses(Indicator, "parts", "base")
def parts_that_are_counted_alike(indicator: Indicator, links: Links) -> Said:
    """What is added up has one unit and is itself not reckoned."""
    sides = {name: linked(indicator, links, name) for name in ("parts", "base")}
    for name, side in sides.items():
        if chained := [str(one) for one in side if one.formula or one.pk == indicator.pk]:
            yield (
                name,
                f"Selbst berechnet und darum kein Teil: {', '.join(chained[:MOST_NAMED])}. Entfernen Sie das Häkchen.",
            )
        if len({one.unit for one in side}) > 1:
            yield (
                name,
                "Diese Kennzahlen haben verschiedene Einheiten. Zusammenzählen lässt sich nur, was "
                "dieselbe hat: Entfernen Sie die übrigen.",
            )
    is_compared = indicator.formula in (Formula.SHARE, Formula.DIFFERENCE)
    if is_compared and len({one.unit for side in sides.values() for one in side}) > 1:
        yield "base", "A und B haben verschiedene Einheiten. Wählen Sie welche mit derselben."


@refuses(Indicator, "part_of_figures", "base_of_figures")
def part_that_is_not_reckoned(indicator: Indicator, links: Links) -> Said:
    """What others are reckoned of is not reckoned itself."""
    users = [*others(indicator, "part_of_figures"), *others(indicator, "base_of_figures")] if indicator.formula else []
    if users:
        yield "formula", f"Aus dieser Kennzahl wird schon „{users[0]}“ berechnet. Lassen Sie die Formel hier leer."
