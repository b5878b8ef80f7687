"""A municipality in the Landesbericht: its line in the tables and its own page."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from accounts.enums import StateRegion
from accounts.models import Municipality
from participation.models import Event, Survey
from planning.enums import MeasureState, Phase, Progress
from planning.models import EntryLevel, PlannerPost
from planning.pages.progress import PROGRESS_CODES, phases_in_words
from plans import bodies
from printing.templatetags.papers import zahl
from reporting.queries.state_report import Numbers, Rows, StateYear
from reporting.reports.progress import states_in_words
from reporting.reports.state_content import NumberLine, PhaseLine, PlaceLine
from reporting.reports.year import Year

NO_PLAN = "ohne Plan im Portal"
MOST_ROWS = 6  # resolutions, events and hurdles on a municipality's page, so that it stays one page
FILLED, VACANT, UNKNOWN = "besetzt", "unbesetzt", "ohne Angabe"
POSTS = (FILLED, VACANT, UNKNOWN)


def place_line(read: StateYear, place: Municipality) -> PlaceLine:
    """A municipality's line and page."""
    row, year = read.rows[place.pk], Year(read.year)
    filled = [post for post in row.posts if lasts_to(post, year)]
    extents = [post.full_time_equivalent for post in filled if post.full_time_equivalent is not None]
    level = level_at_end(row, year)
    codes = [PROGRESS_CODES[state_of(row, phase) or Progress.NOT_STARTED] for phase in Phase]
    plan = str(row.plan.get_state_display()) if row.plan else NO_PLAN
    taken = [f"{r.resolved_on}: {r.subject} ({r.body}, {r.get_outcome_display()})" for r in row.resolutions]
    hurdles = [f"{hurdle.title} ({hurdle.get_category_display()})" for hurdle in row.hurdles]
    return PlaceLine(
        ags=place.ags,
        name=place.name,
        full_name=place.full_name,
        region=str(StateRegion(place.state_region).label),
        until=f"{place.valid_until:%d.%m.%Y}" if place.valid_until and place.valid_until.year == read.year else "",
        cycle=str(row.cycle or ""),
        words=phases_in_words(codes, (Progress.RUNNING, Progress.RESTING)),
        phases=phase_lines(row),
        level=level.level if level else None,
        post=FILLED if filled else VACANT if row.posts else UNKNOWN,
        extent=sum(extents, Decimal(0)) if extents else None,
        posts=len(filled),
        plan=plan,
        plan_words=f"Fassung {row.plan.edition}" if row.plan else "",
        is_active=bool(row.surveys or row.sessions or row.findings),
        facts=facts_of(read, place, filled, extents),
        numbers=own_numbers(read, place.pk),
        resolutions=tuple(taken[:MOST_ROWS]),
        events=tuple(event_words(event) for event in row.events[:MOST_ROWS]),
        hurdles=tuple(hurdles[:MOST_ROWS]),
        more=(hidden(row.resolutions), hidden(row.events), hidden(row.hurdles)),
        example=any_example(row),
    )


def hidden(rows: Sequence[object]) -> int:
    """How many rows do not stand on the page."""
    return max(len(rows) - MOST_ROWS, 0)


def facts_of(
    read: StateYear, place: Municipality, filled: list[PlannerPost], extents: list[Decimal]
) -> tuple[bodies.Fact, ...]:
    """The table at the top of the page."""
    row = read.rows[place.pk]
    level = level_at_end(row, Year(read.year))
    plan = f"Fassung {row.plan.edition}, {row.plan.get_state_display()}" if row.plan else NO_PLAN
    known = place.population is not None and (place.population_year or 0) <= read.year
    people = f"{zahl(place.population)} ({place.population_year})" if known else UNKNOWN
    heard = (
        f"Veranstaltungen: {events_words(row.events)}; Befragungen: {surveys_words(row.surveys)}; "
        f"Sitzungen: {row.sessions or UNKNOWN}; Erkenntnisse: {row.findings or UNKNOWN}"
    )
    found = (
        ("Region", str(StateRegion(place.state_region).label)),
        ("Einwohnerinnen und Einwohner", people),
        ("Stufe", str(level) if level else UNKNOWN),
        ("Planungszyklus", str(row.cycle) if row.cycle else UNKNOWN),
        ("Planerstellen", posts_words(row.posts, filled, extents)),
        (f"Plan {read.year}", plan),
        ("Maßnahmen", measures_words(row)),
        ("Beteiligung", heard),
    )
    return tuple(bodies.Fact(label=label, value=value) for label, value in found)


