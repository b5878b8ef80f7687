"""Values of Kennzahlen of one municipality, over the years and areas."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import CharField, F
from django.db.models import Value as Constant

from accounts.models import Municipality
from insight.figures.published import Read, add_breaks, add_published
from insight.figures.reckoned import add_reckoned
from insight.figures.series import Figure, Series, Value, in_order
from insight.figures.sums import add_region_sums
from planning.enums import SpatialLevel
from planning.models import IndicatorValue, OwnValue
from planning.models.figures import AreaValue
from planning.queries.formulas import Derivation, reckoning
from planning.queries.official_figures import Facts
from records.text import sort_key
from records.vague import VagueDate

AREA = ("level", "area", "region_id", "region__title", "commune_id", "commune__name", "commune__ags")
VALUE = ("pk", "year", "value", "placeholder", "data_source__title", "data_source__as_of", "source", "contradiction")
FACTS = tuple(f"of_{name}" for name in Facts._fields)  # the value has a source of its own
COLUMNS = ("number", *FACTS, *AREA, *VALUE, "is_example")


def read_figures(municipality: Municipality, *, wide: bool = False, indicators: Collection[int] = ()) -> list[Figure]:
    """Kennzahlen by name with their values, typed, published and reckoned; all of them or some.

    Three queries, and of some Kennzahlen or Gemeinden up to four more. ``wide`` leaves out Gemeinden where values of
    the Kreis or of Thüringen are published.
    """
    reckoned, breaks = reckoning()
    wanted = {*indicators}
    needed = {*wanted, *(part for pk in wanted if pk in reckoned for part, _ in reckoned[pk].terms)}
    read = Read()
    add_typed(read, municipality, needed)
    add_published(read, municipality, wide=wide, indicators=needed, noted=bool(indicators))
    add_breaks(read, municipality, breaks)
    if not wide:
        add_region_sums(read, municipality)
    add_reckoned(read, [one for pk, one in reckoned.items() if not wanted or pk in wanted])
    figures = [figure_of(read, pk, reckoned) for pk in read.found if not wanted or pk in wanted]
    return sorted(figures, key=lambda figure: sort_key(figure.title))


def add_typed(read: Read, municipality: Municipality, indicators: Collection[int]) -> None:
    """What the municipality has entered, of Kennzahlen of its own too (one query)."""
    rows = typed(IndicatorValue, municipality)
    own = typed(OwnValue, municipality)
    if indicators:
        rows = rows.filter(indicator__in=[pk for pk in indicators if pk > 0])
        own = own.filter(indicator__in=[-pk for pk in indicators if pk < 0])
    first, second = len(FACTS), len(FACTS) + len(AREA)
    for pk, *row in rows.union(own, all=True).order_by("year", "pk"):
        read.facts[pk] = Facts(*row[:first])
        level, *place, ags = row[first:second]
        area = area_of(level, *place)
        if ags:
            read.codes[area[0]] = ags
        read.found.setdefault(pk, {}).setdefault((level, *area), []).append(value_of(*row[second:]))


def typed(model: type[AreaValue], municipality: Municipality) -> Any:
    """The values of a kind in COLUMNS; Kennzahlen of one's own have numbers below zero."""
    is_own = model is OwnValue
    facts: dict[str, Any] = {f"of_{name}": F(f"indicator__{name}") for name in Facts._fields if name != "table_code"}
    facts["of_table_code"] = Constant("", output_field=CharField()) if is_own else F("indicator__table_code")
    number = -F("indicator_id") if is_own else F("indicator_id")
    rows: Any = model._default_manager
    return rows.filter(municipality=municipality).order_by().annotate(number=number, **facts).values_list(*COLUMNS)


def figure_of(read: Read, pk: int, reckoned: Mapping[int, Derivation]) -> Figure:
    """A Kennzahl with its series."""
    facts = read.facts[pk]
    series = (
        Series(level, area, tuple(values), place, read.breaks.get((pk, level, area), ()))
        for (level, area, place), values in read.found[pk].items()
    )
    return Figure(pk, *facts[:5], in_order(series), reckoned[pk].words if pk in reckoned else "")


def area_of(
    level: str, text: str, region: int | None, title: str | None, commune: int | None, name: str | None
) -> tuple[str, str]:
    """The name that the area has now, and which record it is: series are joined by this."""
    if level == SpatialLevel.REGION and region:
        return str(title), f"r{region}"
    return (str(name), f"c{commune}") if level == SpatialLevel.COMMUNE and commune else (text, "")


def value_of(
    pk: int,
    year: int,
    value: Any,
    sign: str,
    title: str | None,
    as_of: VagueDate | None,
    source: str,
    other: str,
    is_example: bool,
) -> Value:
    """A row; its source is the data source with its date, else what is written beside the value."""
    named = f"{title}, Datum der Angaben: {as_of}" if title and as_of else title or source
    return Value(pk, year, value, sign, named, other, is_example)
