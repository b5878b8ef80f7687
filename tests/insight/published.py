"""Published values of a Kennzahl, as an import leaves them behind."""

from datetime import date
from decimal import Decimal

from planning.domain.official import add_values, load_areas
from planning.models import Area, IndicatorBreak, OfficialSeries, OfficialValue, StatImport
from tests.factories import make

SIGNS = frozenset("-./x") | {"..."}


def break_series(words="Bevölkerung ab hier auf der Grundlage des Zensus 2022.", day=date(2022, 12, 31), **given):
    """A day from which is counted otherwise, as the ministry enters it."""
    given = given or {"statistic": "12411"}
    return make(IndicatorBreak, None, full=False, words=words, day=day, **({"area_code": ""} | given))


def publish(indicator, values, *, statistic="12411", factor=1, day=(12, 31)):
    """Store ``{(key of the area, year): number or sign}`` as values of a day in each year."""
    load_areas()
    series, _ = OfficialSeries.objects.get_or_create(
        indicator=indicator,
        statistic=statistic,
        measure=f"M{indicator.pk}",
        unit=indicator.unit,
        defaults={"factor": factor},
    )
    source = StatImport.objects.create(name="tabelle.csv", sha256="x", state="done")
    areas = {area.code: area for area in Area.objects.filter(code__in={code for code, _ in values})}
    add_values(
        OfficialValue(
            series=series,
            area=areas[code],
            begin=date(year, *day),
            length="P0D",
            value=None if number in SIGNS else Decimal(str(number)),
            sign=number if number in SIGNS else "",
            stat_import=source,
        )
        for (code, year), number in values.items()
    )
    return list(OfficialValue.objects.filter(series=series).order_by("pk"))
