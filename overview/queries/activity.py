"""What happened in the portal, when and by whom, over every history and what was read from outside, in one query.

Never what the content is: kind and number name a record. Written as SQL for the reasons of overview.queries.changes;
names of tables and columns come from the models alone, values are parameters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Municipality, Reading, RoleAssignment, User
from overview.queries.changes import aware
from records.models import Record
from records.models.steps import STEP
from records.pages.history import ACTIONS
from records.places import pages_of
from records.registry import all_kinds, find_kind

READ = "r"
DEEDS = {"gelesen": READ, "angelegt": "+", "geaendert": "~", "geloescht": "-", "schritt": "s"}
PAGE_WORDS = {
    "list": "Liste",
    "history": "Verlauf",
    "csv": "Liste als CSV",
    "xlsx": "Liste als XLSX",
    "file": "Datei",
    "update": "Formular",
}


@dataclass(frozen=True)
class Asked:
    """What is looked for; empty values look for everything. ``kind`` is the name of a model, ``deed`` one of DEEDS."""

    person: int | None = None
    place: Municipality | None = None
    kind: str = ""
    deed: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Deed:
    """One line: when, who (function), where, what was done to what, and the way there where there is one."""

    at: datetime
    is_hour: bool
    who: str
    place: str
    what: str
    done: str
    url: str

    @property
    def until(self) -> int:
        """The hour after, where only the hour is known."""
        return timezone.localtime(self.at).hour + 1


@cache
def told_models() -> dict[str, type[models.Model]]:
    """Every model with a history that people make, by name; people and roles among them."""
    found: list[type[models.Model]] = [model for model in apps.get_models() if issubclass(model, Record)]
    found += [User, RoleAssignment]
    return {model._meta.label_lower: model for model in found}


def everybody() -> list[User]:
    """All people, by function."""
    return list(User.objects.order_by("display_name", "username"))


def deeds(asked: Asked, size: int, skip: int) -> list[Deed]:
    """The newest first, so many; one query, and one for the names of municipalities."""
    parts = list(_parts(asked, size + skip))
    if not parts:
        return []
    people = connection.ops.quote_name(User._meta.db_table)
    sql = (
        f"SELECT c.*, p.display_name FROM ({' UNION ALL '.join(sql for sql, _ in parts)}) AS c "  # noqa: S608 # nosec B608
        f"LEFT JOIN {people} AS p ON p.id = c.who ORDER BY c.at DESC, c.kind, c.pk DESC LIMIT %s OFFSET %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(value for _, values in parts for value in values), size, skip])
        rows = cursor.fetchall()
    places = {str(place.pk): place for place in Municipality.objects.all()}
    return [_deed(row, places) for row in rows]


def _parts(asked: Asked, limit: int) -> Iterator[tuple[str, list[Any]]]:
    """One limited selection for each table that can have something."""
    if asked.deed in ("", READ) and not asked.kind:
        yield _part(Reading, "reading", asked, limit)
    if asked.deed == READ:
        return
    for name, model in told_models().items():
        has_place = any(field.name == "municipality" for field in model._meta.concrete_fields)
        if (asked.kind in ("", name)) and (has_place or asked.place is None):
            yield _part(model.history.model, name, asked, limit)  # type: ignore[attr-defined]


def _part(model: type[models.Model], name: str, asked: Asked, limit: int) -> tuple[str, list[Any]]:
    quote = connection.ops.quote_name
    columns = {field.name: quote(str(field.column)) for field in model._meta.concrete_fields}
    is_reading = model is Reading
    text = "CAST(%s AS varchar(100))"
    at, who = (columns["hour"], columns["user"]) if is_reading else (columns["history_date"], columns["history_user"])
    place = columns["place"] if is_reading else columns.get("municipality", "''")
    code = f"'{READ}'" if is_reading else columns["history_type"]
    said = columns["page"] if is_reading else f"COALESCE({columns['history_change_reason']}, '')"
    number = columns["record"] if is_reading else columns["id"]
    wanted, values = _conditions(asked, at=at, who=who, place=place, code=code, said=said, is_reading=is_reading)
    chosen = f"'{name}' AS kind, {number} AS pk, {at} AS at, {code} AS code, {said} AS said, {who} AS who"
    chosen += f", {text % place} AS place"
    sql = (
        f"SELECT * FROM (SELECT {chosen} FROM {quote(model._meta.db_table)} {wanted} "  # noqa: S608 # nosec B608
        f"ORDER BY {at} DESC LIMIT %s) AS {quote('a_' + name)}"
    )
    return sql, [*values, limit]


def _conditions(
    asked: Asked, *, at: str, who: str, place: str, code: str, said: str, is_reading: bool
) -> tuple[str, list[Any]]:
    parts: list[tuple[str, Any]] = []
    if asked.person is not None:
        parts.append((f"{who} = %s", asked.person))
    if asked.place is not None:
        parts.append((f"{place} = %s", asked.place.slug if is_reading else asked.place.pk))
    if asked.first:
        parts.append((f"{at} >= %s", _begin_of(asked.first)))
    if asked.last:
        parts.append((f"{at} < %s", _begin_of(asked.last + timedelta(days=1))))
    if asked.deed == "s":
        parts.append((f"{said} LIKE %s", f"{STEP}%"))
    elif asked.deed in ACTIONS:
        parts += [(f"{code} = %s", asked.deed), (f"{said} NOT LIKE %s", f"{STEP}%")]
    if not parts:
        return "", []
    return f"WHERE {' AND '.join(sql for sql, _ in parts)}", [value for _, value in parts]


def _begin_of(day: date) -> Any:
    begin = timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001
    return connection.ops.adapt_datetimefield_value(begin)


def _deed(row: tuple[Any, ...], places: dict[str, Municipality]) -> Deed:
    name, pk, at, code, said, _, where, who = row
    is_reading = name == "reading"
    place = next((p for p in places.values() if p.slug == where), None) if is_reading else places.get(str(where))
    what, url = page_words(said, pk, place) if is_reading else record_words(name, pk, place, gone=code == "-")
    done = "gelesen" if is_reading else said.removeprefix(STEP) if said.startswith(STEP) else ACTIONS[code]
    return Deed(aware(at), is_reading, who or "Datenübernahme", place.name if place else "", what, done, url)


def record_words(name: str, pk: int, place: Municipality | None, *, gone: bool = False) -> tuple[str, str]:
    """Kind and number of a record, and its page; what was deleted has none."""
    model = told_models()[name]
    words = f"{model._meta.verbose_name} Nr. {pk}"
    kind = find_kind(model)
    if model is User:
        return words, reverse("accounts:person_edit", args=[pk])
    if gone or kind is None or (kind.is_tenant and place is None):
        return words, ""
    return words, kind.url("detail", place, pk)


@cache
def kinds_by_page() -> dict[str, Any]:
    """The kind to which the address of a page belongs, by what its name begins with."""
    return {kind.name: kind for kind in all_kinds()}


def page_words(page: str, pk: int, place: Municipality | None) -> tuple[str, str]:
    """What page was opened, and the way there."""
    name, _, part = page.partition(":")[2].rpartition("-")
    kind = kinds_by_page().get(name)
    if kind:
        what = kind.label if pk else kind.plural
        number = f" Nr. {pk}" if pk else ""
        more = f" ({PAGE_WORDS[part]})" if part in PAGE_WORDS and pk else ""
        return f"{what}{number}{more}", kind.url("detail" if pk else "list", place, pk or None) if place else ""
    label = next((each.label for each in pages_of() if each.route == page), "") or f"Seite {page.partition(':')[2]}"
    return f"{label} Nr. {pk}" if pk else label, _address(page, pk, place)


def _address(page: str, pk: int, place: Municipality | None) -> str:
    try:
        return reverse(page, args=[place.slug, pk] if pk else [place.slug]) if place else ""
    except NoReverseMatch:
        return ""  # the page has further parts in its address, or is no more
