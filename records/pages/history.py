"""The history of a record, field by field, as a person reads it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import models

from accounts.access import Access
from records.display import format_value, label_of
from records.models.base import Record
from records.parts import Change, HistoryEntry
from records.queries.scope import label_seen, models_seen_in_part
from records.templatetags.german import datum

ACTIONS = {"+": "angelegt", "~": "geändert", "-": "gelöscht"}


def history_entries(record: Record, access: Access, limit: int | None = None) -> list[HistoryEntry]:
    """Saved versions of a record that was fetched through the gates, newest first."""
    rows = record.history.select_related("history_user").order_by("-history_date", "-history_id")
    units = {name: record.unit_of(name) for name in record.units}
    return entries_from_rows(type(record), list(rows[: limit + 1] if limit else rows), access, limit, units)


def entries_from_rows(
    model: type[Record],
    rows: list[Any],
    access: Access,
    limit: int | None = None,
    units: Mapping[str, str] | None = None,
) -> list[HistoryEntry]:
    """Entries for history rows, newest first; one more row than ``limit`` is needed for the last differences.

    ``units`` are those of one record's numbers, where the rows are its own.
    """
    names = Names(model, rows, access)
    entries = []
    for index, row in enumerate(rows[:limit] if limit else rows):
        older = rows[index + 1] if index + 1 < len(rows) else None
        changes = tuple(differences(model, older, row, names, units or {})) if row.history_type == "~" and older else ()
        entries.append(
            HistoryEntry(
                when=datum(row.history_date),
                who=str(row.history_user) if row.history_user else "Datenübernahme",
                action=ACTIONS[row.history_type],
                reason=row.history_change_reason or "",
                version=row.version,
                changes=changes,
            )
        )
    return entries


def shown_fields(model: type[Record]) -> "list[models.Field[Any, Any]]":
    """Fields whose change means something to a person."""
    return [f for f in model._meta.concrete_fields if f.editable and not f.primary_key]


class Names:
    """What the records to which history rows point were called at a time, in two queries for each related model.

    A kind whose name is made of others' names, or whose rows not everybody sees, is called as it is today.
    """

    def __init__(self, model: type[Record], rows: list[Any], access: Access) -> None:
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for row in rows:
            for field in shown_fields(model):
                if field.is_relation and getattr(row, field.attname, None):
                    wanted[field.related_model].add(getattr(row, field.attname))  # type: ignore[index]
            for link in model.link_fields():
                wanted[link.related_model].update((row.links or {}).get(link.name, []))
        self.today = {
            target: {obj.pk: label_seen(access, obj) for obj in target._default_manager.filter(pk__in=pks)}
            for target, pks in wanted.items()
            if pks
        }
        self.before = {
            target: past_names(target, pks) for target, pks in wanted.items() if pks and names_itself(target)
        }

    def of(self, target: Any, pk: int, when: datetime) -> str:
        """The name at that time; of a record that is gone the last one that is known."""
        past = self.before.get(target, {}).get(pk, [])
        then = next((name for date, name in reversed(past) if date <= when), past[0][1] if past else "")
        return then or self.today.get(target, {}).get(pk) or f"gelöschter Eintrag {pk}"


def names_itself(target: type[models.Model]) -> bool:
    """Whether the name is made of the record's own columns, and everybody who sees the link may read its history."""
    return issubclass(target, Record) and not target.str_related and target not in models_seen_in_part()


def past_names(target: Any, pks: set[int]) -> dict[int, list[tuple[datetime, str]]]:
    """Since when the records had which name, the oldest first (one query)."""
    columns = [field.attname for field in target._meta.concrete_fields]
    found: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for row in target.history.filter(id__in=pks).order_by("history_date", "history_id"):
        then = target(**{name: getattr(row, name) for name in columns if hasattr(row, name)})
        found[row.id].append((row.history_date, str(then)))
    return found


def differences(
    model: type[Record], older: Any, newer: Any, names: Names, units: Mapping[str, str] = MappingProxyType({})
) -> list[Change]:
    """Fields in which two history rows differ, with the names that others had when it was changed."""
    changes, when = [], newer.history_date
    for field in shown_fields(model):
        before, after = getattr(older, field.attname, None), getattr(newer, field.attname, None)
        if before == after or (not before and not after and not isinstance(before, int)):
            continue
        if field.is_relation:
            old, new = (names.of(field.related_model, v, when) if v else "" for v in (before, after))
        else:
            old, new = (format_value(field, value, units.get(field.name, "")) for value in (before, after))
        changes.append(Change(label_of(model, field.name), old, new))
    for link in model.link_fields():
        was, now = ((row.links or {}).get(link.name, []) for row in (older, newer))
        if set(was) != set(now):
            old, new = (" · ".join(names.of(link.related_model, pk, when) for pk in pks) for pks in (was, now))
            changes.append(Change(str(link.verbose_name), old, new))
    return changes