def lasts_to(record: PlannerPost | EntryLevel, year: Year) -> bool:
    """True for what was in force on the last day of the year."""
    return record.end is None or record.end.last >= year.last


def level_at_end(row: Rows, year: Year) -> EntryLevel | None:
    """The Stufe at the end of the year, the newest where several are recorded."""
    return next((level for level in reversed(row.levels) if lasts_to(level, year)), None)


def posts_words(posts: list[PlannerPost], filled: list[PlannerPost], extents: list[Decimal]) -> str:
    """„1 besetzt am Jahresende, 0,8 VzÄ“."""
    if not posts:
        return UNKNOWN
    words = f"{len(filled)} am Jahresende besetzt" + (f", {zahl(sum(extents, Decimal(0)))} VzÄ" if extents else "")
    left = len(posts) - len(filled)
    return f"{words}; {left} im Jahr ausgelaufen" if left else words


def measures_words(row: Rows) -> str:
    """„3 Maßnahmen: 2 in Umsetzung, 1 abgeschlossen“."""
    return states_in_words([str(MeasureState(state).label) for state in row.measures.elements()])


def event_words(event: Event) -> str:
    """„14.03.2018: Regionalkonferenz in Artern (46 Teilnehmende)“."""
    note = f" ({zahl(event.participants)} Teilnehmende)" if event.participants is not None else ""
    return f"{event.begin}: {event.title}{note}"


def phase_lines(row: Rows) -> tuple[PhaseLine, ...]:
    """The eight phases of the cycle; none without one."""
    if row.cycle is None:
        return ()
    lines = []
    for phase in Phase:
        state, found = state_of(row, phase), row.phases.get(phase)
        lines.append(
            PhaseLine(
                number=phase.number,
                title=phase.short,
                state=str(state.label if state else ""),
                begin=found.begin if found else None,
                end=found.end if found else None,
            )
        )
    return tuple(lines)


def own_numbers(read: StateYear, place: int) -> tuple[NumberLine, ...]:
    """The municipality's offers, needs and measures by Handlungsfeld, and all."""
    count: Callable[[Numbers, int], int] = lambda numbers, key: numbers.by_field[place][key]  # noqa: E731
    lines = [
        NumberLine(
            title=str(field),
            offers=count(read.offers, field.pk),
            needs=count(read.needs, field.pk),
            measures=count(read.measures, field.pk),
        )
        for field in read.action_fields
    ]
    total = NumberLine(
        title="Verschiedene insgesamt",
        offers=read.offers.total[place],
        needs=read.needs.total[place],
        measures=read.measures.total[place],
    )
    return (*lines, total)


def any_example(row: Rows) -> bool:
    """True where anything that is shown is invented."""
    records = [row.cycle, row.plan, *row.levels, *row.posts, *row.hurdles, *row.events, *row.surveys, *row.resolutions]
    return any(record.is_example for record in records if record)


def state_of(row: Rows, phase: Phase) -> Progress | None:
    """The stored state of a phase; None without a cycle."""
    if row.cycle is None:
        return None
    found = row.phases.get(phase)
    return Progress(found.state) if found else Progress.NOT_STARTED


def events_words(events: list[Event]) -> str:
    """„12 mit 340 gezählten Teilnehmenden; 2 ohne Zahl“."""
    counted = [event.participants for event in events if event.participants is not None]
    if not events:
        return UNKNOWN
    words = zahl(len(events)) + (f" mit {zahl(sum(counted))} gezählten Teilnehmenden" if counted else "")
    missing = len(events) - len(counted)
    return f"{words}; {missing} ohne Zahl" if counted and missing else words


def surveys_words(surveys: list[Survey]) -> str:
    """„3, zusammen 930 Bögen zurück von 3.600 versandten“."""
    both = [(row.returned, row.sent) for row in surveys if row.returned is not None and row.sent is not None]
    if not both:
        return zahl(len(surveys)) if surveys else UNKNOWN
    returned, sent = zahl(sum(pair[0] for pair in both)), zahl(sum(pair[1] for pair in both))
    return f"{len(surveys)}, {returned} Bögen zurück von {sent} versandten"
