"""The Sachbericht of a municipality and year: what was planned, what was done, what comes next.

It is the factual part of a proof of use (Verwendungsnachweis); the part with the numbers of euro is another document.
Source of what belongs in: the programme's notes on proofs of use, and the report of 2018, sections 2.1 and 2.2.
"""

from dataclasses import dataclass
from decimal import Decimal

from insight.timeline.queries import without_repetition
from planning.enums import MeasureState, Phase, StepState
from planning.models import Measure, Milestone, PlanningStep
from plans import bodies
from plans.builder.basis import WITHOUT_FIELD_HEAD, mark
from plans.builder.controlling import controlling_body, criterion_lines
from plans.builder.mandate import hurdle_lines, planner_posts, with_vacancies
from printing.templatetags.papers import ab, am, lang, zahl
from records.text import sort_key
from records.vague import VagueDate
from reporting.reports.parts import (
    GONE,
    NOT_SAID,
    StepLine,
    YearOfParticipation,
    frame_facts,
    participation_facts,
    participation_of,
    step_line,
)
from reporting.reports.planned import period_of
from reporting.reports.results import CriterionOfYear, GoalOfYear, MoneyOfYear, goals_of, money_of
from reporting.reports.states import States, measure_states
from reporting.reports.year import MunicipalYear, Year

CLOSED = (StepState.DONE, StepState.DROPPED)


@dataclass(frozen=True, kw_only=True)
class MeasureLine(bodies.Entry):
    """A measure with its planned period and its state, and how many milestones of the year were reached.

    ``note`` says where plan and records differ: added after the edition, or recorded no longer.
    """

    code: str
    title: str
    provider: str
    period: str
    state: str
    reason: str
    note: str
    goals: tuple[str, ...]
    reached: int
    missed: int


@dataclass(frozen=True, kw_only=True)
class FieldLines:
    """The measures of a Handlungsfeld."""

    action_field: str
    measures: tuple[MeasureLine, ...]


@dataclass(frozen=True, kw_only=True)
class YearMilestone(bodies.Entry):
    """A milestone of a measure; ``is_late`` where it was reached after the planned date."""

    measure: str
    title: str
    planned_on: VagueDate | None
    reached_on: VagueDate | None
    state: str

    @property
    def is_late(self) -> bool:
        """True where it was certainly reached later than planned."""
        return bool(self.planned_on and self.reached_on and self.reached_on.first > self.planned_on.last)


@dataclass(frozen=True, kw_only=True)
class NextThing(bodies.Entry):
    """What lies ahead: when (in words and as sorting text), kind of record, what."""

    when: str
    order: str
    kind: str
    title: str


@dataclass(frozen=True, kw_only=True)
class ProgressReport:
    """The Sachbericht."""

    facts: tuple[bodies.Fact, ...]
    posts: tuple[bodies.Post, ...]
    steps: tuple[StepLine, ...]
    participation: YearOfParticipation
    measures: tuple[FieldLines, ...]
    reached: tuple[YearMilestone, ...]
    missed: tuple[YearMilestone, ...]
    criteria: tuple[CriterionOfYear, ...]
    without_value: tuple[str, ...]
    hurdles: tuple[bodies.HurdleEntry, ...]
    ahead: tuple[NextThing, ...]
    undated: int
    states: str
    reviews: tuple[bodies.ReviewLine, ...] = ()
    goals: tuple[GoalOfYear, ...] = ()
    money: tuple[MoneyOfYear, ...] = ()

    @property
    def lines(self) -> tuple[bodies.CriterionLine, ...]:
        """The criteria of the year."""
        return tuple(row.line for row in self.criteria)

    @property
    def all_measures(self) -> tuple[MeasureLine, ...]:
        """The measures of all Handlungsfelder."""
        return tuple(line for group in self.measures for line in group.measures)


