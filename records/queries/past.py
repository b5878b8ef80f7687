"""What a column of some records held at an earlier time, from their history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from records.models.base import Record


@dataclass(frozen=True)
class Then:
    """The value at that time, and the day of its next change where there was one since."""

    value: Any
    changed_on: date | None


def held_then(model: type[Record], pks: Iterable[int], name: str, moment: datetime) -> dict[int, Then]:
    """By key what the column held at the moment; records that were entered later are left out (one query)."""
    rows = model.history.filter(id__in=list(pks)).order_by("history_date", "history_id")
    found: dict[int, Then] = {}
    for pk, value, at in rows.values_list("id", name, "history_date"):
        if at <= moment:
            found[pk] = Then(value, None)
        elif pk in found and found[pk].changed_on is None and found[pk].value != value:
            found[pk] = Then(found[pk].value, timezone.localdate(at))
    return found


def rows_then(model: type[Record], pks: Iterable[int], names: tuple[str, ...], moment: datetime) -> dict[int, Any]:
    """By key what these columns held at the moment, by their names; rows that were entered later are left out."""
    rows = model.history.filter(id__in=list(pks), history_date__lte=moment).order_by("history_date", "history_id")
    return {pk: dict(zip(names, values, strict=True)) for pk, *values in rows.values_list("id", *names)}
