"""The history of a record, field by field, as a person reads it."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

from django.db import models

from accounts.access import Access
from records.display import file_name, format_value, label_of, measured_by
from records.life.registry import find_life
from records.models.base import Record
from records.parts import Change, HistoryEntry
from records.queries.prepared import Parameter, PreparedRows
from records.queries.scope import label_seen, models_seen_in_part
from records.templatetags.german import datum

Past = dict[int, list[tuple[datetime, Any]]]
ACTIONS = {"+": "angelegt", "~": "geändert", "-": "gelöscht"}


def history_entries(record: Record, access: Access, limit: int | None = None) -> list[HistoryEntry]:
    """Saved versions of a record that was fetched through the gates, newest first."""
    rows = history_statement(type(record), limit).run(None, record=record.pk)
    return entries_from_rows(type(record), rows, access, limit)


@cache
def history_statement(model: Any, limit: int | None) -> PreparedRows:
    """The saved versions of a record with who saved them; with one more than ``limit``, for its differences."""
    rows = model.history.filter(id=Parameter("record")).select_related("history_user")
    rows = rows.order_by("-history_id")  # as they were stored, also where the clock was turned back meanwhile
    return PreparedRows(rows[: limit + 1] if limit else rows)


def entries_from_rows(
    model: type[Record], rows: list[Any], access: Access, limit: int | None = None
) -> list[HistoryEntry]:
    """Entries for history rows, newest first; one more row than ``limit`` is needed for the last differences."""
    names, units = Names(model, rows, access), Units(model, rows)
    entries = []
    for index, row in enumerate(rows[:limit] if limit else rows):
        older = rows[index + 1] if index + 1 < len(rows) else None
        changes = tuple(differences(model, older, row, names, units)) if row.history_type == "~" and older else ()
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
    """Fields whose change means something to a person: those of the forms, and of the steps in the record's life."""
    life = find_life(model)
    of_steps = life.fields_of_steps() if life else ()
    return [f for f in model._meta.concrete_fields if (f.editable or f.name in of_steps) and not f.primary_key]


class Names:
    """What the records in which history rows differ were called at a time, in two queries for each related model.

    A kind whose rows not everybody sees is called as it is today.
    """

    def __init__(self, model: type[Record], rows: list[Any], access: Access) -> None:
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for newer, older in pairwise(rows):
            for field in shown_fields(model):
                if field.is_relation and len(keys := {getattr(row, field.attname, None) for row in (older, newer)}) > 1:
                    wanted[field.related_model] |= {key for key in keys if key}  # type: ignore[index]
            for link in model.link_fields():
                was, now = (set(linked_keys(row, link)) for row in (older, newer))
                wanted[link.related_model] |= was | now if was != now else set()
        self.today = {target: names_today(target, pks, access) for target, pks in wanted.items() if pks}
        self.before = {
            target: past_names(target, pks) for target, pks in wanted.items() if pks and names_itself(target)
        }

    def of(self, target: Any, pk: int, when: datetime) -> str:
        """The name at that time; of a record that is gone the last one that is known."""
        past = self.before.get(target, {}).get(pk, [])
        then = next((name for date, name in reversed(past) if date <= when), past[0][1] if past else "")
        return then or self.today.get(target, {}).get(pk) or f"gelöschter Eintrag {pk}"


def names_today(target: Any, pks: set[int], access: Access) -> dict[int, str]:
    """What the records are called now, as far as the person sees them (one query)."""
    rows = target._default_manager.filter(pk__in=pks).select_related(*getattr(target, "str_related", ()))
    return {row.pk: label_seen(access, row) for row in rows}


def linked_keys(row: Any, link: Any) -> list[int]:
    """The records with which a history row was linked."""
    found: list[int] = (row.links or {}).get(link.name, [])
    return found


