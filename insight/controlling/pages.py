"""What the pages of the controlling show, as plain data: facts in words and figures, nowhere a mark or a colour."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from accounts.access import Access
from funding.domain.budget.comparing import Compared
from funding.models import ProofOfUse
from funding.pages.budget import amount_or_dash
from insight.controlling.reading import ControllingYear, CriterionOfYear, criterion_of
from planning.enums import GoalLevel, StepState
from planning.models import Goal, Measure, Milestone, Need
from planning.queries.carry_over import ended_goals
from printing.drawings.targets import TargetYear, draw_targets, targets_svg
from records.display import label_of, with_unit
from records.registry import kind_of

NOTHING, SPOKEN, OPEN = "–", "besprochen", "noch nicht besprochen"
Url = Callable[[ControllingYear, Measure], str]


@dataclass(frozen=True)
class MeasureLine:
    """A measure in the list of the year."""

    label: str
    url: str
    field: str
    state: str
    values: str
    meaning: str
    decision: str
    example: bool


@dataclass(frozen=True)
class OverviewPage:
    """The list of the year."""

    lines: tuple[MeasureLine, ...]
    goals_said: int
    goals: int


def overview_page(year: ControllingYear, url: Url) -> OverviewPage:
    """All measures with how far they are, and how many goals have their words."""
    lines = tuple(
        MeasureLine(
            str(measure),
            url(year, measure),
            str(measure.action_field),
            year.state_of(measure),
            values_told(measure, year.year),
            review.meaning if (review := year.review_of(measure)) else "",
            decision_words(year, measure),
            measure.is_example,
        )
        for measure in year.measures
    )
    said = sum(any(row.year == year.year for row in goal.results.all()) for goal in year.goals)
    return OverviewPage(lines, said, len(year.goals))


def values_told(measure: Measure, year: int) -> str:
    """„2 von 3 Kriterien mit Ist-Wert“."""
    criteria = list(measure.criteria.all())
    if not criteria:
        return "ohne Kriterium"
    known = sum(any(v.year == year and v.actual is not None for v in row.values.all()) for row in criteria)
    return f"{known} von {len(criteria)} {'Kriterium' if len(criteria) == 1 else 'Kriterien'} mit Ist-Wert"


def decision_words(year: ControllingYear, subject: Any) -> str:
    """„ändern (2018)“, or that nobody has decided."""
    row = year.decisions.about(subject)
    return f"{row.get_decision_display()} ({row.year})" if row else NOTHING


# ---------------------------------------------------------------- a measure
@dataclass(frozen=True)
class MilestoneLine:
    """A milestone: planned and reached when."""

    label: str
    url: str
    planned: str
    reached: str
    state: str


@dataclass(frozen=True)
class Proof:
    """What a proof of use says beside."""

    label: str
    url: str
    state: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MeasurePage:
    """Everything that stands beside the form of a measure."""

    milestones: tuple[MilestoneLine, ...]
    drawings: dict[int, SafeString]
    money: tuple[tuple[str, str], ...]
    explanation: str
    proofs: tuple[Proof, ...]
    earlier: str
    url: str


def measure_page(year: ControllingYear, measure: Measure, access: Access) -> MeasurePage:
    """Milestones, values over the years, money, proofs, and what was decided earlier."""
    row = year.decisions.about(measure)
    earlier = f"{row.year}: {row.get_decision_display()}. {row.reason}" if row and row.year != year.year else ""
    money = year.money_of(measure)
    milestones = [
        each for each in measure.milestones.all() if concerns(each, year.year) and each.state != StepState.DROPPED
    ]
    return MeasurePage(
        milestones=tuple(milestone_line(year, each) for each in milestones),
        drawings={c.pk: drawing_of(criterion_of(c, year.year)) for c in measure.criteria.all()},
        money=money_lines(money),
        explanation=money.text if money else "",
        proofs=tuple(proof_of(year, each) for each in year.proofs_of(measure, access)),
        earlier=earlier.strip(),
        url=kind_of(Measure).url("detail", year.municipality, measure.pk),
    )


def concerns(milestone: Milestone, year: int) -> bool:
    """Planned until the end of the year, or reached in it; without a date it may be any year's."""
    planned, reached = milestone.planned_on, milestone.reached_on
    if reached is not None:
        return bool(reached.year == year or (planned and planned.year == year))
    return planned is None or planned.year <= year


def milestone_line(year: ControllingYear, row: Milestone) -> MilestoneLine:
    """A milestone in words."""
    return MilestoneLine(
        row.title,
        kind_of(Milestone).url("detail", year.municipality, row.pk),
        str(row.planned_on or NOTHING),
        str(row.reached_on or NOTHING),
        str(row.get_state_display()),
    )


