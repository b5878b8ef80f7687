"""Published values that concern one municipality: its Kreis, its Gemeinden, and Thüringen for comparison."""

import csv
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import ExtractYear

from accounts.models import Municipality
from planning.enums import AreaLevel, SpatialLevel
from planning.models import Commune, OfficialCorrection, OfficialValue

DATA = Path(__file__).resolve().parent.parent / "data"
STATE = "16"
LEVELS = {
    AreaLevel.STATE: SpatialLevel.STATE,
    AreaLevel.DISTRICT: SpatialLevel.DISTRICT,
    AreaLevel.COMMUNE: SpatialLevel.COMMUNE,
}
YEARLY = ("P0D", "P1Y", "P6M")  # what stands in a chart over the years
PUBLISHED = "Statistische Ämter des Bundes und der Länder, Statistik {}"
FACTS = tuple(f"series__indicator__{name}" for name in ("title", "unit", "definition", "source", "table_code"))


class Published(NamedTuple):
    """A published value in the unit of its Kennzahl."""

    pk: int
    indicator: int
    facts: tuple[str, str, str, str, str]
    level: SpatialLevel
    area: str
    code: str
    year: int
    value: Decimal | None
    sign: str
    quality: str
    source: str


def concerning(municipality: Municipality, levels: Collection[str] = ()) -> Q:
    """Areas of the municipality and Thüringen, of some levels where given; a condition on values."""
    own = Q(area__code=municipality.ags)
    if not levels or SpatialLevel.COMMUNE in levels:
        own |= Q(area__code__startswith=municipality.ags)
    return Q(length__in=YEARLY) & (own | Q(area__code=STATE))


def published_values(
    municipality: Municipality, *, levels: Collection[str] = (), indicators: Collection[int] = ()
) -> list[Published]:
    """The values in the order of their days (one query)."""
    rows = OfficialValue.objects.filter(concerning(municipality, levels)).order_by("begin", "pk")
    if indicators:
        rows = rows.filter(series__indicator__in=indicators)
    columns = ("pk", "series__indicator_id", "area__level", "area__name", "area__code", "begin", "value", "sign")
    more = ("quality", "series__factor", "series__statistic")
    found = []
    for pk, indicator, level, area, code, begin, value, sign, *rest in rows.values_list(*columns, *more, *FACTS):
        quality, factor, statistic, *facts = rest
        number = None if value is None else value * factor
        source = PUBLISHED.format(statistic)
        place = LEVELS[AreaLevel(level)]
        found.append(
            Published(
                pk,
                indicator,
                tuple(facts),
                place,
                area,
                code,
                begin.year,
                number,
                sign,
                quality,
                source,
            )
        )
    return found


def published_known(municipality: Municipality) -> QuerySet[Any, Any]:
    """Kennzahl, number of areas, first and last year, to be joined with what was typed."""
    rows = OfficialValue.objects.filter(concerning(municipality)).order_by().values("series__indicator_id")
    counted = rows.annotate(
        areas=Count("area", distinct=True), first=Min(ExtractYear("begin")), last=Max(ExtractYear("begin"))
    )
    return counted.values_list("series__indicator_id", "areas", "first", "last")


@cache
def known_breaks() -> dict[tuple[str, str], dict[int, str]]:
    """Years with words since when is counted otherwise, by statistic and key of the area; empty for all."""
    found: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    with (DATA / "breaks.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found[row["statistic"], row["code"]][date.fromisoformat(row["day"]).year] = row["words"]
    return dict(found)


def corrections_of(pks: Collection[int]) -> dict[int, tuple[date, str, Decimal | None, str]]:
    """Day, file, former value and sign of the last correction of each value (one query)."""
    rows = OfficialCorrection.objects.filter(official__in=pks).order_by("pk")
    columns = (
        "official_id",
        "stat_import__stored_at",
        "stat_import__name",
        "value",
        "sign",
        "official__series__factor",
    )
    return {
        pk: (day.date(), name, None if value is None else value * factor, sign)
        for pk, day, name, value, sign, factor in rows.values_list(*columns)
    }


def own_communes(municipality: Municipality) -> dict[str, tuple[int, str]]:
    """Number and name of the municipality's Gemeinden by their key (one query)."""
    rows = Commune.objects.filter(municipality=municipality).exclude(ags="")
    return {ags: (pk, name) for ags, pk, name in rows.values_list("ags", "pk", "name")}
