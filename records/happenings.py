"""What has happened that somebody must hear of: rows of whatever room, registered by it, read in one query.

A room describes what it tells of as a Happening: rows that are written once (the steps of a life, a remark, a task,
a deadline), who hears of them, in which words. Nobody hears of what the person did alone. What *waits* is told by
records.waiting; a row here only says that something is new.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Action
from accounts.models import Municipality
from records.life.table import Life
from records.parts import Link
from records.queries.prepared import USER, Parameter, Prepared, in_places, keys_of
from records.registry import kind_of
from records.waiting import moment

SPAN = timedelta(days=60)  # what is older stands in the history of its record
SINCE = Parameter("since")
TEXT = CharField()


@dataclass(frozen=True)
class Happened:
    """A row of a source: what was done (as it is stored) to which record, when, by whom (function)."""

    code: str
    pk: int
    place: Municipality | None
    record: int
    title: str
    said: str
    by: str
    at: datetime

    @property
    def key(self) -> str:
        """Names the row among all that a person hears of."""
        return f"h:{self.code}:{self.pk}"


@dataclass(frozen=True)
class Happening:
    """What is told to the people who hold one of ``rights`` and not ``unless``.

    ``rows`` make the rows of ``model``, whose new rows are told at once to whoever wants it. The names lead from a row:
    to the municipality (empty: it belongs to the programme), to the key and title of the record that it is about, to
    what was done (a text that ``words`` reads), to the moment and to the person. ``page`` is the page to look at.
    """

    code: str
    model: type[Model]
    label: str
    page: Callable[[Happened], str]
    words: Callable[[str], str]
    rights: tuple[Action, ...]
    unless: Action | None = None
    rows: Callable[[], QuerySet[Any]] | None = None
    place: str = "municipality"
    record: str = "pk"
    title: str = "label"
    said: Any = ""
    at: str = "created_at"
    actor: str = "created_by"
    by_nobody: bool = False

    def is_for(self, access: Access, place: Municipality | None) -> bool:
        """Whether the person hears of its rows there."""
        if self.unless and access.allows(self.unless, place):
            return False
        return any(access.allows(right, place) for right in self.rights)


_sources: dict[str, Happening] = {}


def register_happenings(*sources: Happening) -> None:
    """Add sources. Two with one code are a programming error."""
    for source in sources:
        if source.code in _sources:
            raise ValueError(f"Von „{source.code}“ wird schon erzählt.")
        _sources[source.code] = source


def told_models() -> set[type[Model]]:
    """The models whose new rows somebody may want to hear of."""
    return {source.model for source in _sources.values()}


def link_to(happened: Happened) -> Link:
    """What it is about, and its page."""
    source = _sources[happened.code]
    return Link(named(source.label, happened.title), source.page(happened))


def named(kind: str, title: str) -> str:
    """„Aufgabe: Räume anfragen“; the kind alone without a title, the title alone where it begins with the kind."""
    if not title:
        return kind
    return title if re.match(rf"{re.escape(kind)}\b", title) else f"{kind}: {title}"


def words_of(happened: Happened) -> str:
    """What was done."""
    return _sources[happened.code].words(happened.said)


def kind_page(model: Any) -> Callable[[Happened], str]:
    """The page of the record, for those that are records of a kind."""
    return lambda happened: kind_of(model).url("detail", happened.place, happened.record)


# ---------------------------------------------------------------- the steps of a life
def step_happening(
    life: Life,
    rights: tuple[Action, ...],
    *,
    code: str = "",
    unless: Action | None = None,
    page: Callable[[Happened], str] | None = None,
    only: Q | None = None,
) -> Happening:
    """The steps of records with a life; ``only`` names those that concern these people."""
    own: Any = life.model
    steps: Any = life.steps

    def words(said: str) -> str:
        action, _, state = said.partition(">")
        return f"„{life.actions(action).label}“, jetzt {life.states(state).label}"

    return Happening(
        code or f"step-{own._meta.model_name}",
        steps,
        str(own._meta.verbose_name),
        page or kind_page(own),
        words,
        rights,
        unless,
        rows=lambda: steps.objects.filter(only or Q()),
        place=f"{life.owner}__municipality",
        record=f"{life.owner}_id",
        title=f"{life.owner}__label",
        said=Concat("action", Value(">"), "to_state", output_field=TEXT),
        at="at",
        actor="actor",
        by_nobody=True,
    )


# ---------------------------------------------------------------- reading
@cache
def statement(codes: tuple[str, ...], *, places: int) -> Prepared:
    """The rows of the sources in so many municipalities (0: all) and of the programme."""
    return Prepared.union([Prepared.of(_told(_sources[code], places)) for code in codes])


def _told(source: Happening, places: int) -> QuerySet[Any]:
    model: Any = source.model
    rows: QuerySet[Any] = (source.rows() if source.rows else model.objects.all()).order_by()
    rows = rows.filter(**{f"{source.at}__gt": SINCE}).exclude(**{source.actor: USER})
    if not source.by_nobody:
        rows = rows.exclude(**{f"{source.actor}__isnull": True})
    if source.place and places:
        rows = rows.filter(in_places(source.place, places))
    names = ("slug", "name")
    place: dict[str, Any] = {n: F(f"{source.place}__{n}") if source.place else Value("", TEXT) for n in names}
    said = F(source.said) if isinstance(source.said, str) and source.said else source.said or Value("", TEXT)
    told: QuerySet[Any] = rows.annotate(
        h_code=Value(source.code, TEXT),
        h_slug=place["slug"],
        h_name=place["name"],
        h_title=Cast(F(source.title), TEXT),
        h_said=Cast(said, TEXT),
        h_by=F(f"{source.actor}__display_name"),
        h_at=Cast(F(source.at), TEXT),
    ).values_list("h_code", "pk", "h_slug", "h_name", source.record, "h_title", "h_said", "h_by", "h_at")
    return told


def read_happened(access: Access, now: datetime) -> list[Happened]:
    """What the person hears of, the newest first; not what happened before the person had the role (one query)."""
    since = connection.ops.adapt_datetimefield_value(now - SPAN)
    parts = [
        statement(codes, places=len(places)).bound(
            places[0] if places else None, user=access.user.pk, since=since, **keys_of(places)
        )
        for codes, places in _codes(access)
    ]
    found: dict[str, Happened] = {}
    for code, pk, slug, name, record, title, said, by, at in Prepared.union(parts).run(None) if parts else []:
        place = Municipality(slug=slug, name=name) if slug else None
        when = moment(at)
        if isinstance(when, datetime) and timezone.localdate(when) >= _role_since(access, slug):
            row = Happened(code, pk, place, record, title or "", said or "", by or "", when)
            found[row.key] = row
    return sorted(found.values(), key=lambda row: (row.at, row.key), reverse=True)


def _codes(access: Access) -> Iterable[tuple[tuple[str, ...], list[Municipality]]]:
    """The sources heard of in the whole portal, then those by roles in municipalities, all that are alike together."""
    whole = tuple(code for code, source in _sources.items() if source.is_for(access, None))
    alike: dict[tuple[str, ...], list[Municipality]] = defaultdict(list)
    for place in access.municipalities():
        alike[tuple(c for c, source in _sources.items() if c not in whole and source.is_for(access, place))].append(
            place
        )
    return [(codes, places) for codes, places in [(whole, []), *alike.items()] if codes]


def _role_since(access: Access, slug: str) -> Any:
    """Since when the person has a role there, or in the whole portal."""
    held = (a for a in access.assignments if not slug or a.municipality is None or a.municipality.slug == slug)
    return min(role.valid_from for role in held)