def money_lines(row: Compared | None) -> tuple[tuple[str, str], ...]:
    """Planned, approved, paid and spent; nothing where the Finanzplan has no line of the measure."""
    if row is None:
        return ()
    flow = row.flow
    amounts = (("geplant", row.planned), ("bewilligt", flow.approved), ("ausgezahlt", flow.paid))
    return tuple((label, amount_or_dash(amount)) for label, amount in (*amounts, ("verausgabt", flow.spent)))


def proof_of(year: ControllingYear, row: ProofOfUse) -> Proof:
    """The texts of a proof under their names."""
    names = ("done", "results", "participants", "deviations", "outlook")
    texts = [(label_of(ProofOfUse, name), getattr(row, name)) for name in names]
    return Proof(
        str(row),
        kind_of(ProofOfUse).url("detail", year.municipality, row.pk),
        str(row.get_state_display()),
        tuple((label, text) for label, text in texts if text),
    )


def drawing_of(criterion: CriterionOfYear) -> SafeString:
    """Targets and actual values of the years, every target that was once agreed among them."""
    unit = criterion.criterion.unit
    years = [TargetYear(str(line.year), line.targets, line.actual) for line in criterion.lines]
    drawn = draw_targets(
        years, say=lambda n: with_unit(n, unit), uid=f"k-{criterion.criterion.pk}", title=str(criterion.criterion)
    )
    return targets_svg(drawn)


# ---------------------------------------------------------------- goals and needs
@dataclass(frozen=True)
class Figure:
    """A criterion of a measure of the goal: „Ziel 40 Familien, Ist 38 Familien“; ``total`` is the sum over years."""

    label: str
    measure: str
    target: str
    actual: str
    total: str


@dataclass(frozen=True)
class Card:
    """A goal or need with what is known of it."""

    pk: int
    label: str
    level: str
    depth: int
    figures: tuple[Figure, ...] = ()
    note: str = ""
    decision: str = ""
    example: bool = False


def goal_cards(year: ControllingYear, rows: list[Goal]) -> list[Card]:
    """The goals as they stand in the tree, each with the figures of its own measures."""
    ended, measures = ended_goals(year.cycle, year.decisions), measures_by_goal(year)
    children: dict[int | None, list[Goal]] = {}
    for goal in rows:
        children.setdefault(goal.parent_id, []).append(goal)
    depth = {level: number for number, level in enumerate(GoalLevel.values)}

    def walk(parent: int | None) -> list[Goal]:
        return [each for goal in children.get(parent, []) for each in (goal, *walk(goal.pk))]

    return [
        Card(
            goal.pk,
            str(goal),
            str(goal.get_level_display()),
            depth[goal.level],
            tuple(figure for measure in measures.get(goal.pk, []) for figure in figures_of(measure, year.year)),
            "Endet mit dem Ziel darüber." if goal.pk in ended and not has_ended(year, goal) else "",
            decision_words(year, goal),
            goal.is_example,
        )
        for goal in walk(None)
    ]


def has_ended(year: ControllingYear, goal: Goal) -> bool:
    """Whether it was decided about this very goal that it ends."""
    return goal.pk in year.decisions.ended("goal")


def measures_by_goal(year: ControllingYear) -> dict[int, list[Measure]]:
    """The measures of the year by the goals that they serve."""
    found: dict[int, list[Measure]] = {}
    for measure in year.measures:
        for goal in measure.goals.all():
            found.setdefault(goal.pk, []).append(measure)
    return found


def figures_of(measure: Measure, year: int) -> list[Figure]:
    """The criteria of a measure in the year."""
    found = []
    for row in measure.criteria.all():
        each, unit = criterion_of(row, year), row.unit
        line = each.line
        say = [said(number, unit) for number in ((line.target, line.actual) if line else (None, None))]
        total = f"{each.span}: {with_unit(each.total, unit)}" if each.total is not None else ""
        found.append(Figure(str(row), measure.code, say[0], say[1], total))
    return found


def said(number: Decimal | None, unit: str) -> str:
    """A number with its unit, or a dash."""
    return NOTHING if number is None else with_unit(number, unit)


def need_cards(year: ControllingYear, rows: list[Need]) -> list[Card]:
    """The needs with their state."""
    return [
        Card(row.pk, str(row), str(row.get_state_display()), 0, (), "", decision_words(year, row), row.is_example)
        for row in rows
    ]