def progress_report(year: MunicipalYear, *, with_money: bool = False) -> ProgressReport:
    """What was planned as the edition says it, what was done from the records; a fixed number of queries."""
    part = participation_of(year)
    steps = list(year.basis.of_cycle(PlanningStep).order_by("position", "pk"))
    steps.sort(key=lambda step: list(Phase.values).index(step.phase))
    states = measure_states(year)
    measures, (reached, missed) = measures_of(year, states), milestones_of(year)
    held = with_vacancies(planner_posts(year.basis), year.basis.plan.statement_day)
    posts = tuple(post for post in held if year.year.touches(post.begin, post.end))
    criteria, without_value = criteria_of(year)
    spoken = controlling_body(year.basis, until=year.year.number)
    reviews, results = (
        tuple(row for row in rows if row.year == year.year.number) for rows in (spoken.reviews, spoken.results)
    )
    hurdles = tuple(hurdle for hurdle in hurdle_lines(year.basis) if year.year.touches(hurdle.begin, hurdle.end))
    facts = [
        *frame_facts(year),
        bodies.Fact(label="Planerstellen", value=posts_in_words(posts)),
        *participation_facts(part),
        bodies.Fact(label="Maßnahmen", value=measures_in_words(year, states)),
        bodies.Fact(label="Meilensteine", value=milestones_in_words(len(reached), len(missed))),
    ]
    return ProgressReport(
        facts=tuple(facts),
        posts=posts,
        steps=tuple(step_line(step) for step in steps if belongs(step, year.year)),
        participation=part,
        measures=measures,
        reached=reached,
        missed=missed,
        criteria=criteria,
        without_value=without_value,
        hurdles=hurdles,
        ahead=ahead(year, steps, part),
        undated=sum(is_undated(step) for step in steps),
        states=states.sentence,
        reviews=reviews,
        goals=goals_of(year, results, criteria),
        money=money_of(year) if with_money else (),
    )


def milestones_in_words(reached: int, missed: int) -> str:
    """„5 erreicht, 2 nicht erreicht“."""
    return f"{reached} erreicht, {missed} nicht erreicht" if reached or missed else NOT_SAID


def posts_in_words(posts: tuple[bodies.Post, ...]) -> str:
    """„1 Stelle, zusammen 0,75 VzÄ; 1 Vakanz“."""
    held = [post for post in posts if not post.vacant]
    if not held:
        return "unbesetzt" if posts else NOT_SAID
    extents = [post.extent for post in held if post.extent is not None]
    words = f"{len(held)} {'Stelle' if len(held) == 1 else 'Stellen'}"
    words += f", zusammen {zahl(sum(extents, Decimal(0)))} VzÄ" if extents else ""
    gaps = len(posts) - len(held)
    return f"{words}; {gaps} {'Vakanz' if gaps == 1 else 'Vakanzen'}" if gaps else words


def measures_in_words(year: MunicipalYear, states: States) -> str:
    """The states of the year's measures, and how many of the plan's are recorded no longer."""
    said, gone = states_in_words(states_of(year, states)), len(year.gone_measures)
    return f"{said}; dazu {gone} {GONE}" if gone else said


def states_in_words(states: list[str]) -> str:
    """„12 Maßnahmen: 3 geplant, 9 in Umsetzung“, in the order of a measure's life."""
    if not states:
        return NOT_SAID
    named = [str(state.label) for state in MeasureState]
    parts = [f"{states.count(name)} {name}" for name in named if name in states]
    return f"{len(states)} {'Maßnahme' if len(states) == 1 else 'Maßnahmen'}: {', '.join(parts)}"


def belongs(step: PlanningStep, year: Year) -> bool:
    """True for a step that was planned for the year or went on in it."""
    planned = [when for when in (step.planned_begin, step.planned_end) if when]
    going_on = step.begin and (step.end or step.state == StepState.RUNNING) and year.touches(step.begin, step.end)
    return bool(going_on) or any(map(year.holds, [*planned, step.begin, step.end]))


def is_undated(step: PlanningStep) -> bool:
    """True for an open step of which no date is known."""
    return step.state not in CLOSED and not any((step.planned_begin, step.planned_end, step.begin, step.end))


