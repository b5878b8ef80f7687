"""What was changed about a person and the person's roles: when, by whom, from what to what."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import Municipality, RoleAssignment, User

MOST = 200  # entries shown
FIELDS = ("display_name", "is_active")
ROLE_FIELDS = ("role", "municipality", "valid_from", "valid_until")
DONE = {"+": "angelegt", "~": "geändert", "-": "gelöscht"}


@dataclass(frozen=True)
class Entry:
    """One save: what it was about, and its lines „Feld: alt → neu“."""

    at: datetime
    who: str
    what: str
    lines: tuple[str, ...]


def history_of(person: User) -> list[Entry]:
    """Everything that was saved about the person, the newest first (four queries)."""
    places = dict(Municipality.objects.values_list("pk", "name"))
    people = User.history.filter(id=person.pk).select_related("history_user").order_by("history_id")
    roles = RoleAssignment.history.filter(user_id=person.pk).select_related("history_user").order_by("history_id")
    entries = [
        *compared(list(people), User, FIELDS, places),
        *compared(list(roles), RoleAssignment, ROLE_FIELDS, places),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:MOST]


def compared(rows: list[Any], model: type[Any], names: tuple[str, ...], places: dict[int, str]) -> list[Entry]:
    """Each row beside the one before of the same object."""
    before: dict[int, Any] = {}
    entries = []
    for row in rows:
        earlier = before.get(row.id)
        lines = tuple(line for name in names if (line := difference(model, name, earlier, row, places)))
        what = "Person" if model is User else f"Rolle {role_in_words(row, places)}"
        told = f"{what} {DONE[row.history_type]}"
        if lines or row.history_type == "-" or row.history_change_reason:
            reason = f": {row.history_change_reason}" if row.history_change_reason else ""
            entries.append(Entry(row.history_date, str(row.history_user or ""), told + reason, lines))
        before[row.id] = row
    return entries


def difference(model: type[Any], name: str, earlier: Any, row: Any, places: dict[int, str]) -> str:
    """„Feld: alt → neu“; of a new object what it is; empty where nothing changed or the object is gone."""
    column = "municipality_id" if name == "municipality" else name
    new, old = getattr(row, column), getattr(earlier, column) if earlier else None
    if row.history_type == "-" or (earlier is not None and new == old) or (earlier is None and new in (None, "")):
        return ""
    label = "darf sich anmelden" if name == "is_active" else str(model._meta.get_field(name).verbose_name)
    shown = in_words(model, name, new, places)
    return f"{label}: {shown}" if earlier is None else f"{label}: {in_words(model, name, old, places)} → {shown}"


def in_words(model: type[Any], name: str, value: Any, places: dict[int, str]) -> str:
    """A value as the forms show it."""
    if name == "municipality":
        return places.get(value, "ganzes Portal")
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    labels = dict(model._meta.get_field(name).flatchoices)
    return str(labels.get(value, value)) or "leer" if value is not None else "offen"


def role_in_words(row: Any, places: dict[int, str]) -> str:
    """„Leitung (Kyffhäuserkreis)“."""
    return f"{in_words(RoleAssignment, 'role', row.role, places)} ({places.get(row.municipality_id, 'ganzes Portal')})"
