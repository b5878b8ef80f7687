"""The Landesbericht: all municipalities of a year, alphabetical, without ranking (docs/product.md §2.2, §5).

It counts and shows states; no value orders the municipalities, and no page compares them with a mean.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from statistics import median
from typing import Any, TypeVar

from funding.domain.reckoning.steps import total
from funding.enums import Source
from participation.enums import EventKind, StakeholderGroup
from participation.models import Event, Survey
from planning.durations import days_between, in_weeks
from planning.enums import FEWEST_PLACES, HurdleCategory, MeasureState, Phase, Progress
from planning.few import told_parts, too_few, total_tells
from planning.models import PlanningStep
from plans import bodies
from plans.builder.basis import mark
from plans.enums import PlanState
from printing.templatetags.papers import zahl
from records.text import sort_key
from reporting.queries.state_money import NO_FIELD, PlannedMoney, Sums
from reporting.queries.state_report import Counts, Numbers, Rows, StateYear
from reporting.reports.state_content import (
    Duration,
    EventLine,
    HurdleCount,
    MoneyLine,
    NumberLine,
    PhaseCount,
    PlaceLine,
    SharedHurdle,
    StateReport,
)
from reporting.reports.state_place import NO_PLAN, POSTS, UNKNOWN, events_words, place_line, state_of, surveys_words

TOO_FEW = f"weniger als {FEWEST_PLACES} Kommunen, deshalb keine Summe"
WOULD_TELL = f"keine Summe, weil sonst zu erkennen wäre, was weniger als {FEWEST_PLACES} Kommunen eingetragen haben"
T = TypeVar("T")


def state_report(read: StateYear) -> StateReport:
    """From what was read; no query."""
    places = tuple(place_line(read, place) for place in read.municipalities)
    all_rows = list(read.rows.values())
    hurdles, steps = hurdle_counts(all_rows), durations(read.durations)
    told_hurdles = tuple(line for line in hurdles if line.places >= FEWEST_PLACES)
    told_steps = tuple(line for line in steps if line.number >= FEWEST_PLACES)
    measures = total_of(read.measures)
    states, few_states = measure_states(all_rows, is_total_told=measures is not None)
    events, few_events = event_lines(event for row in all_rows for event in row.events)
    groups = [group for group in StakeholderGroup if read.groups.get(group)]
    told_groups = told_parts({group: read.groups[group] for group in groups})
    money = money_lines(read)
    return StateReport(
        year=read.year,
        facts=tuple(facts_of(read, places)),
        places=places,
        phase_counts=tuple(
            PhaseCount(
                title=f"{phase.number} {phase.short}",
                counts=tuple(sum(state_of(row, phase) == progress for row in all_rows) for progress in Progress),
            )
            for phase in Phase
        ),
        by_field=number_lines(read, read.action_fields, "by_field"),
        by_phase=number_lines(read, read.life_phases, "by_phase"),
        totals=NumberLine(
            title="Verschiedene insgesamt",
            offers=total_of(read.offers),
            needs=total_of(read.needs),
            measures=measures,
        ),
        measure_states=states,
        few_states=few_states,
        events=events,
        few_events=few_events,
        groups=tuple(bodies.Group(name=str(group.label), count=read.groups[group].total()) for group in told_groups),
        few_groups=len(groups) - len(told_groups),
        hurdle_counts=told_hurdles,
        few_hurdles=len(hurdles) - len(told_hurdles),
        shared=shared_hurdles(read),
        durations=told_steps,
        few_durations=len(steps) - len(told_steps),
        money=money,
        few_money=len(read.money.by_field) - len(money),
        money_total=money_line("Zusammen", read.money.total, read.money, by_payer=read.money.tells_all_payers)
        if tells_money(read.money)
        else None,
        money_places=len(read.money.places),
    )


def tells_money(money: PlannedMoney) -> bool:
    """Whether there is a sum of all that may be told."""
    return bool(money.places) and total_tells(money.places, money.places_by_field.values())


def total_of(numbers: Numbers) -> int | None:
    """All records of a kind; None where that would tell of too few municipalities."""
    of_places = [place for place, number in numbers.total.items() if number]
    parts = (part for counts in (numbers.by_field, numbers.by_phase) for part in places_by_key(counts).values())
    return numbers.total.total() if total_tells(of_places, parts) else None


def places_by_key(counts: Counts) -> dict[int, set[int]]:
    """The municipalities that have records of each entry of the catalogue."""
    found: dict[int, set[int]] = defaultdict(set)
    for place, numbers in counts.items():
        for key, number in numbers.items():
            if number:
                found[key].add(place)
    return found


def money_lines(read: StateYear) -> tuple[MoneyLine, ...]:
    """What is planned by Handlungsfeld, in the order of the catalogue, never by amount; not what too few plan."""
    places = read.money.places_by_field
    found = {key: sums for key, sums in read.money.by_field.items() if not too_few(places[key])}
    named = [(str(field), field.pk) for field in read.action_fields if field.pk in found]
    rest = [("Ohne Handlungsfeld", NO_FIELD)] if NO_FIELD in found else []
    return tuple(
        money_line(title, found[key], read.money, by_payer=read.money.tells_payers(key))
        for title, key in [*named, *rest]
    )


def money_line(title: str, sums: Sums, money: PlannedMoney, *, by_payer: bool) -> MoneyLine:
    """Sums of a Handlungsfeld; what neither Land nor Kommune pays stands together."""
    land, municipal = sums[Source.LAND], sums[Source.MUNICIPAL]
    others = total(amount for source, amount in sums.items() if source not in (Source.LAND, Source.MUNICIPAL))
    payers = {"land": land, "municipal": municipal, "others": others}
    told = payers if by_payer else dict.fromkeys(payers)
    return MoneyLine(title=title, **told, total=total(sums.values()), example=money.example)


def measure_states(rows: list[Rows], *, is_total_told: bool) -> tuple[tuple[tuple[str, int], ...], int]:
    """How many measures stand where, in the order of a measure's life, and how many states are not told.

    Where the total of all measures is kept back, the states together must not tell it.
    """
    numbers = {state: {at: n for at, row in enumerate(rows) if (n := row.measures[state])} for state in MeasureState}
    parts = told_parts(numbers, is_total_told=is_total_told)
    told = [(str(state.label), sum(numbers[state].values())) for state in parts]
    return tuple(told), sum(bool(each) for each in numbers.values()) - len(told)


# ---------------------------------------------------------------- all together
def facts_of(read: StateYear, places: tuple[PlaceLine, ...]) -> Iterable[bodies.Fact]:
    """The table „Auf einen Blick“."""
    rows = list(read.rows.values())
    posts = Counter(place.post for place in places)
    plans = Counter(place.plan for place in places)
    extents = [place.extent for place in places if place.extent]
    extent = Decimal(0) if too_few(range(len(extents))) else sum(extents, Decimal(0))
    levels = Counter(place.level for place in places)
    named = [f"Stufe {level}: {levels[level]}" for level in (1, 2, 3) if levels[level]]
    named += [f"ohne Angabe: {levels[None]}"] if levels[None] else []
    yield bodies.Fact(label="Kommunen", value=f"{len(places)} Landkreise und kreisfreie Städte")
    yield bodies.Fact(label="Stufen", value=", ".join(named))
    yield bodies.Fact(
        label="Planerstellen",
        value=", ".join(f"{state}: {posts[state]}" for state in POSTS if posts[state])
        + (f"; zusammen {zahl(extent)} VzÄ" if extent else ""),
    )
    yield bodies.Fact(label=f"Pläne {read.year}", value=", ".join(f"{n}: {plans[n]}" for n in plan_order(plans)))
    yield bodies.Fact(label="Angebote", value=said(total_of(read.offers)))
    yield bodies.Fact(label="Bedarfe", value=said(total_of(read.needs)))
    yield bodies.Fact(label="Maßnahmen", value=said(total_of(read.measures)))
    yield bodies.Fact(label="Sitzungen", value=together([row.sessions for row in rows], lambda found: said(sum(found))))
    yield bodies.Fact(label="Veranstaltungen", value=together([row.events for row in rows], all_of(events_together)))
    yield bodies.Fact(label="Befragungen", value=together([row.surveys for row in rows], all_of(surveys_together)))
    resolutions = together([len(row.resolutions) for row in rows], lambda found: said(sum(found)))
    yield bodies.Fact(label="Beschlüsse", value=resolutions)


def together(of_places: list[T], words: Callable[[list[T]], str]) -> str:
    """What is told of all municipalities that have something; of too few it is only said that they are too few."""
    some = [each for each in of_places if each]
    return TOO_FEW if too_few(range(len(some))) else words(some)


def all_of(words: Callable[[list[Any]], str]) -> Callable[[list[Any]], str]:
    """The words about the records of all municipalities."""
    return lambda of_places: words([row for rows in of_places for row in rows])


def events_together(events: list[Event]) -> str:
    """Of all municipalities; how many people there were is told where enough of them have counted."""
    counting = [event.municipality_id for event in events if event.participants is not None]
    return zahl(len(events)) if too_few(counting) else events_words(events)


def surveys_together(surveys: list[Survey]) -> str:
    """Of all municipalities; what came back is told where enough of them know it."""
    knowing = [row.municipality_id for row in surveys if row.returned is not None and row.sent is not None]
    return zahl(len(surveys)) if too_few(knowing) else surveys_words(surveys)


def said(count: int | None) -> str:
    """A number of records; where there are none, nobody has said that there was nothing."""
    if count is None:
        return WOULD_TELL
    return zahl(count) if count else UNKNOWN


def plan_order(plans: Counter[str]) -> list[str]:
    """The states that occur, from „ohne Plan“ to the end of a plan's life."""
    return [name for name in (NO_PLAN, *(str(state.label) for state in PlanState)) if plans[name]]


