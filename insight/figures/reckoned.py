"""Kennzahlen that are reckoned of others: for every area and year of which all parts are known.

A part that is missing or printed as a sign gives no value but the reason; across a break no change is reckoned. Where
parts are of different days, these are named.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from insight.figures.published import Read
from insight.figures.series import Value, decimal_places, meaning, shown_value
from planning.enums import Formula
from planning.queries.formulas import Derivation

Years = dict[int, Value]
TIMES = {Formula.HUNDRED: 100, Formula.THOUSAND: 1_000, Formula.SHARE: 100}
RECKONED = "Im Portal berechnet"


def add_reckoned(read: Read, wanted: Iterable[Derivation]) -> None:
    """Put what can be reckoned into the series; what is published or typed stays and is told apart."""
    for one in wanted:
        places = {key[:2]: key for pk, _ in one.terms for key in read.found.get(pk, {})}
        for (level, area), key in places.items():
            breaks = breaks_of(read, one, level, area)
            terms = {pk: years_of(read, pk, level, area) for pk, _ in one.terms}
            values = rounded(list(values_of(one, terms, breaks)))
            if not any(value.value is not None for value in values):
                continue
            read.facts.setdefault(one.pk, one.facts)
            series = read.found.setdefault(one.pk, {})
            place = next((known for known in series if known[:2] == (level, area)), key)
            series[place] = beside(series.get(place, []), values)
            read.breaks.setdefault((one.pk, level, area), tuple(sorted(breaks.items())))


def years_of(read: Read, pk: int, level: str, area: str) -> Years:
    """The values of a part in an area by year; of two for a year the one that counts."""
    of = (values for key, values in read.found.get(pk, {}).items() if key[:2] == (level, area))
    return {value.year: value for values in of for value in values}


def breaks_of(read: Read, one: Derivation, level: str, area: str) -> dict[int, str]:
    """Since when some part is counted otherwise."""
    found: dict[int, str] = {}
    for pk, _ in one.terms:
        found |= dict(read.breaks.get((pk, level, area), ()))
    return found


def values_of(one: Derivation, terms: Mapping[int, Years], breaks: Mapping[int, str]) -> Iterator[Value]:
    """A value for every year of which some part is known, between the first and the last that can be reckoned."""
    years = sorted({year for known in terms.values() for year in known})
    found = {year: value_of(one, terms, year, breaks) for year in years}
    whole = [year for year, value in found.items() if value.value is not None]
    yield from (value for year, value in found.items() if whole and whole[0] <= year <= whole[-1])


def value_of(one: Derivation, terms: Mapping[int, Years], year: int, breaks: Mapping[int, str]) -> Value:
    """What is reckoned for a year, or why not."""
    try:
        used = [part(terms[pk], title, year) for pk, title in one.terms]
        if one.formula == Formula.CHANGE:
            used += [part(terms[pk], title, one.base_year or 0) for pk, title in one.parts]
            crossed = [day for day in breaks if min(one.base_year or 0, year) < day <= max(one.base_year or 0, year)]
            if crossed:
                raise NoValue(f"seit {max(crossed)} anders gezählt")
        number = result(one, terms, year)
    except NoValue as reason:
        return Value(0, year, None, source=RECKONED, note=str(reason), is_published=True)
    return Value(
        0,
        year,
        number,
        source=of_sources(used),
        note=of_days(used, one),
        is_published=True,
        is_example=any(value.is_example for value in used),
        is_uncertain=any(value.is_uncertain for value in used),
        when=", ".join(dict.fromkeys(value.when for value in used if value.when)),
    )


class NoValue(Exception):
    """Why nothing can be reckoned."""


def part(years: Years, title: str, year: int) -> Value:
    """A part that has a number. Raises NoValue."""
    found = years.get(year)
    if found is None:
        raise NoValue(f"Zum Rechnen fehlt: {title}, {year}")
    if found.value is None:
        why = "geheim" if found.sign == "." else f"„{meaning(found.sign)}“"
        raise NoValue(f"Zum Rechnen fehlt ({why}): {title}")
    return found


def result(one: Derivation, terms: Mapping[int, Years], year: int) -> Decimal:
    """The number. Raises NoValue where it would be divided by zero."""

    def added(side: Iterable[tuple[int, str]], in_year: int) -> Decimal:
        return sum((terms[pk][in_year].value or Decimal(0) for pk, _ in side), Decimal(0))

    above = added(one.parts, year)
    if one.formula == Formula.SUM:
        return above
    if one.formula == Formula.DIFFERENCE:
        return above - added(one.base, year)
    if one.formula == Formula.CHANGE:
        below, times = added(one.parts, one.base_year or 0), 100
        above -= below
    else:
        below, times = added(one.base, year), TIMES[one.formula]
    if not below:
        raise NoValue("geteilt würde durch null")
    return above / below * times


def rounded(values: list[Value]) -> list[Value]:
    """Ratios with one decimal, where all are below one with two; sums as they are."""
    numbers = [value.value for value in values if value.value is not None]
    places = min(decimal_places(numbers), 1 if any(abs(number) >= 1 for number in numbers) else 2)
    step = Decimal(1).scaleb(-places)

    def shorter(value: Value) -> Value:
        number = value.value
        return value if number is None else replace(value, value=number.quantize(step, ROUND_HALF_UP))

    return [shorter(value) for value in values]


def of_days(used: list[Value], one: Derivation) -> str:
    """That the parts are of different days; nothing where they are of one."""
    days = dict.fromkeys(value.when or f"{value.year} (eingetragen)" for value in used)
    is_told = len(days) > 1 and one.formula != Formula.CHANGE
    return f"aus Werten verschiedener Tage: {', '.join(days)}" if is_told else ""


def of_sources(used: list[Value]) -> str:
    """From where the parts are."""
    named = dict.fromkeys(value.source for value in used if value.source)
    return f"{RECKONED} aus: {'; '.join(named)}" if named else RECKONED


def beside(values: list[Value], reckoned: list[Value]) -> list[Value]:
    """Published and typed values stay; a reckoned one that differs is named beside them."""
    known = {value.year for value in values}
    of_year = {value.year: value for value in reckoned}
    kept = [contradicted(value, of_year.get(value.year)) for value in values]
    return sorted([*kept, *(v for v in reckoned if v.year not in known)], key=lambda value: value.year)


def contradicted(value: Value, other: Value | None) -> Value:
    """A value with the reckoned one where they differ in what is shown."""
    if other is None or other.value is None or value.value is None or value.contradiction:
        return value
    places = decimal_places([other.value])
    if shown_value(value.value, places) == shown_value(other.value, places):
        return value
    return replace(value, contradiction=f"berechnet wären {shown_value(other.value, places)}")