def names_itself(target: Any) -> bool:
    """Whether everybody who sees the link may read the history of all of which the name is made."""
    made_of = [target, *(target._meta.get_field(name).related_model for name in getattr(target, "str_related", ()))]
    return all(issubclass(each, Record) and each not in models_seen_in_part() for each in made_of)


def past_rows(target: Any, pks: Iterable[int]) -> Past:
    """What the records were since when, the oldest first (one query)."""
    columns = [field.attname for field in target._meta.concrete_fields]
    found: Past = defaultdict(list)
    for row in target.history.filter(id__in=list(pks)).order_by("history_date", "history_id"):
        then = target(**{name: getattr(row, name) for name in columns if hasattr(row, name)})
        found[row.id].append((row.history_date, then))
    return found


def at(rows: list[tuple[datetime, Any]], when: datetime) -> Any:
    """What held at that time, else what came first; None where nothing is known."""
    return next((held for date, held in reversed(rows) if date <= when), rows[0][1] if rows else None)


def past_names(target: Any, pks: set[int]) -> dict[int, list[tuple[datetime, str]]]:
    """Since when the records had which name, the oldest first (a query, and one for each relation that the name reads).

    A name that is made of others' names changes with them.
    """
    own, related = past_rows(target, pks), {}
    for name in target.str_related:
        field = target._meta.get_field(name)
        keys = {getattr(row, field.attname) for rows in own.values() for _, row in rows} - {None}
        related[name] = (field.attname, past_rows(field.related_model, keys) if keys else {})
    found: dict[int, list[tuple[datetime, str]]] = {}
    for pk, rows in own.items():
        moments = {date for date, _ in rows}
        for key, past in related.values():
            moments |= {date for _, row in rows for date, _ in past.get(getattr(row, key), []) if date > rows[0][0]}
        found[pk] = []
        for moment in sorted(moments):
            row = copy(at(rows, moment))
            for name, (key, past) in related.items():
                if then := at(past.get(getattr(row, key), []), moment):
                    setattr(row, name, then)
            found[pk].append((moment, str(row)))
    return found


class Units:
    """What the numbers of history rows were counted in at their time (a query for each relation that says it)."""

    def __init__(self, model: type[Record], rows: list[Any]) -> None:
        self.model, self.past = model, {}
        for name in measured_by(model):
            field: Any = model._meta.get_field(name)
            self.past[name] = past_rows(field.related_model, {getattr(row, field.attname) for row in rows})

    def of(self, row: Any, name: str) -> str:
        """The unit of one number of the row."""
        said = self.model.units.get(name, "")
        relation, _, column = said.removeprefix("=").partition(".")
        if not said.startswith("="):
            return said
        if not column:
            return str(getattr(row, relation, ""))
        past = self.past[relation].get(getattr(row, f"{relation}_id"), [])
        return str(getattr(at(past, row.history_date), column, ""))


def differences(model: type[Record], older: Any, newer: Any, names: Names, units: Units) -> list[Change]:
    """Fields in which two history rows differ, with the names and units that there were when it was changed."""
    changes, when = [], newer.history_date
    for field in shown_fields(model):
        before, after = getattr(older, field.attname, None), getattr(newer, field.attname, None)
        if before == after or (not before and not after and not isinstance(before, int)):
            continue
        if field.is_relation:
            old, new = (names.of(field.related_model, v, when) if v else "" for v in (before, after))
        elif isinstance(field, models.FileField):
            old, new = file_name(older), file_name(newer)
        else:
            old = format_value(field, before, units.of(older, field.name))
            new = format_value(field, after, units.of(newer, field.name))
        changes.append(Change(label_of(model, field.name), old, new))
    for link in model.link_fields():
        was, now = (linked_keys(row, link) for row in (older, newer))
        if set(was) != set(now):
            old, new = (" · ".join(names.of(link.related_model, pk, when) for pk in pks) for pks in (was, now))
            changes.append(Change(str(link.verbose_name), old, new))
    return changes
