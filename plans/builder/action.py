"""Chapters 6 and 7: Maßnahmen, Finanzplan."""

from collections.abc import Iterable
from decimal import Decimal

from funding.enums import Source
from funding.models import BudgetLine
from funding.pages.budget import Budget
from planning.enums import GoalLevel
from planning.models import Goal, Measure, Milestone, Need, PlannerPost
from plans import bodies
from plans.builder.basis import WITHOUT_FIELD_HEAD, Basis, finding_short, mark, titles
from plans.builder.controlling import criterion_lines
from printing.templatetags.papers import ab, liste

MOST_EVIDENCE = 2  # findings named in the red thread, the heaviest first
NOTHING = Decimal("0.00")


# ---------------------------------------------------------------- 6 Maßnahmen
def measures_body(basis: Basis) -> bodies.MeasuresBody:
    """All of chapter 6 (two queries more)."""
    lines = criterion_lines(basis)
    groups = []
    for field in (*basis.action_fields, None):
        found = [m for m in basis.measures if basis.first_field([m.action_field]) == field]
        if field or found:
            sheets = tuple(measure_sheet(basis, measure, lines.get(measure.pk, ())) for measure in found)
            name = str(field) if field else WITHOUT_FIELD_HEAD
            groups.append(bodies.FieldMeasures(action_field=name, measures=sheets))
    return bodies.MeasuresBody(fields=tuple(groups))


def measure_sheet(basis: Basis, row: Measure, criteria: tuple[bodies.CriterionLine, ...]) -> bodies.MeasureSheet:
    """A measure on one page."""
    facts = (
        ("Handlungsfeld", str(basis.field_of(row.action_field))),
        ("Lebensphasen", liste(basis.life_phase_names(row))),
        ("Zielgruppen", liste(titles(row.target_groups))),
        ("Region", liste(basis.region_names(row))),
        ("Träger", str(row.provider or "–")),
        ("Verantwortlich", row.responsible or "–"),
        ("Zeitraum", ab(row.begin, row.end)),
        ("Stand", row.get_state_display()),
        ("Grund", row.said("not_done_reason")),
    )
    milestones = sorted(row.milestones.all(), key=lambda m: (not order(m), order(m), m.pk))
    return bodies.MeasureSheet(
        code=row.code,
        title=row.title,
        description=row.description,
        state=row.get_state_display(),
        provider=str(row.provider or ""),
        thread=red_thread(basis, row),
        facts=tuple(bodies.Fact(label=label, value=value) for label, value in facts if value),
        milestones=tuple(
            bodies.MilestoneLine(
                planned_on=m.planned_on, reached_on=m.reached_on, title=m.title, state=m.get_state_display(), **mark(m)
            )
            for m in milestones
        ),
        criteria=criteria,
        yearly_cost=cost_of(basis, row),
        **basis.mark(row),
    )


def cost_of(basis: Basis, row: Measure) -> Decimal | None:
    """What a measure costs in the plan's year: as its Finanzplan says, without one as was said of the measure."""
    if basis.budget is None:
        return row.yearly_cost
    lines = [line for line in basis.budget.counted if line.measure_id == row.pk and line.has_amount]
    return sum((line.total for line in lines), NOTHING) if lines else None


def order(milestone: Milestone) -> str:
    """The date by which a milestone is sorted; empty where it has none."""
    when = milestone.planned_on or milestone.reached_on
    return when.stored if when else ""


def red_thread(basis: Basis, row: Measure) -> tuple[bodies.ThreadStep, ...]:
    """Evidence, needs, goals: four stations; a station without lines is a gap."""
    by_key = basis.goal_by_key
    goals = [by_key[goal.pk] for goal in row.goals.all() if goal.pk in by_key]
    above = with_parents(goals, by_key)
    wanted = {need.pk for need in row.needs.all()} | {need.pk for goal in above for need in goal.needs.all()}
    needs = [need for need in basis.needs if need.pk in wanted]
    return (
        bodies.ThreadStep(name="Beleg", lines=heaviest(basis, needs)),
        bodies.ThreadStep(name="Bedarf", lines=tuple(map(str, needs))),
        bodies.ThreadStep(name="Handlungsziel", lines=goal_lines(above, GoalLevel.ACTION)),
        bodies.ThreadStep(name="Maßnahmenziel", lines=goal_lines(above, GoalLevel.MEASURE)),
    )


def with_parents(goals: Iterable[Goal], by_key: dict[int, Goal]) -> list[Goal]:
    """The goals and those above them, each once."""
    found: dict[int, Goal] = {}
    for goal in goals:
        current: Goal | None = goal
        while current and current.pk not in found:
            found[current.pk] = current
            current = by_key.get(current.parent_id or 0)
    return list(found.values())