def rows_of(year: MunicipalYear) -> list[Measure]:
    """The measures that had begun by the end of the year and had not ended before it, by number."""
    return [row for row in year.basis.measures if row.falls_in(year.year.number)]


def states_of(year: MunicipalYear, states: States) -> list[str]:
    """The state of each measure of the year."""
    return [states.label(row) for row in rows_of(year)]


def measures_of(year: MunicipalYear, states: States) -> tuple[FieldLines, ...]:
    """The measures of the year by Handlungsfeld, with those of the plan that are recorded no longer."""
    basis, rows = year.basis, rows_of(year)
    groups = []
    for field in (*basis.action_fields, None):
        name = str(field) if field else WITHOUT_FIELD_HEAD
        found = [row for row in rows if basis.first_field([row.action_field]) == field]
        gone = [gone_line(sheet) for head, sheet in year.gone_measures if head == name]
        lines = [*(measure_line(year, row, states) for row in found), *gone]
        if lines:
            groups.append(FieldLines(action_field=name, measures=tuple(lines)))
    return tuple(groups)


def gone_line(sheet: bodies.MeasureSheet) -> MeasureLine:
    """What the plan said of a measure; what became of it nobody has recorded."""
    return MeasureLine(
        code=sheet.code,
        title=sheet.title,
        provider=sheet.provider,
        period=period_of(sheet),
        state=NOT_SAID,
        reason="",
        note=GONE,
        goals=(),
        reached=0,
        missed=0,
        example=sheet.example,
    )


def measure_line(year: MunicipalYear, row: Measure, states: States) -> MeasureLine:
    """A measure in one line."""
    milestones = [milestone for milestone in row.milestones.all() if year.year.holds(milestone.planned_on)]
    reached = [m for m in row.milestones.all() if was_reached(m, year.year)]
    missed = [m for m in milestones if was_missed(m, year)]
    sheet = year.planned.sheets.get(row.uid) if year.planned else None
    return MeasureLine(
        code=row.code,
        title=row.title,
        provider=str(row.provider or ""),
        period=period_of(sheet) if sheet else ab(row.begin, row.end),
        state=states.words(row),
        reason=row.said("not_done_reason"),
        note=year.added_note(row),
        goals=tuple(goal.code for goal in year.basis.goals_of(row)),
        reached=len(reached),
        missed=len(missed),
        **mark(row),
    )


def was_reached(row: Milestone, year: Year) -> bool:
    """Reached in the year; one without that date counts in the year for which it was planned."""
    return year.holds(row.reached_on or (row.planned_on if row.state == StepState.DONE else None))


def was_missed(row: Milestone, year: MunicipalYear) -> bool:
    """Planned for a day of the year that has passed, and not reached in the year."""
    if not year.year.holds(row.planned_on) or is_due(row, year):
        return False
    open_ = row.reached_on is None and row.state != StepState.DONE
    return open_ or bool(row.reached_on and row.reached_on.year > year.year.number)


def is_due(row: Milestone, year: MunicipalYear) -> bool:
    """True for one that the running year still expects."""
    is_ahead = row.planned_on is not None and year.year.holds(row.planned_on) and row.planned_on.last >= year.today
    return is_ahead and row.reached_on is None and row.state not in CLOSED


def milestones_of(year: MunicipalYear) -> tuple[tuple[YearMilestone, ...], tuple[YearMilestone, ...]]:
    """The milestones that were reached in the year, and those that stayed open."""
    basis = year.basis
    rows = [(milestone, measure) for measure in basis.measures for milestone in measure.milestones.all()]
    rows.sort(key=lambda pair: (order_of(pair[0]), pair[1].number, pair[0].pk))
    reached = tuple(year_milestone(row, measure.code) for row, measure in rows if was_reached(row, year.year))
    missed = tuple(year_milestone(row, measure.code) for row, measure in rows if was_missed(row, year))
    return reached, missed


def order_of(row: Milestone) -> str:
    """By the date of reaching, else by the planned one."""
    when = row.reached_on or row.planned_on
    return when.stored if when else ""


