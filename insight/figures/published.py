"""Published values beside typed ones: they count, and what was typed differently is named."""

from collections.abc import Collection, Iterable

from accounts.models import Municipality
from insight.figures.series import Value, decimal_places, shown_value
from planning.enums import SpatialLevel
from planning.queries.official_figures import (
    Published,
    corrections_of,
    known_breaks,
    own_communes,
    published_values,
)

Facts = tuple[str, str, str, str, str]
Areas = dict[tuple[str, str, str], list[Value]]
Breaks = dict[tuple[int, str, str], tuple[tuple[int, str], ...]]


def add_published(
    municipality: Municipality,
    found: dict[int, Areas],
    facts: dict[int, Facts],
    *,
    levels: Collection[str],
    indicators: Collection[int],
) -> Breaks:
    """Put published values into the series of their areas; returns since when is counted otherwise."""
    rows = published_values(municipality, levels=levels, indicators=indicators)
    if not rows:
        return {}
    is_detailed = not levels
    communes = own_communes(municipality) if is_detailed else {}
    notes = correction_notes(rows) if indicators else {}
    known = known_breaks()
    breaks: Breaks = {}
    for row in rows:
        facts[row.indicator] = row.facts
        area, place = named(row, municipality, communes)
        series = found.setdefault(row.indicator, {})
        key = next((k for k in series if k[:2] == (row.level, area)), (row.level, area, place))
        values = series.setdefault(key, [])
        values[:] = [*others(values, row), value_of(row, values, notes.get(row.pk, ""))]
        values.sort(key=lambda value: value.year)
        breaks[row.indicator, row.level, area] = tuple(sorted(breaks_of(row, known).items()))
    return breaks


def named(row: Published, municipality: Municipality, communes: dict[str, tuple[int, str]]) -> tuple[str, str]:
    """The area as the municipality calls it, and which record it is."""
    if row.level == SpatialLevel.COMMUNE and row.code in communes:
        pk, name = communes[row.code]
        return name, f"c{pk}"
    return (municipality.name if row.code == municipality.ags else row.area), ""


def others(values: Iterable[Value], row: Published) -> list[Value]:
    """What stands beside it: everything but what was typed for its year."""
    return [value for value in values if value.year != row.year or value.is_published]


def value_of(row: Published, values: Iterable[Value], note: str) -> Value:
    """A published value; a different typed one is its contradiction."""
    typed = [v for v in values if v.year == row.year and not v.is_published and v.value != row.value]
    words = ", ".join(f"eingetragen ist {said(value)}" for value in typed)
    notes = [note, "vorläufig" if row.quality == "p" else ""]
    return Value(
        row.pk,
        row.year,
        row.value,
        row.sign,
        row.source,
        words,
        note=", ".join(filter(None, notes)),
        is_published=True,
        is_uncertain="(" in row.quality,
    )


def said(value: Value) -> str:
    """A typed value in words."""
    return value.printed_sign if value.value is None else shown_value(value.value, decimal_places([value.value]))


def breaks_of(row: Published, known: dict[tuple[str, str], dict[int, str]]) -> dict[int, str]:
    """The breaks of a statistic, of an area, and of both."""
    statistic = row.source.rsplit(" ", 1)[-1]
    found: dict[int, str] = {}
    for key in ((statistic, ""), ("", row.code), (statistic, row.code)):
        found |= known.get(key, {})
    return found


def correction_notes(rows: Iterable[Published]) -> dict[int, str]:
    """„korrigiert am 30.11.2026 aus tabelle.csv, vorher 71 000“ by the number of the value."""
    found = {}
    for pk, (day, file, value, sign) in corrections_of([row.pk for row in rows]).items():
        before = sign if value is None else shown_value(value, decimal_places([value]))
        found[pk] = f"korrigiert am {day:%d.%m.%Y} aus {file}, vorher {before}"
    return found
