"""Writing official statistics: areas, series, values, corrections. The caller holds one transaction.

These rows are no records of anybody: their history is the files they came from, and a correction keeps the value
that stood there before (docs/adr/0063).
"""

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from planning.enums import AreaChangeKind, StatImportState
from planning.models import (
    Area,
    AreaChange,
    Indicator,
    OfficialCorrection,
    OfficialSeries,
    OfficialValue,
    StatImport,
)
from planning.queries.official import Stored
from records.domain.saving import create_record

DATA = Path(__file__).resolve().parent.parent / "data"
AT_ONCE = 1_000


@transaction.atomic
def load_areas() -> int:
    """Add the areas that are missing and their changes; returns how many areas came."""
    with (DATA / "areas.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    known = set(Area.objects.values_list("code", flat=True))
    new = [row for row in rows if row["code"] not in known]
    Area.objects.bulk_create(area_of(row) for row in new)
    if new:
        found = {area.code: area for area in Area.objects.all()}
        AreaChange.objects.bulk_create(
            AreaChange(
                origin=found[row["code"]],
                target=found[row["into"]],
                day=day_of(row["changed_on"]),
                kind=AreaChangeKind(row["change"]),
            )
            for row in new
            if row["into"]
        )
    return len(new)


def area_of(row: dict[str, str]) -> Area:
    """A line of the file."""
    return Area(
        code=row["code"],
        level=row["level"],
        name=row["name"],
        valid_from=day_of(row["valid_from"]),
        valid_until=day_of(row["valid_until"]),
        until_known=row["until_known"] != "no",
    )


def day_of(text: str) -> date | None:
    """A day of the file."""
    return date.fromisoformat(text) if text else None


def add_series(
    *, actor: User | None, indicator: Indicator, key: tuple[str, str, str, str], **more: object
) -> OfficialSeries:
    """Let a Kennzahl, which may be new, be what tables publish under this key."""
    if indicator.pk is None:
        indicator = create_record(indicator, actor=actor)
    statistic, measure, unit, said = key
    return OfficialSeries.objects.create(
        indicator=indicator, statistic=statistic, measure=measure, unit=unit, filter=said, **more
    )


def move_series(series: OfficialSeries, *, actor: User | None, indicator: Indicator, factor: int) -> OfficialSeries:
    """Let a series without values be of another Kennzahl, which may be new; with values it stays where it is."""
    if indicator.pk is None:
        indicator = create_record(indicator, actor=actor)
    rows = OfficialSeries.objects.filter(pk=series.pk, values__isnull=True)
    rows.update(indicator=indicator, factor=factor)
    series.refresh_from_db()
    return series


def add_values(values: Iterable[OfficialValue]) -> None:
    """Store new values, so many at once that the memory does not grow with the file."""
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        OfficialValue.objects.bulk_create(some)


def correct_value(*, stored: Stored, value: Decimal | None, sign: str, quality: str, stat_import: StatImport) -> None:
    """Put what a later file says in the place of a value, which is kept as its correction."""
    row = OfficialValue.objects.select_for_update().get(pk=stored.pk)
    OfficialCorrection.objects.create(
        official=row,
        value=row.value,
        sign=row.sign,
        quality=row.quality,
        former_import=row.stat_import,
        stat_import=stat_import,
    )
    OfficialValue.objects.filter(pk=row.pk).update(value=value, sign=sign, quality=quality, stat_import=stat_import)


def note_import(waiting: StatImport, state: StatImportState, **more: object) -> None:
    """What became of a file."""
    if state == StatImportState.DONE:
        more["stored_at"] = timezone.now()
    StatImport.objects.filter(pk=waiting.pk).update(state=state, **more)


class StandsUpon(Exception):
    """A later file has corrected what this one said; carries the name of that file."""


@transaction.atomic
def take_back_import(pk: int, *, actor: User) -> bool:
    """Remove what a file brought and let what it corrected say again what it said before.

    The file stays with its counts, and the Kennzahlen that were made with it. False where it is not stored (any
    more). Raises StandsUpon where a later file corrected one of its values; that one is to be taken back first.
    """
    rows = StatImport.objects.filter(pk=pk, state=StatImportState.DONE)
    if not rows.select_for_update().exists():
        return False
    values = OfficialValue.objects.filter(stat_import=pk).order_by("pk")
    standing = list(values.select_for_update().values_list("pk", flat=True))
    later = OfficialCorrection.objects.filter(former_import=pk).select_related("stat_import").first()
    if later is not None:
        raise StandsUpon(later.stat_import.name)
    corrected = set()
    for row in OfficialCorrection.objects.filter(stat_import=pk).iterator():
        former = {"value": row.value, "sign": row.sign, "quality": row.quality, "stat_import": row.former_import_id}
        OfficialValue.objects.filter(pk=row.official_id).update(**former)
        corrected.add(row.official_id)
    OfficialCorrection.objects.filter(stat_import=pk).delete()
    added = (number for number in standing if number not in corrected)
    while some := list(islice(added, AT_ONCE)):
        OfficialValue.objects.filter(pk__in=some).delete()
    rows.update(state=StatImportState.UNDONE, undone_at=timezone.now(), undone_by=actor)
    return True


def keep_import(waiting: StatImport) -> StatImport:
    """Note a file that somebody wants to read in."""
    waiting.save()
    return waiting


def choose_import(waiting: StatImport, choice: dict[str, Any], state: StatImportState) -> bool:
    """Move a file on that was seen, with what the person said; False where that was done already."""
    rows = StatImport.objects.filter(pk=waiting.pk, state=StatImportState.SEEN)
    return bool(rows.update(state=state, choice=choice))


def forget_unstored(user: User) -> list[int]:
    """Remove the person's files that were only looked at; returns their numbers."""
    states = (StatImportState.SEEN, StatImportState.REFUSED)
    rows = StatImport.objects.filter(user=user, state__in=states, values__isnull=True, corrections__isnull=True)
    gone = list(rows.values_list("pk", flat=True))
    rows.delete()
    return gone
