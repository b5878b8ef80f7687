"""Published values of a Kennzahl, as an import leaves them behind."""

from datetime import date
from decimal import Decimal

from planning.domain.official import add_values, load_areas
from planning.models import Area, OfficialSeries, OfficialValue, StatImport


def publish(indicator, values, *, statistic="12411", factor=1):
    """Store ``{(key of the area, year): number}`` as values at the end of each year."""
    load_areas()
    series = OfficialSeries.objects.create(
        indicator=indicator, statistic=statistic, measure=f"M{indicator.pk}", unit=indicator.unit, factor=factor
    )
    source = StatImport.objects.create(name="tabelle.csv", sha256="x", state="done")
    areas = {area.code: area for area in Area.objects.filter(code__in={code for code, _ in values})}
    add_values(
        OfficialValue(
            series=series,
            area=areas[code],
            begin=date(year, 12, 31),
            length="P0D",
            value=Decimal(str(number)),
            stat_import=source,
        )
        for (code, year), number in values.items()
    )
    return list(OfficialValue.objects.filter(series=series).order_by("pk"))
