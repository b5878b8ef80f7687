"""What was changed last in a municipality, over the history of every kind, in one query.

Written as SQL: a union of limited selections is something that Django refuses on SQLite, and without limits the query
would sort the whole history. Names of tables and columns come from the models alone; values are parameters.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, models
from django.utils import timezone

from accounts.models import Municipality, User
from records.kind import RecordKind
from records.pages.history import ACTIONS
from records.queries.scope import models_seen_in_part
from records.registry import all_kinds
from records.vague import MONTHS

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


PER_KIND, IN_ALL = 5, 60  # rows read per kind, and of all of them: six changes stand in less than half of these
BUNCH, SPELL = 3, timedelta(minutes=10)  # that many like changes within that time are told as one


@dataclass(frozen=True)
class Change:
    """One saved change, or several like ones: when, what, its title then, what was done, by whom (function)."""

    when: str
    kind: str
    title: str
    url: str
    action: str
    person: str


class Saved(NamedTuple):
    """A history row; ``code`` is the type of change. A page reads some hundred of them."""

    kind: RecordKind
    pk: int
    at: Any
    code: str
    title: str
    person: str

    @property
    def when(self) -> datetime:
        """The moment; of most rows nobody asks for it."""
        return aware(self.at)

    def is_like(self, other: "Saved") -> bool:
        """True for changes of the same person to the same kind of record in one spell."""
        return (
            self.kind is other.kind
            and self.code == other.code
            and self.person == other.person
            and abs(self.when - other.when) <= SPELL
        )


def last_changes(municipality: Municipality, limit: int = 6) -> list[Change]:
    """The newest changes; a deleted record has no address any more. Changes without a person are imports."""
    kinds = history_kinds()
    with connection.cursor() as cursor:
        cursor.execute(changes_sql(), [*[municipality.pk, PER_KIND] * len(kinds), IN_ALL])
        rows = [Saved(kinds[name], pk, *rest) for name, pk, *rest in cursor.fetchall()]
    today = timezone.localdate()
    gone = {(row.kind.name, row.pk) for row in rows if row.code == "-"}
    changes: list[Change] = []
    while rows and len(changes) < limit:
        alike = [row for row in rows if row.is_like(rows[0])]
        if len(alike) < BUNCH:
            alike, rows = rows[:1], rows[1:]
        else:
            rows = [row for row in rows if not row.is_like(alike[0])]
        changes.append(change_of(alike, municipality, today, gone))
    return changes


def change_of(alike: list[Saved], municipality: Municipality, today: date, gone: set[tuple[str, int]]) -> Change:
    """One history row, or several like ones, as the page tells it. ``gone`` names records deleted since."""
    row = alike[0]
    when, person = spoken_time(row.when, today), row.person or "Datenübernahme"
    if len(alike) > 1:
        url = row.kind.url("list", municipality)
        return Change(when, "Mehrere", row.kind.plural, url, ACTIONS[row.code], person)
    url = "" if (row.kind.name, row.pk) in gone else row.kind.url("detail", municipality, row.pk)
    title = row.title or row.kind.label
    kind = "" if title.startswith(row.kind.label) else row.kind.label  # not „Planungszyklus Planungszyklus 2025–2027“
    return Change(when, kind, title, url, ACTIONS[row.code], person)


@cache
def history_kinds() -> dict[str, RecordKind]:
    """Kinds of a municipality whose history is shown, by name: those that every reader sees whole."""
    return {kind.name: kind for kind in all_kinds() if kind.is_tenant and kind.model not in models_seen_in_part()}


def title_column(kind: RecordKind) -> str:
    """The column that names the record in its history, or an empty text."""
    names = {field.name: field for field in kind.model._meta.concrete_fields}
    field = names.get(kind.title_field)
    if not isinstance(field, models.CharField | models.TextField) or field.choices:
        return "''"
    return connection.ops.quote_name(str(field.column))


@cache
def changes_sql() -> str:
    """The union over all history tables, newest first; parameters: municipality and limit per kind, and IN_ALL."""
    quote = connection.ops.quote_name
    parts = []
    for name, kind in history_kinds().items():
        table = quote(kind.model.history.model._meta.db_table)
        parts.append(
            f"SELECT * FROM (SELECT '{name}' AS kind, id, history_date, history_type, "  # noqa: S608 # nosec B608
            f"{title_column(kind)} AS title, history_user_id, history_id FROM {table} WHERE municipality_id = %s "
            f"ORDER BY history_date DESC, history_id DESC LIMIT %s) AS {quote('h_' + name)}"
        )
    people = quote(User._meta.db_table)
    return (
        "SELECT c.kind, c.id, c.history_date, c.history_type, c.title, p.display_name FROM ("  # noqa: S608 # nosec B608
        f"{' UNION ALL '.join(parts)}) AS c LEFT JOIN {people} AS p ON p.id = c.history_user_id "
        "ORDER BY c.history_date DESC, c.history_id DESC LIMIT %s"
    )


def changed_since(places: list[Municipality], since: datetime, but: Any) -> dict[int, Counter[RecordKind]]:
    """How many records of each kind others have changed in the municipalities since a moment (one query)."""
    found: dict[int, Counter[RecordKind]] = {place.pk: Counter() for place in places}
    kinds = history_kinds()
    if not places:
        return found
    with connection.cursor() as cursor:
        keys = [place.pk for place in places]
        moment = connection.ops.adapt_datetimefield_value(since.astimezone(UTC))
        cursor.execute(counts_sql(len(places)), [*keys, moment, but.pk] * len(kinds))
        for name, place, number in cursor.fetchall():
            found[place][kinds[name]] += number
    return found


@cache
def counts_sql(places: int) -> str:
    """Kind, municipality and number of its changed records; parameters per kind: places, moment, person left out."""
    quote = connection.ops.quote_name
    marks = ", ".join(["%s"] * places)
    return " UNION ALL ".join(
        f"SELECT '{name}', municipality_id, COUNT(DISTINCT id) "  # noqa: S608 # nosec B608
        f"FROM {quote(kind.model.history.model._meta.db_table)} WHERE municipality_id IN ({marks}) "
        "AND history_date > %s AND history_user_id IS NOT NULL AND history_user_id <> %s GROUP BY municipality_id"
        for name, kind in history_kinds().items()
    )


def aware(value: Any) -> datetime:
    """SQLite answers with text in UTC, PostgreSQL with an aware time."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found if timezone.is_aware(found) else found.replace(tzinfo=UTC)


def spoken_time(when: datetime, today: date) -> str:
    """„Heute, 9:12 Uhr“, „Freitag, 16:40 Uhr“ in the last week, else „18. Oktober 2018“."""
    local = timezone.localtime(when)
    clock = f"{local.hour}:{local.minute:02d} Uhr"
    if local.date() == today:
        return f"Heute, {clock}"
    if local.date() == today - timedelta(days=1):
        return f"Gestern, {clock}"
    if timedelta(0) < today - local.date() < timedelta(days=7):
        return f"{WEEKDAYS[local.weekday()]}, {clock}"
    return f"{local.day}. {MONTHS[local.month - 1]} {local.year}"