def goal_lines(goals: Iterable[Goal], level: GoalLevel) -> tuple[str, ...]:
    """„Z 4 Betreuung ist verlässlich.“ for the goals of a level."""
    return tuple(str(goal) for goal in sorted(goals, key=lambda goal: goal.number or 0) if goal.level == level)


def heaviest(basis: Basis, needs: Iterable[Need]) -> tuple[str, ...]:
    """The findings with the greatest weight behind the needs; figures and sources where there are none."""
    findings = {finding.pk: finding for need in needs for finding in basis.findings_of(need)}
    ordered = sorted(findings.values(), key=lambda finding: (-(finding.weight or 0), finding.pk))
    lines = [finding_short(finding) for finding in ordered[:MOST_EVIDENCE]]
    lines += [str(figure.indicator) for need in needs for figure in need.figures.all()]
    lines += [str(one.indicator or one.own_indicator) for need in needs for one in need.quoted.all()]
    lines += [source.title for need in needs for source in need.data_sources.all()]
    return tuple(dict.fromkeys(lines))[:MOST_EVIDENCE]


# ---------------------------------------------------------------- 7 Finanzplan
def finance_body(basis: Basis) -> bodies.FinanceBody:
    """Chapter 7: the Finanzplan of the year; without one the yearly costs of posts and measures (one query)."""
    if basis.budget is not None:
        return budget_body(basis, basis.budget)
    posts = [
        post
        for post in basis.own(PlannerPost).filter(is_lsz_post=True).order_by("begin", "pk")
        if basis.belongs(post.begin, planned=True) and not (post.end and post.end.last.year < basis.year)
    ]
    measures = [measure for measure in basis.measures if measure.costs_in(basis.year)]
    groups = []
    if posts:
        lines = tuple(bodies.CostLine(title=post.title, amount=post.yearly_cost, **mark(post)) for post in posts)
        groups.append(cost_group("Planerstellen", lines))
    for field in (*basis.action_fields, None):
        found = [m for m in measures if basis.first_field([m.action_field]) == field]
        if found:
            lines = tuple(cost_line(basis, measure) for measure in found)
            groups.append(cost_group(str(field) if field else WITHOUT_FIELD_HEAD, lines))
    return bodies.FinanceBody(
        groups=tuple(groups),
        total=sum((group.total for group in groups), NOTHING),
        without_amount=sum(line.amount is None for group in groups for line in group.lines),
    )


def budget_body(basis: Basis, budget: Budget) -> bodies.FinanceBody:
    """The lines that count, posts first, then by Handlungsfeld; no query more."""
    posts = [line for line in budget.counted if line.planner_post_id]
    groups = [cost_group("Planerstellen", tuple(budget_line(basis, line) for line in posts))] if posts else []
    for field in (*basis.action_fields, None):
        found = [
            line
            for line in budget.counted
            if not line.planner_post_id and (basis.field_of(line.field) if line.field else None) == field
        ]
        if found:
            lines = tuple(budget_line(basis, line) for line in found)
            groups.append(cost_group(str(field) if field else WITHOUT_FIELD_HEAD, lines))
    return bodies.FinanceBody(
        groups=tuple(groups),
        total=sum((group.total for group in groups), NOTHING),
        without_amount=sum(line.amount is None for group in groups for line in group.lines),
        state=str(budget.year.get_state_display()),
        limits=tuple(bodies.Fact(label=line.label, value=line.text) for line in budget.said if line.is_set),
    )


def budget_line(basis: Basis, line: BudgetLine) -> bodies.CostLine:
    """A line with its parts. A measure with one line is found again in editions from before the Finanzplan."""
    same = [other for other in basis.budget.counted if other.measure_id == line.measure_id] if basis.budget else []
    known = line.measure if line.measure and len(same) == 1 else None
    return bodies.CostLine(
        title=str(line),
        amount=line.total if line.has_amount else None,
        kind=str(line.cost_kind or ""),
        provider=str(line.carrier or ""),
        amounts=tuple(
            bodies.SourceAmount(source=str(Source(name).label), amount=amount)
            for name, amount in line.amounts.items()
            if amount is not None
        ),
        **mark(line) | ({"uid": known.uid, "origin": basis.mark(known)["origin"]} if known else {}),
    )


def cost_line(basis: Basis, row: Measure) -> bodies.CostLine:
    """A measure's cost in a full year; one that begins only after the plan's year says when."""
    later = row.begin if row.begin and row.begin.first.year > basis.year else None
    return bodies.CostLine(title=str(row), amount=row.yearly_cost, begins=later, **basis.mark(row))


def cost_group(title: str, lines: tuple[bodies.CostLine, ...]) -> bodies.CostGroup:
    """Lines with their sum."""
    return bodies.CostGroup(title=title, lines=lines, total=sum((line.amount or NOTHING for line in lines), NOTHING))
