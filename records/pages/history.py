"""The history of a record, field by field, as a person reads it."""

from collections import defaultdict
from typing import Any

from django.db import models

from accounts.access import Access
from records.display import format_value
from records.models.base import Record
from records.parts import Change, HistoryEntry
from records.queries.scope import label_seen
from records.templatetags.german import datum

ACTIONS = {"+": "angelegt", "~": "geändert", "-": "gelöscht"}


def history_entries(record: Record, access: Access, limit: int | None = None) -> list[HistoryEntry]:
    """Saved versions of a record that was fetched through the gates, newest first."""
    rows = record.history.select_related("history_user").order_by("-history_date", "-history_id")
    return entries_from_rows(type(record), list(rows[: limit + 1] if limit else rows), access, limit)


def entries_from_rows(
    model: type[Record], rows: list[Any], access: Access, limit: int | None = None
) -> list[HistoryEntry]:
    """Entries for history rows, newest first; one more row than ``limit`` is needed for the last differences."""
    labels = related_labels(model, rows, access)
    entries = []
    for index, row in enumerate(rows[:limit] if limit else rows):
        older = rows[index + 1] if index + 1 < len(rows) else None
        changes = tuple(differences(model, older, row, labels)) if row.history_type == "~" and older else ()
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


def related_labels(model: type[Record], rows: list[Any], access: Access) -> dict[type[models.Model], dict[int, str]]:
    """Labels of all records the rows point to, one query per related model."""
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for row in rows:
        for field in shown_fields(model):
            if field.is_relation and getattr(row, field.attname, None):
                wanted[field.related_model].add(getattr(row, field.attname))  # type: ignore[index]
        for link in model.link_fields():
            wanted[link.related_model].update((row.links or {}).get(link.name, []))
    return {
        target: {obj.pk: label_seen(access, obj) for obj in target._default_manager.filter(pk__in=pks)}
        for target, pks in wanted.items()
        if pks
    }


def differences(
    model: type[Record], older: Any, newer: Any, labels: dict[type[models.Model], dict[int, str]]
) -> list[Change]:
    """Fields in which two history rows differ."""
    changes = []
    for field in shown_fields(model):
        before, after = getattr(older, field.attname, None), getattr(newer, field.attname, None)
        if before == after or (not before and not after and not isinstance(before, int)):
            continue
        if field.is_relation:
            names = labels.get(field.related_model, {})  # type: ignore[arg-type]
            old, new = (names.get(v, f"gelöschter Eintrag {v}") if v else "" for v in (before, after))
        else:
            old, new = format_value(field, before), format_value(field, after)
        changes.append(Change(str(field.verbose_name), old, new))
    for link in model.link_fields():
        names = labels.get(link.related_model, {})
        was, now = ((row.links or {}).get(link.name, []) for row in (older, newer))
        if set(was) != set(now):
            old, new = (" · ".join(names.get(pk, f"gelöschter Eintrag {pk}") for pk in pks) for pks in (was, now))
            changes.append(Change(str(link.verbose_name), old, new))
    return changes
