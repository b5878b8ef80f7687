"""The numbers that needs rest on: published, else as the municipality entered them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from planning.enums import SpatialLevel
from planning.models import IndicatorValue, OfficialValue, OwnValue, QuotedFigure
from planning.queries.official_figures import PUBLISHED, STATE, YEARLY
from records.display import behind
from records.templatetags.german import number

UNKNOWN = "ohne Angabe"
Key = tuple[bool, int, str, int]  # own, Kennzahl, area, year


class Quoted(NamedTuple):
    """A number or sign with its unit, and where it is from."""

    value: Decimal | None = None
    sign: str = ""
    unit: str = ""
    source: str = ""

    @property
    def words(self) -> str:
        """„71 738 Personen“, the sign, or that nothing is known."""
        if self.value is None:
            return self.sign or UNKNOWN
        value = self.value.normalize() if self.value % 1 else self.value.quantize(Decimal(1))
        return behind(number(value), self.unit)


def quoted_numbers(rows: Iterable[QuotedFigure], ags: str) -> dict[int, Quoted]:
    """What each of them says, by number (up to three queries); ``ags`` is the key of the municipality."""
    rows = list(rows)
    of_own = [row for row in rows if row.own_indicator_id]
    of_programme = [row for row in rows if row.indicator_id]
    found = typed(OwnValue, of_own, ags) | typed(IndicatorValue, of_programme, ags) | published(of_programme, ags)
    return {row.pk: found.get(key_of(row, ags), Quoted()) for row in rows}


def typed(model: type[IndicatorValue] | type[OwnValue], rows: list[QuotedFigure], ags: str) -> dict[Key, Quoted]:
    """What the municipality has entered."""
    if not rows:
        return {}
    is_own = model is OwnValue
    asked = {
        "municipality__in": {row.municipality_id for row in rows},
        "indicator__in": {row.own_indicator_id if is_own else row.indicator_id for row in rows},
        "year__in": {row.year for row in rows},
    }
    values: Any = model.objects.filter(**asked).select_related("indicator", "region", "commune", "data_source")
    return {
        (is_own, one.indicator_id, code_of(one, ags), one.year): Quoted(
            one.value, one.placeholder, one.indicator.unit, str(one.data_source or one.source)
        )
        for one in values.order_by("pk")
    }


def published(rows: list[QuotedFigure], ags: str) -> dict[Key, Quoted]:
    """What the statistics publish; it counts before what was entered."""
    if not rows:
        return {}
    values = OfficialValue.objects.filter(
        begin__year__in={row.year for row in rows},
        series__indicator__in={row.indicator_id for row in rows},
        area__code__in={code_of(row, ags) for row in rows},
        length__in=YEARLY,
    ).order_by("begin", "pk")
    columns = ("series__indicator_id", "area__code", "begin", "value", "sign", "series__factor")
    more = ("series__indicator__unit", "series__statistic")
    return {
        (False, indicator, code, begin.year): Quoted(
            None if value is None else value * factor, sign, unit, PUBLISHED.format(statistic)
        )
        for indicator, code, begin, value, sign, factor, unit, statistic in values.values_list(*columns, *more)
    }


def key_of(row: QuotedFigure, ags: str) -> Key:
    """What a row means."""
    is_own = row.own_indicator_id is not None
    return is_own, row.own_indicator_id or row.indicator_id or 0, code_of(row, ags), row.year


def code_of(row: Any, ags: str) -> str:
    """The official key of an area, else its name."""
    if row.level == SpatialLevel.COMMUNE and row.commune and row.commune.ags:
        return str(row.commune.ags)
    return {SpatialLevel.DISTRICT: ags, SpatialLevel.STATE: STATE}.get(row.level, row.place)