def year_milestone(row: Milestone, code: str) -> YearMilestone:
    """A milestone with the number of its measure."""
    return YearMilestone(
        measure=code,
        title=row.title,
        planned_on=row.planned_on,
        reached_on=row.reached_on,
        state=row.get_state_display(),
        **mark(row),
    )


def criteria_of(year: MunicipalYear) -> tuple[tuple[CriterionOfYear, ...], tuple[str, ...]]:
    """Criteria with a value for the year, and those without one, in the order of the measures."""
    by_measure = criterion_lines(year.basis)
    lines = [line for measure in year.basis.measures for line in by_measure.get(measure.pk, ())]
    found = [line for line in lines if line.year == year.year.number]
    named = {line.code for line in found}
    running = [row for row in rows_of(year) if row.state != MeasureState.DROPPED]
    lines = [line for measure in running for line in by_measure.get(measure.pk, ())]
    missing = dict.fromkeys(f"{line.measure}, {line.code} {line.title}" for line in lines if line.code not in named)
    return tuple(CriterionOfYear(line=line, example=line.example) for line in found), tuple(missing)


def ahead(year: MunicipalYear, steps: list[PlanningStep], part: YearOfParticipation) -> tuple[NextThing, ...]:
    """What was open at the end of the year or is planned for the next one, by date."""
    following = year.year.next
    found = [next_step(step, year.year) for step in steps if goes_on(step, year.year)]
    for measure in (row for row in year.basis.measures if row.state != MeasureState.DROPPED):
        if following.holds(measure.begin):
            found.append(next_thing("Beginn der Maßnahme", str(measure), measure.begin, example=measure.is_example))
        found += [
            next_thing("Meilenstein", f"{measure.code} {row.title}", row.planned_on, example=row.is_example)
            for row in measure.milestones.all()
            if is_due(row, year) or (following.holds(row.planned_on) and row.state != StepState.DROPPED)
        ]
    for sitting in part.planned_sittings:
        title = without_repetition(f"{sitting.body}: {sitting.title}")
        found.append(next_thing("Sitzung", title, sitting.held_on, example=sitting.example))
    for event in part.planned_events:
        found.append(next_thing(event.kind, event.title, event.begin, event.end, example=event.example))
    for resolution in part.planned_resolutions:
        title = without_repetition(f"{resolution.body}: {resolution.subject}")
        found.append(next_thing("Beschluss", title, resolution.resolved_on, example=resolution.example))
    return tuple(sorted(found, key=lambda row: (row.order, sort_key(row.title))))


def next_thing(
    kind: str, title: str, begin: VagueDate | None, end: VagueDate | None = None, *, example: bool
) -> NextThing:
    """Something that is planned; open ends come last."""
    when = end or begin
    return NextThing(kind=kind, title=title, when=am(begin, end), order=when.stored if when else "9", example=example)


def next_step(step: PlanningStep, year: Year) -> NextThing:
    """A step that goes on („läuft seit 2018, geplant bis Ende 2019“) or begins."""
    phase = Phase(step.phase).short
    if step.begin is None or step.begin.year > year.number:
        return next_thing(phase, step.title, step.planned_begin, step.planned_end, example=step.is_example)
    until = f", geplant bis {lang(step.planned_end)}" if step.planned_end else ""
    order = (step.planned_end or step.begin).stored
    return NextThing(
        kind=phase,
        title=step.title,
        when=f"läuft seit {lang(step.begin)}{until}",
        order=order,
        example=step.is_example,
    )


def goes_on(step: PlanningStep, year: Year) -> bool:
    """True for a step that was under way at the end of the year or is planned for the next one."""
    if step.state == StepState.DROPPED or (step.end and step.end.year <= year.number):
        return False
    if step.state == StepState.DONE and not step.end:
        return False
    under_way = step.begin is not None and step.begin.year <= year.number
    return under_way or any(map(year.next.holds, (step.planned_begin, step.planned_end)))
