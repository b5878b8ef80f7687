"""The Landesbericht: all municipalities of a year, alphabetical, without ranking (docs/product.md §2.2, §5).

It counts and shows states; no value orders the municipalities, and no page compares them with a mean.
"""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from statistics import median
from typing import Any

from funding.domain.steps import total
from funding.enums import Source
from participation.enums import EventKind, StakeholderGroup
from participation.models import Event
from planning.enums import FEWEST_PLACES, HurdleCategory, MeasureState, Phase, Progress
from planning.models import PlanningStep
from plans import bodies
from plans.builder.basis import mark
from plans.enums import PlanState
from printing.templatetags.papers import zahl
from records.text import sort_key
from reporting.queries.state_money import NO_FIELD, Sums
from reporting.queries.state_report import Numbers, Rows, StateYear
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

DAYS_OF_WEEK = 7


def state_report(read: StateYear) -> StateReport:
    """From what was read; no query."""
    places = tuple(place_line(read, place) for place in read.municipalities)
    all_rows = list(read.rows.values())
    hurdles, steps = hurdle_counts(all_rows), durations(read.durations)
    told_hurdles = tuple(line for line in hurdles if line.places >= FEWEST_PLACES)
    told_steps = tuple(line for line in steps if line.number >= FEWEST_PLACES)
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
            offers=read.offers.total.total(),
            needs=read.needs.total.total(),
            measures=read.measures.total.total(),
        ),
        measure_states=measure_states(all_rows),
        events=event_lines([event for row in all_rows for event in row.events]),
        groups=tuple(
            bodies.Group(name=str(group.label), count=read.groups[group])
            for group in StakeholderGroup
            if read.groups[group]
        ),
        hurdle_counts=told_hurdles,
        few_hurdles=len(hurdles) - len(told_hurdles),
        shared=shared_hurdles(read),
        durations=told_steps,
        few_durations=len(steps) - len(told_steps),
        money=money_lines(read),
        money_total=money_line("Zusammen", read.money.total, read.money.example) if read.money.places else None,
        money_places=read.money.places,
    )


def money_lines(read: StateYear) -> tuple[MoneyLine, ...]:
    """What is planned by Handlungsfeld, in the order of the catalogue; never by amount."""
    found = read.money.by_field
    named = [(str(field), found[field.pk]) for field in read.action_fields if field.pk in found]
    rest = [("Ohne Handlungsfeld", found[NO_FIELD])] if NO_FIELD in found else []
    return tuple(money_line(title, sums, read.money.example) for title, sums in [*named, *rest])


def money_line(title: str, sums: Sums, example: bool) -> MoneyLine:
    """Sums of a Handlungsfeld; what neither Land nor Kommune pays stands together."""
    land, municipal = sums[Source.LAND], sums[Source.MUNICIPAL]
    others = total(amount for source, amount in sums.items() if source not in (Source.LAND, Source.MUNICIPAL))
    whole = total(sums.values())
    return MoneyLine(title=title, land=land, municipal=municipal, others=others, total=whole, example=example)


def measure_states(rows: Iterable[Rows]) -> tuple[tuple[str, int], ...]:
    """How many measures stand where, in the order of a measure's life."""
    counts = sum((row.measures for row in rows), Counter())
    return tuple((str(state.label), counts[state]) for state in MeasureState if counts[state])


# ---------------------------------------------------------------- all together
def facts_of(read: StateYear, places: tuple[PlaceLine, ...]) -> Iterable[bodies.Fact]:
    """The table „Auf einen Blick“."""
    rows = list(read.rows.values())
    posts = Counter(place.post for place in places)
    plans = Counter(place.plan for place in places)
    events = [event for row in rows for event in row.events]
    extent = sum((place.extent for place in places if place.extent is not None), Decimal(0))
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
    yield bodies.Fact(label="Angebote", value=said(read.offers.total.total()))
    yield bodies.Fact(label="Bedarfe", value=said(read.needs.total.total()))
    yield bodies.Fact(label="Maßnahmen", value=said(read.measures.total.total()))
    yield bodies.Fact(label="Sitzungen", value=said(sum(row.sessions for row in rows)))
    yield bodies.Fact(label="Veranstaltungen", value=events_words(events))
    yield bodies.Fact(label="Befragungen", value=surveys_words([survey for row in rows for survey in row.surveys]))
    yield bodies.Fact(label="Beschlüsse", value=said(sum(len(row.resolutions) for row in rows)))


def said(count: int) -> str:
    """A number of records; where there are none, nobody has said that there was nothing."""
    return zahl(count) if count else UNKNOWN


def plan_order(plans: Counter[str]) -> list[str]:
    """The states that occur, from „ohne Plan“ to the end of a plan's life."""
    return [name for name in (NO_PLAN, *(str(state.label) for state in PlanState)) if plans[name]]


def number_lines(read: StateYear, catalogue: list[Any], name: str) -> tuple[NumberLine, ...]:
    """Offers, needs and measures of all municipalities by entry of a catalogue."""

    def total(numbers: Numbers, key: int) -> int:
        return sum(counts[key] for counts in getattr(numbers, name).values())

    return tuple(
        NumberLine(
            title=str(entry),
            offers=total(read.offers, entry.pk),
            needs=total(read.needs, entry.pk),
            measures=total(read.measures, entry.pk),
        )
        for entry in catalogue
    )


def event_lines(events: list[Event]) -> tuple[EventLine, ...]:
    """Events by kind, in the order of the catalogue."""
    lines = []
    for kind in EventKind:
        found = [event.participants for event in events if event.kind == kind]
        counted = [number for number in found if number is not None]
        if found:
            people = sum(counted) if counted else None
            uncounted = len(found) - len(counted)
            lines.append(EventLine(kind=str(kind.label), events=len(found), people=people, uncounted=uncounted))
    return tuple(lines)


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
        weeks = [weeks_of(step) for step in steps]
        lines.append(
            Duration(
                phase=Phase(phase).short,
                title=title,
                number=len({step.municipality_id for step in steps}),
                middle=Decimal(str(median(weeks))),
                shortest=min(weeks),
                longest=max(weeks),
            )
        )
    return tuple(lines)


def weeks_of(step: PlanningStep) -> int:
    """From the middle of the beginning to the middle of the end, in begun weeks."""
    assert step.begin is not None
    assert step.end is not None
    return -(-max((step.end.middle - step.begin.middle).days, 1) // DAYS_OF_WEEK)
