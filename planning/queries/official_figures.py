"""Published values that concern one municipality: its Kreis, its Gemeinden, and Thüringen for comparison."""

import csv
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from accounts.models import Municipality
from planning.enums import AreaLevel, SpatialLevel
from planning.models import Commune, OfficialCorrection, OfficialValue
from planning.models.statistics import shown_period

DATA = Path(__file__).resolve().parent.parent / "data"
STATE = "16"
LEVELS = {
    AreaLevel.STATE: SpatialLevel.STATE,
    AreaLevel.DISTRICT: SpatialLevel.DISTRICT,
    AreaLevel.COMMUNE: SpatialLevel.COMMUNE,
}
YEARLY = ("P0D", "P1Y", "P6M")  # what stands in a chart over the years
PUBLISHED = "Statistische Ämter des Bundes und der Länder, Statistik {}"


class Facts(NamedTuple):
    """What is said of a Kennzahl wherever its values stand."""

    title: str
    unit: str
    definition: str
    source: str
    table_code: str
    may_sum: bool = False


FACTS = tuple(f"series__indicator__{name}" for name in Facts._fields)


class Published(NamedTuple):
    """A published value in the unit of its Kennzahl."""

    pk: int
    indicator: int
    facts: Facts
    level: SpatialLevel
    area: str
    code: str
    year: int
    when: str
    value: Decimal | None
    sign: str
    quality: str
    source: str


def concerning(municipality: Municipality, *, wide: bool = False) -> Q:
    """Areas of the municipality and Thüringen, for values; ``wide``: Gemeinden only of what has no others."""
    whole = Q(area__code__in=[municipality.ags, STATE])
    of_communes = Q(area__code__startswith=municipality.ags)
    if wide:
        same = Q(series__indicator=OuterRef("series__indicator"), length__in=YEARLY)
        of_communes &= ~Q(Exists(OfficialValue.objects.filter(whole & same)))
    return Q(length__in=YEARLY) & (whole | of_communes)


def published_values(
    municipality: Municipality, *, wide: bool = False, indicators: Collection[int] = ()
) -> list[Published]:
    """The values in the order of their days (one query)."""
    rows = OfficialValue.objects.filter(concerning(municipality, wide=wide)).order_by("begin", "pk")
    if indicators:
        rows = rows.filter(series__indicator__in=indicators)
    columns = ("pk", "series__indicator_id", "area__level", "area__name", "area__code", "begin", "length", "value")
    more = ("sign", "quality", "series__factor", "series__statistic")
    found = []
    for pk, indicator, level, area, code, begin, length, value, *rest in rows.values_list(*columns, *more, *FACTS):
        sign, quality, factor, statistic, *facts = rest
        number = None if value is None else value * factor
        source = PUBLISHED.format(statistic)
        place = LEVELS[AreaLevel(level)]
        found.append(
            Published(
                pk,
                indicator,
                Facts(*facts),
                place,
                area,
                code,
                begin.year,
                shown_period(begin, length),
                number,
                sign,
                quality,
                source,
            )
        )
    return found


@cache
def merged_into() -> dict[str, str]:
    """The key of the area in which a dissolved one lies since, by its key."""
    with (DATA / "areas.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["into"] for row in csv.DictReader(file, delimiter=";") if row["into"]}


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
