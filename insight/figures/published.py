"""Published values beside typed ones: they count, and what was typed differently is named."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from accounts.models import Municipality
from insight.figures.series import Value, decimal_places, shown_value
from planning.enums import SpatialLevel
from planning.queries.formulas import Break
from planning.queries.official_figures import (
    STATE,
    Facts,
    Published,
    corrections_of,
    own_communes,
    published_values,
)

Areas = dict[tuple[str, str, str], list[Value]]


@dataclass
class Read:
    """What is read of Kennzahlen by their numbers: values by area, facts, and since when is counted otherwise.

    ``codes`` are the official keys of Gemeinden by their names, ``statistics`` those that publish the Kennzahl.
    """

    found: dict[int, Areas] = field(default_factory=dict)
    facts: dict[int, Facts] = field(default_factory=dict)
    breaks: dict[tuple[int, str, str], tuple[tuple[int, str], ...]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    statistics: dict[int, set[str]] = field(default_factory=dict)


def add_published(
    read: Read, municipality: Municipality, *, wide: bool, indicators: Collection[int], noted: bool
) -> None:
    """Put published values into the series of their areas; ``noted``: with what was corrected (a query more)."""
    rows = published_values(municipality, wide=wide, indicators=indicators)
    has_communes = any(row.level == SpatialLevel.COMMUNE for row in rows)
    communes = own_communes(municipality) if has_communes else {}
    notes = correction_notes(rows) if noted and rows else {}
    for row in rows:
        read.facts[row.indicator] = row.facts
        area, place = named(row, municipality, communes)
        if row.level == SpatialLevel.COMMUNE:
            read.codes[area] = row.code
        series = read.found.setdefault(row.indicator, {})
        key = next((k for k in series if k[:2] == (row.level, area)), (row.level, area, place))
        values = series.setdefault(key, [])
        values[:] = [*others(values, row), value_of(row, values, notes.get(row.pk, ""))]
        values.sort(key=lambda value: value.year)
        read.statistics.setdefault(row.indicator, set()).add(row.source.rsplit(" ", 1)[-1])


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
        when=row.when,
    )


def said(value: Value) -> str:
    """A typed value in words."""
    return value.printed_sign if value.value is None else shown_value(value.value, decimal_places([value.value]))


def add_breaks(read: Read, municipality: Municipality, known: Collection[Break]) -> None:
    """Say of every series, typed or published, since when it is counted otherwise."""
    for pk, areas in read.found.items() if known else ():
        statistics = {*read.statistics.get(pk, ()), read.facts[pk].table_code.split("-")[0]}
        for level, area, _ in areas:
            code = code_of(read, municipality, level, area)
            found = {one.year: one.words for one in known if one.concerns(pk, statistics, code)}
            if found:
                read.breaks[pk, level, area] = tuple(sorted(found.items()))


def code_of(read: Read, municipality: Municipality, level: str, area: str) -> str:
    """The official key of an area; „–“, which no area has, where it has none."""
    if level == SpatialLevel.COMMUNE:
        return read.codes.get(area, "–")
    return {SpatialLevel.STATE: STATE, SpatialLevel.DISTRICT: municipality.ags}.get(SpatialLevel(level), "–")


def correction_notes(rows: Iterable[Published]) -> dict[int, str]:
    """„korrigiert am 30.11.2026 aus tabelle.csv, vorher 71 000“ by the number of the value."""
    found = {}
    for pk, (day, file, value, sign) in corrections_of([row.pk for row in rows]).items():
        before = sign if value is None else shown_value(value, decimal_places([value]))
        found[pk] = f"korrigiert am {day:%d.%m.%Y} aus {file}, vorher {before}"
    return found