def number_lines(read: StateYear, catalogue: list[Any], name: str) -> tuple[NumberLine, ...]:
    """Offers, needs and measures of all municipalities by entry of a catalogue."""

    def total(numbers: Numbers, key: int) -> int | None:
        found = [counts[key] for counts in getattr(numbers, name).values() if counts[key]]
        return None if too_few(range(len(found))) else sum(found)

    return tuple(
        NumberLine(
            title=str(entry),
            offers=total(read.offers, entry.pk),
            needs=total(read.needs, entry.pk),
            measures=total(read.measures, entry.pk),
        )
        for entry in catalogue
    )


def event_lines(events: Iterable[Event]) -> tuple[tuple[EventLine, ...], int]:
    """Events by kind, in the order of the catalogue, and how many kinds are not told."""
    by_kind: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_kind[event.kind].append(event)
    counted = {kind: [event for event in by_kind[kind] if event.participants is not None] for kind in by_kind}
    told, with_people = (
        told_parts({kind: {event.municipality_id for event in found[kind]} for kind in EventKind if kind in found})
        for found in (by_kind, counted)
    )
    lines = (
        EventLine(
            kind=str(kind.label),
            events=len(by_kind[kind]),
            people=sum(event.participants or 0 for event in counted[kind]) if kind in with_people else None,
            uncounted=len(by_kind[kind]) - len(counted[kind]),
        )
        for kind in told
    )
    return tuple(lines), len(by_kind) - len(told)


