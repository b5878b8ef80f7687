"""Unlikely jumps: a number far from those around it, a year outside the cycle. They are asked about while entering.

What was answered once stands; the check of a plan does not raise it again.
"""

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from planning.models import CriterionValue, IndicatorValue, Measure, OwnValue, PlannerPost
from records.display import with_unit
from records.models.agreement import Links, asks_entering

Said = Iterator[tuple[str, str]]
OF_A_SERIES = 2  # a value that is more than so many times its neighbour in time, or less than that part of it
OF_A_TARGET = 10
FULL = Decimal(1)


def jumps(value: Decimal, other: Decimal, factor: int) -> bool:
    """True where one is more than ``factor`` times the other; zero and what has another sign says nothing."""
    return value * other > 0 and max(abs(value), abs(other)) > factor * min(abs(value), abs(other))


@asks_entering(OwnValue)
@asks_entering(IndicatorValue)
def value_in_its_series(value: IndicatorValue | OwnValue, links: Links) -> Said:
    """The values of the same Kennzahl and area in the years around (one query); a year that is still to come."""
    if value.year and value.year > timezone.localdate().year:
        yield "year", f"Das Jahr {value.year} liegt in der Zukunft. Ist der Wert eine Vorausberechnung?"
    if value.value is None or not value.indicator_id or not value.year:
        return
    rows = type(value).objects.filter(municipality=value.municipality_id, indicator=value.indicator_id)
    place = {"region": value.region_id} if value.region_id else {"area": value.area}
    rows = rows.filter(value__isnull=False, **place).exclude(pk=value.pk).exclude(year=value.year)
    known = {year: number for year, number in rows.values_list("year", "value") if number is not None}
    yield from beside("value", value.year, value.value, known, value.indicator.unit)


def beside(name: str, year: int, number: Decimal, known: dict[int, Decimal], unit: str) -> Said:
    """A number against those of the nearest year before and after."""
    around = (
        max((other for other in known if other < year), default=None),
        min((other for other in known if other > year), default=None),
    )
    for other in around:
        if other is not None and jumps(Decimal(number), known[other], OF_A_SERIES):
            now, then = with_unit(Decimal(number), unit), with_unit(known[other], unit)
            yield name, f"{year}: {now}, {other} waren es {then}. Stimmt der Sprung?"


@asks_entering(CriterionValue)
def value_of_a_criterion(value: CriterionValue, links: Links) -> Said:
    """Actual against target, the years around, and the years of the cycle (two queries)."""
    if not value.criterion_id or not value.year:
        return
    unit = value.criterion.unit
    if value.target is not None and value.actual is not None:
        actual, target = Decimal(value.actual), Decimal(value.target)
        if jumps(actual, target, OF_A_TARGET):
            yield "actual", f"Ist {with_unit(actual, unit)}, Ziel {with_unit(target, unit)}. Stimmen beide Werte?"
    rows = CriterionValue.objects.filter(criterion=value.criterion_id).exclude(pk=value.pk)
    known = {year: Decimal(number) for year, number in rows.values_list("year", "actual") if number is not None}
    if value.actual is not None:
        yield from far_from("actual", value.year, Decimal(value.actual), known, unit)
    cycle = value.criterion.measure.cycle
    if not cycle.first_year <= value.year <= cycle.last_year:
        yield "year", f"Das Jahr {value.year} liegt außerhalb des Planungszyklus {cycle.years}. Stimmt das Jahr?"


def far_from(name: str, year: int, number: Decimal, known: dict[int, Decimal], unit: str) -> Said:
    """What a measure reaches grows; only a number of another size than all years is asked about."""
    if known and all(jumps(number, other, OF_A_TARGET) for other in known.values()):
        said = ", ".join(f"{other}: {with_unit(known[other], unit)}" for other in sorted(known))
        yield name, f"{year}: {with_unit(number, unit)}, bisher {said}. Stimmt der Sprung?"


@asks_entering(Measure)
def time_of_a_measure(measure: Measure, links: Links) -> Said:
    """Begin and end against the cycle."""
    if not measure.cycle_id:
        return
    years = measure.cycle.years
    if measure.begin and measure.begin.year > measure.cycle.last_year:
        yield "begin", f"Der Beginn liegt nach dem Planungszyklus {years}. Stimmt das Datum?"
    if measure.end and measure.end.year < measure.cycle.first_year:
        yield "end", f"Das Ende liegt vor dem Planungszyklus {years}. Stimmt das Datum?"


@asks_entering(PlannerPost)
def extent_of_a_post(post: PlannerPost, links: Links) -> Said:
    """A post has one full-time equivalent at most."""
    if post.full_time_equivalent is not None and Decimal(post.full_time_equivalent) > FULL:
        extent = with_unit(Decimal(post.full_time_equivalent), "VzÄ")
        yield "full_time_equivalent", f"Eine Stelle mit {extent} ist mehr als eine volle Stelle. Stimmt der Umfang?"
