"""What a municipality's start page shows, in at most eight queries of its own."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value
from django.utils.safestring import SafeString

from accounts.access import Access
from accounts.addresses import address
from accounts.models import Municipality
from overview.queries.changes import WEEKDAYS, Change, last_changes
from overview.queries.due import DueItem, WaitingItem, due_items, waiting_items
from participation.models import Event, Finding, Resolution, Session
from planning.enums import Phase, Progress, StepState
from planning.models import EntryLevel, Goal, Hurdle, Measure, Need, PhaseState, PlanningCycle, PlanningStep
from planning.queries.cycles import newest_for
from planning.waiting import CLOSED_STEPS
from printing.drawings.ring import LABEL_LINES, RingPhase, ring_html
from records.parts import Link
from records.queries.prepared import MUNICIPALITY, Parameter, Prepared, PreparedRows
from records.registry import kind_of
from records.vague import MONTHS, span_text
from records.waiting import of_money, read_here

CODES = {Progress.DONE: "done", Progress.RUNNING: "run", Progress.RESTING: "rest", Progress.NOT_STARTED: "none"}
CYCLE = Parameter("cycle")
WAITING_SHOWN, DUE_SHOWN, STEPS_SHOWN = 8, 6, 5
SHOWN_GAPS = (
    (Need, "ohne-ziel"),
    (Need, "ohne-beleg"),
    (Goal, "ohne-massnahme"),
    (Measure, "ohne-ziel-und-bedarf"),
    (Measure, "ohne-kriterium"),
    (Measure, "ohne-kosten"),
)
QUICK = (Finding, Session, Event, Resolution, PlanningStep, Hurdle)


@dataclass(frozen=True)
class OpenPoint:
    """Something missing: „3 Bedarfe ohne Ziel“, and the way to the list where it is mended."""

    count: int
    label: str
    action: Link


@dataclass(frozen=True)
class NextStep:
    """A planning step that is under way or comes next."""

    title: str
    url: str
    note: str
    state: str
    state_label: str


@dataclass(frozen=True)
class StartPage:
    """Everything on the start page; without a cycle ``ring`` is None.

    ``number``: what waits anywhere; ``open_money``: what of money is open here, whoever acts.
    """

    today: str
    lead: str
    ring: SafeString | None
    waiting: tuple[WaitingItem, ...]
    waiting_total: int
    number: int
    open_money: int
    due: tuple[DueItem, ...]
    due_total: int
    steps: tuple[NextStep, ...]
    changes: tuple[Change, ...]
    points: tuple[OpenPoint, ...]


def start_page(municipality: Municipality, today: date, access: Access) -> StartPage:
    """Read and arrange; the queries do not grow with the number of records."""
    states = states_of(municipality)
    cycle = newest_for(list({state.cycle_id: state.cycle for state in states}.values()), today.year)
    order = [str(phase) for phase in Phase]
    states = [state for state in states if cycle and state.cycle_id == cycle.pk]
    states.sort(key=lambda state: order.index(state.phase))
    steps = steps_of(cycle) if cycle else []
    waiting = read_here(access, municipality, today)
    due = due_items(waiting.dates, today)
    return StartPage(
        today=f"{WEEKDAYS[today.weekday()]}, {today.day}. {MONTHS[today.month - 1]} {today.year}",
        lead=lead_of(states, len(waiting.mine), due, today),
        ring=ring_of(municipality, cycle, states, steps, today) if cycle else None,
        waiting=tuple(waiting_items(waiting.mine[:WAITING_SHOWN], today)),
        waiting_total=len(waiting.mine),
        number=waiting.number,
        open_money=len(of_money(waiting)),
        due=tuple(due[:DUE_SHOWN]),
        due_total=len(due),
        steps=tuple(next_steps(municipality, steps, states)),
        changes=tuple(last_changes(municipality)),
        points=tuple(open_points(municipality, cycle) if cycle else ()),
    )


def states_of(municipality: Municipality) -> list[PhaseState]:
    """The states of all phases in all cycles, without their texts."""
    return states_statement().run(municipality)


@cache
def states_statement() -> PreparedRows:
    """The states with their cycle."""
    rows = PhaseState.objects.filter(municipality=MUNICIPALITY).select_related("cycle").order_by()
    cycle_columns = ("cycle__title", "cycle__first_year", "cycle__last_year")
    return PreparedRows(rows.only("phase", "state", "begin", "end", *cycle_columns))


def steps_of(cycle: PlanningCycle) -> list[PlanningStep]:
    """The steps of the cycle without their texts, in the order of the phases."""
    order = {str(phase): phase.number for phase in Phase}
    return sorted(
        steps_statement().run(None, cycle=cycle.pk), key=lambda step: (order[step.phase], step.position, step.pk)
    )


@cache
def steps_statement() -> PreparedRows:
    """The steps of a cycle."""
    rows = PlanningStep.objects.filter(cycle=CYCLE).order_by()
    return PreparedRows(rows.only("title", "phase", "position", "responsible", "state", "planned_end"))


def ring_of(
    municipality: Municipality, cycle: PlanningCycle, states: list[PhaseState], steps: list[PlanningStep], today: date
) -> SafeString:
    """The ring of the cycle; a dropped step does not count."""
    counted = Counter((step.phase, step.state) for step in steps if step.state != StepState.DROPPED)
    by_phase = {state.phase: state for state in states}
    phases = []
    for phase in Phase:
        state = by_phase.get(phase)
        progress = Progress(state.state) if state else Progress.NOT_STARTED
        total = sum(count for (of_phase, _), count in counted.items() if of_phase == phase)
        done, running = counted[(phase, StepState.DONE)], counted[(phase, StepState.RUNNING)]
        url = address("planning:phase", municipality.slug, phase.slug)
        phases.append(
            RingPhase(
                number=phase.number,
                label=phase.short,
                label_lines=LABEL_LINES[phase.number],
                state=CODES[progress],
                state_label=str(progress.label),
                url=url,
                steps_done=done,
                steps_running=running,
                steps_open=total - done - running,
                period=span_text(state.begin, state.end) if state else "",
            )
        )
    return ring_html(tuple(phases), cycle.years, level_on(municipality, today))


def level_on(municipality: Municipality, today: date) -> str:
    """„Stufe 3“: the level in force today, else the newest that has begun; empty where none is known."""
    rows = levels_statement().run(municipality)
    begun = [row for row in rows if row.begin is None or row.begin.first <= today]
    current = [row for row in begun if row.end is None or row.end.last >= today]
    found = (current or begun)[-1:]
    return f"Stufe {found[0].level}" if found else ""


@cache
def levels_statement() -> PreparedRows:
    """The levels of a municipality with their time, the oldest first."""
    rows = EntryLevel.objects.filter(municipality=MUNICIPALITY).order_by("begin", "pk")
    return PreparedRows(rows.only("level", "begin", "end"))


def next_steps(municipality: Municipality, steps: list[PlanningStep], states: list[PhaseState]) -> list[NextStep]:
    """Running steps first, then open ones of running phases, then the other open ones."""
    running = {state.phase for state in states if state.state == Progress.RUNNING}
    order = {StepState.RUNNING: 0, StepState.OPEN: 1, StepState.RESTING: 3}
    waiting = [step for step in steps if step.state not in CLOSED_STEPS]
    rank = {step.pk: index for index, step in enumerate(waiting)}

    def key(step: PlanningStep) -> tuple[int, int]:
        base = order[StepState(step.state)]
        return base + (1 if base == 1 and step.phase not in running else 0), rank[step.pk]

    kind = kind_of(PlanningStep)
    return [
        NextStep(
            step.title, kind.url("detail", municipality, step.pk), step_note(step), step.state, step.get_state_display()
        )
        for step in sorted(waiting, key=key)[:STEPS_SHOWN]
    ]


def step_note(step: PlanningStep) -> str:
    """„Maßnahmenumsetzung · zuständig: Sozialplanung · bis Dezember 2018“."""
    parts = [Phase(step.phase).short]
    if step.responsible:
        parts.append(f"zuständig: {step.responsible}")
    if step.planned_end:
        parts.append(f"bis {step.planned_end}")
    return " · ".join(parts)


def open_points(municipality: Municipality, cycle: PlanningCycle) -> list[OpenPoint]:
    """Gaps in the red thread of the cycle, counted in one query; what is complete is left out."""
    counts = dict(gaps_statement().run(municipality, cycle=cycle.pk))
    points = []
    for model, code in SHOWN_GAPS:
        kind = kind_of(model)
        count = counts.get(f"{kind.name}/{code}", 0)
        if count:
            gap = next(gap for gap in kind.gaps if gap.code == code)
            label = f"{kind.label if count == 1 else kind.plural} {gap.label}"
            url = f"{kind.url('list', municipality)}?luecke={code}&cycle={cycle.pk}"
            points.append(OpenPoint(count, label, Link(gap.action, url)))
    return points


@cache
def gaps_statement() -> Prepared:
    """Name of each gap and the number of records that have it."""
    parts = []
    for model, code in SHOWN_GAPS:
        kind = kind_of(model)
        gap = next(gap for gap in kind.gaps if gap.code == code)
        name = Value(f"{kind.name}/{code}", output_field=CharField())
        rows: QuerySet[Any] = model._default_manager.filter(
            gap.condition, municipality=MUNICIPALITY, cycle=CYCLE
        ).order_by()
        counted: QuerySet[Any] = rows.annotate(gap=name).values("gap").annotate(found=Count("pk", distinct=True))
        parts.append(counted.values_list("gap", "found"))
    return Prepared.of(parts[0].union(*parts[1:], all=True))


def lead_of(states: list[PhaseState], waiting: int, due: list[DueItem], today: date) -> str:
    """How it stands in one or two sentences."""
    if not states:
        return "Noch kein Planungszyklus angelegt."
    ahead = sum(1 for item in due if not item.is_overdue and item.when.first.year == today.year)
    late = sum(1 for item in due if item.is_overdue)
    sentences = []
    if waiting:
        sentences.append(f"{waiting} Dinge warten auf Sie." if waiting > 1 else "Eines wartet auf Sie.")
    if late:
        sentences.append("Ein Termin ist überfällig." if late == 1 else f"{late} Termine sind überfällig.")
    if ahead:
        sentences.append("Ein Termin bis Jahresende." if ahead == 1 else f"{ahead} Termine bis Jahresende.")
    for progress, one, several in ((Progress.RUNNING, "läuft", "laufen"), (Progress.RESTING, "ruht", "ruhen")):
        names = [Phase(state.phase).short for state in states if state.state == progress]
        if names:
            sentences.append(f"Es {one if len(names) == 1 else several}: {', '.join(names)}.")
    return " ".join(sentences) or "Noch keine Phase hat begonnen."


def quick_entries(municipality: Municipality) -> list[Link]:
    """What is entered most often: after a conference, after a session, one record at a time."""
    flows = (
        ("Flipchart-Zeilen einfügen", "participation:flipchart"),
        ("Sitzung nacherfassen", "participation:session-catch-up"),
    )
    return [Link(label, address(route, municipality.slug)) for label, route in flows] + [
        Link(kind_of(model).label, kind_of(model).url("create", municipality)) for model in QUICK
    ]