def hurdle_counts(rows: list[Rows]) -> tuple[HurdleCount, ...]:
    """Hurdles by kind, in the order of the catalogue."""
    found = []
    for category in HurdleCategory:
        per_place = [sum(hurdle.category == category for hurdle in row.hurdles) for row in rows]
        if any(per_place):
            places = sum(bool(number) for number in per_place)
            found.append(HurdleCount(category=str(category.label), hurdles=sum(per_place), places=places))
    return tuple(found)


def shared_hurdles(read: StateYear) -> tuple[SharedHurdle, ...]:
    """What municipalities have released of their hurdles, in the released words; by kind, then by name."""
    found = [
        SharedHurdle(
            place=place.name,
            title=told.title,
            category=row.get_category_display(),
            phase=row.get_phase_display(),
            begin=row.begin,
            end=row.end,
            helped=told.helped,
            **mark(told),
        )
        for category in HurdleCategory
        for place in read.municipalities
        for row in read.rows[place.pk].hurdles
        if row.category == category
        for told in row.told[:1]  # type: ignore[attr-defined]
    ]
    return tuple(found)


def durations(found: dict[tuple[str, int, str], list[PlanningStep]]) -> tuple[Duration, ...]:
    """Median and range of every step that somebody finished, in the order of the cycle."""
    order = list(Phase.values)
    lines = []
    for (phase, _, title), steps in sorted(
        found.items(), key=lambda item: (order.index(item[0][0]), item[0][1], sort_key(item[0][2]))
    ):
        cases = [(step.municipality_id, days) for step in steps if (days := days_between(step.begin, step.end))]
        if not cases:
            continue
        numbers = [Decimal(days) for _, days in cases]
        lines.append(
            Duration(
                phase=Phase(phase).short,
                title=title,
                number=len({place for place, _ in cases}),
                middle=in_weeks(median(numbers)),
                shortest=in_weeks(min(numbers)),
                longest=in_weeks(max(numbers)),
            )
        )
    return tuple(lines)
