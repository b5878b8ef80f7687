"""Areas, series and values of official statistics: the same for every municipality."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, Value
from django.utils import timezone

from accounts.models import Municipality, User
from planning.enums import StatImportState
from planning.models import Area, Indicator, OfficialCorrection, OfficialSeries, OfficialValue, StatImport
from records.queries.prepared import Prepared

SORTS = "DMY"  # of an ISO duration
SERIES = 100_000 * 4_000_000 * 1_000  # places that a series has: areas, days, durations


class Stored(NamedTuple):
    """What stands in a row."""

    pk: int
    value: Decimal | None
    sign: str
    quality: str


def areas_by_code() -> dict[str, Area]:
    """Every area that is known (one query)."""
    return {area.code: area for area in Area.objects.all()}


def known_series() -> dict[tuple[str, str, str, str], OfficialSeries]:
    """Every series with its Kennzahl (one query)."""
    rows = OfficialSeries.objects.select_related("indicator")
    return {(row.statistic, row.measure, row.unit, row.filter): row for row in rows}


def packed(series: int, area: int, begin: date, length: str) -> int:
    """The place of a value as one number, because a file has a hundred thousand of them."""
    duration = int(length[1:-1]) * len(SORTS) + SORTS.index(length[-1])
    return series * SERIES + (area * 4_000_000 + begin.toordinal()) * 1_000 + duration


def at_series(place: int, series: int) -> int:
    """The same area and period of another series."""
    return place % SERIES + series * SERIES


def series_at(place: int) -> int:
    """The series of a place."""
    return place // SERIES


def filled_series() -> set[int]:
    """The series that have values (one query)."""
    has_values = Exists(OfficialValue.objects.filter(series=OuterRef("pk")))
    return set(OfficialSeries.objects.filter(has_values).order_by().values_list("pk", flat=True))


def series_of(indicator: Indicator) -> list[OfficialSeries]:
    """What official tables publish of a Kennzahl (one query)."""
    return list(OfficialSeries.objects.filter(indicator=indicator))


def read_in_indicators() -> list[Indicator]:
    """The Kennzahlen that hold today and whose values are not reckoned, by name (one query)."""
    today = timezone.localdate()
    rows = Indicator.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today), formula="")
    return list(rows.order_by("sort_key", "pk"))


def indicators_by_pk(pks: Collection[int]) -> dict[int, Indicator]:
    """These Kennzahlen, those that are reckoned left out (one query)."""
    return Indicator.objects.filter(formula="").in_bulk(pks)


def stored_values(series: Collection[int]) -> dict[int, Stored]:
    """What is stored of these series by its packed place (one query)."""
    rows = OfficialValue.objects.filter(series__in=series).order_by()
    columns = ("series_id", "area_id", "begin", "length", "pk", "value", "sign", "quality")
    return {packed(s, a, b, n): Stored(*rest) for s, a, b, n, *rest in rows.values_list(*columns).iterator()}


def own_import(user: User, municipality: Municipality | None, pk: int | None) -> StatImport | None:
    """The person's own file of that number in this place, else None."""
    return StatImport.objects.filter(user=user, municipality=municipality, pk=pk).first() if pk else None


def imports_in(*states: StatImportState) -> list[int]:
    """The numbers of the files in these states."""
    return list(StatImport.objects.filter(state__in=states).order_by("pk").values_list("pk", flat=True))


def stored_imports(municipality: Municipality | None, most: int = 10) -> list[StatImport]:
    """The files that were read in here last, with the persons; also those that were taken back."""
    states = (StatImportState.DONE, StatImportState.UNDONE)
    rows = StatImport.objects.filter(municipality=municipality, state__in=states)
    return list(rows.select_related("user", "undone_by").order_by("-stored_at")[:most])


def stored_import(municipality: Municipality | None, pk: int | None) -> StatImport | None:
    """A file that was read in here, whoever did it, and not taken back; else None."""
    rows = StatImport.objects.filter(municipality=municipality, state=StatImportState.DONE)
    return rows.filter(pk=pk).first() if pk else None


def is_read_in(sha256: str) -> bool:
    """Whether a file of these bytes was read in, or was and is taken back."""
    states = (StatImportState.DONE, StatImportState.UNDONE)
    return StatImport.objects.filter(sha256=sha256, state__in=states).exists()


def brought(stored: StatImport) -> tuple[int, int]:
    """How many values a file added and how many it corrected, as they stand."""
    corrected = OfficialCorrection.objects.filter(stat_import=stored).count()
    return OfficialValue.objects.filter(stat_import=stored).count() - corrected, corrected


@cache
def files_statement() -> Prepared:
    """How often a file was stored or taken back: published values have no history that would tell."""
    named = StatImport.objects.order_by().annotate(counted=Value(StatImport._meta.label)).values("counted")
    number = Count("stored_at") + Count("undone_at")
    return Prepared.of(named.annotate(number=number).values_list("counted", "number"))
