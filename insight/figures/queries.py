"""Values of Kennzahlen of one municipality, over the years and areas."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from accounts.models import Municipality
from insight.figures.published import Areas, Facts, add_published
from insight.figures.series import Figure, Series, Value, in_order
from planning.enums import SpatialLevel
from planning.models import IndicatorValue
from planning.queries.official_figures import published_known
from records.text import sort_key
from records.vague import VagueDate

INDICATOR = (
    "indicator__title",
    "indicator__unit",
    "indicator__definition",
    "indicator__source",
    "indicator__table_code",
)
COLUMNS = (
    "indicator_id",
    *INDICATOR,
    "level",
    "area",
    "region_id",
    "region__title",
    "commune_id",
    "commune__name",
    "pk",
    "year",
    "value",
    "placeholder",
    "data_source__title",
    "data_source__as_of",
    "source",
    "contradiction",
    "is_example",
)


@dataclass(frozen=True)
class Known:
    """How much is known of a Kennzahl."""

    areas: int
    first: int
    last: int


def own_values(municipality: Municipality) -> QuerySet[IndicatorValue]:
    """All values that the municipality has entered."""
    return IndicatorValue.objects.filter(municipality=municipality)


def known_figures(municipality: Municipality) -> dict[int, Known]:
    """Which Kennzahlen have values, typed or published, by key (one query)."""
    rows = own_values(municipality).order_by().values("indicator_id")
    counted = rows.annotate(areas=Count("area", distinct=True), first=Min("year"), last=Max("year"))
    typed = counted.values_list("indicator_id", "areas", "first", "last")
    found: dict[int, Known] = {}
    for pk, *facts in typed.union(published_known(municipality), all=True):
        said, other = Known(*facts), found.get(pk, Known(*facts))
        found[pk] = Known(max(said.areas, other.areas), min(said.first, other.first), max(said.last, other.last))
    return found


def read_figures(
    municipality: Municipality, *, levels: Collection[str] = (), indicators: Collection[int] = ()
) -> list[Figure]:
    """Kennzahlen by name with their values (two queries, four of one Kennzahl); of some levels or some Kennzahlen."""
    rows = own_values(municipality).order_by("year", "pk")
    if levels:
        rows = rows.filter(level__in=levels)
    if indicators:
        rows = rows.filter(indicator__in=indicators)
    facts: dict[int, Facts] = {}
    found: dict[int, Areas] = {}
    for pk, title, unit, definition, source, code, level, *rest in rows.values_list(*COLUMNS):
        facts[pk] = (title, unit, definition, source, code)
        found.setdefault(pk, {}).setdefault((level, *area_of(level, *rest[:5])), []).append(value_of(*rest[5:]))
    breaks = add_published(municipality, found, facts, levels=levels, indicators=indicators)
    figures = [
        Figure(
            pk,
            *facts[pk],
            in_order(
                Series(level, area, tuple(values), place, breaks.get((pk, level, area), ()))
                for (level, area, place), values in areas.items()
            ),
        )
        for pk, areas in found.items()
    ]
    return sorted(figures, key=lambda figure: sort_key(figure.title))


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
