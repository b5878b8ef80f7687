"""What waits for a person, and which dates lie ahead: rows of whatever room, registered by it, read in one query.

A room describes what may wait as a Source: rows, who has to act, what is to be done. What has a day waits from the day
after it until it is done, however long ago that was; before that day it is a date ahead, which every reader sees. What
has no day waits as long as it is in its rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import CharField, F, Func, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Action
from accounts.models import Municipality
from records.parts import Link
from records.queries.prepared import MUNICIPALITY, Parameter, Prepared, in_places, keys_of
from records.registry import kind_of
from records.text import sort_key
from records.vague import PRECISIONS, VagueDate

TODAY, AHEAD, YEAR_AGO = Parameter("today"), Parameter("ahead"), Parameter("year_ago")
LONG_AGO = Parameter("long_ago")  # the moment before which what runs has stood still
STANDSTILL = timedelta(days=90)
AHEAD_SPAN = timedelta(days=400)  # what lies further ahead needs no reminder yet
HERE, PORTAL = "here", "portal"  # where the dates ahead of a source are shown: pages of a municipality, of the portal
MONEY = "Geld"  # the group of what is open of money, which has a page of its own
PRECISION_AT = len("2018-10-01D")  # the place of the letter in the column's form
NUMBER = "#"  # the row that holds how much waits for the person everywhere


@dataclass(frozen=True)
class Found:
    """A row of a source. ``when`` is its day, the moment since which it waits, or None."""

    code: str
    place: Municipality | None
    pk: int
    title: str
    when: VagueDate | datetime | None
    note: str


@dataclass(frozen=True)
class Told:
    """A row as pages show it: what it is, its page, what is to be done and where."""

    kind: str
    title: str
    url: str
    ask: Link
    note: str = ""


@dataclass(frozen=True)
class Source:
    """What may wait for people who hold one of ``rights`` and not ``unless``; without rights it waits for nobody.

    ``rows`` makes the rows, ``place`` is their way to the municipality (empty: they belong to the programme; a query
    that knows a municipality may ask for it by MUNICIPALITY). ``day`` is the column or expression of a vague date;
    without it ``since`` may say since when they wait. ``group`` and ``position`` order what waits. ``ahead`` says on
    which pages its dates ahead stand. ``actor`` names who acts where that is told to others as well: to those who hold
    ``told_to`` in the municipality, among the dates of its pages. ``title_is_text``: the title is what somebody wrote,
    which no mail repeats.
    """

    code: str
    rows: Callable[[], QuerySet[Any]]
    tell: Callable[[Found], Told]
    rights: tuple[Action, ...] = ()
    unless: Action | None = None
    place: str = "municipality"
    title: str = "label"
    day: str | Combinable = ""
    since: str | Combinable = ""
    note: Any = ""
    group: str = "Überfällig"
    position: int = 2
    ahead: str = ""
    actor: str = ""
    told_to: Action | None = None
    title_is_text: bool = False

    def is_told(self, access: Access, municipality: Municipality | None) -> bool:
        """Whether the person learns of its rows there although others act."""
        return self.told_to is not None and access.allows(self.told_to, municipality)

    def waits_for(self, access: Access, municipality: Municipality | None) -> bool:
        """Whether its rows there are for the person to act on."""
        if self.unless and access.allows(self.unless, municipality):
            return False
        return any(access.allows(right, municipality) for right in self.rights)


@dataclass(frozen=True)
class Waiting:
    """What was read: what waits for the person, what only has a date, and how much waits everywhere."""

    mine: tuple[Found, ...]
    dates: tuple[Found, ...]
    number: int


_sources: dict[str, Source] = {}


def register_waiting(*sources: Source) -> None:
    """Add sources. Two with one code are a programming error."""
    for source in sources:
        if source.code in _sources:
            raise ValueError(f"„{source.code}“ wartet schon.")
        _sources[source.code] = source


def source_of(found: Found) -> Source:
    """Where a row comes from."""
    return _sources[found.code]


def told(found: Found) -> Told:
    """A row as pages show it."""
    return source_of(found).tell(found)


def tell_record(model: Any, ask: str, page: str = "update") -> Callable[[Found], Told]:
    """For rows that are records of a kind: the record's page, and the one where it is done."""

    def tell(found: Found) -> Told:
        kind = kind_of(model)
        url = kind.url("detail", found.place, found.pk)
        return Told(kind.label, found.title, url, Link(ask, kind.url(page, found.place, found.pk)), found.note)

    return tell


# ---------------------------------------------------------------- statements
class FirstNotPassed(Func):
    """The least stored text of a vague date's precision that does not lie wholly before today.

    The expression, which may be long, stands in it once; a LIKE would make SQLite plan the statement at each run.
    """

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = compiler.compile(self.source_expressions[0])
        cases = " ".join(f"WHEN '{precision}' THEN %s" for precision in PRECISIONS)
        floors = (Parameter(f"today_{precision}") for precision in PRECISIONS)
        return f"CASE SUBSTR({sql}, {PRECISION_AT}, 1) {cases} END", (*params, *floors)


def has_passed(name: str) -> Q:
    """The vague date lies wholly before today, whatever its precision: „2018“ has passed on 1 January 2019."""
    return Q(**{f"{name}__lt": FirstNotPassed(name, output_field=CharField())})


@cache
def statement(codes: tuple[str, ...], *, places: int, ahead: bool, keys: bool = False) -> Prepared:
    """The rows of the sources in so many municipalities, 0: all; ``ahead``: dates ahead as well as what has passed.

    ``keys`` alone are enough to count them.
    """

    def chosen(source: Source) -> QuerySet[Any]:
        rows = rows_of(source, places=places, ahead=ahead)
        return rows.values_list("pk") if keys else told_of(source, rows, here=bool(places))

    return Prepared.union([Prepared.of(chosen(_sources[code])) for code in codes])


def rows_of(source: Source, *, places: int, ahead: bool) -> QuerySet[Any]:
    """The rows of a source with ``w_when``, their day or moment."""
    rows: QuerySet[Any] = source.rows().order_by()
    if source.place and places:
        rows = rows.filter(in_places(source.place, places))
    when, is_shown = source.day or source.since or Value(""), source.ahead or source.told_to
    rows = rows.annotate(w_when=F(when) if isinstance(when, str) else when)
    if source.day:
        rows = rows.filter(has_passed("w_when") | (Q(w_when__lt=AHEAD) if ahead and is_shown else Q()))
        rows = rows if source.rights else rows.exclude(has_passed("w_when"))
    return rows


def told_of(source: Source, rows: QuerySet[Any], *, here: bool) -> QuerySet[Any]:
    """Code, slug and name of the municipality, key, title, day or moment, note."""
    text = CharField()
    place: dict[str, Any] = {name: Value("", output_field=text) for name in ("slug", "name")}
    if source.place:
        place = {name: F(f"{source.place}__{name}") for name in place}
    elif here:
        own = Municipality.objects.filter(pk=MUNICIPALITY)
        place = {name: Subquery(own.values(name)[:1]) for name in place}
    found = rows.annotate(
        w_code=Value(source.code, output_field=text),
        w_slug=place["slug"],
        w_name=place["name"],
        w_title=Cast(F(source.title), text),
        w_day=Cast("w_when", text),
        w_note=Cast(F(source.note) if isinstance(source.note, str) and source.note else source.note or Value(""), text),
    )
    chosen: QuerySet[Any] = found.values_list("w_code", "w_slug", "w_name", "pk", "w_title", "w_day", "w_note")
    return chosen


def given(access: Access, today: date) -> dict[str, Any]:
    """The values of the Parameters of all sources."""
    floors: dict[str, Any] = {f"today_{precision}": VagueDate(today, precision).stored for precision in PRECISIONS}
    floors["this_year"] = VagueDate(today.replace(month=1, day=1)).stored
    ahead = VagueDate(min(today + AHEAD_SPAN, date(2100, 12, 31))).stored
    long_ago = timezone.make_aware(datetime.combine(today, time.min)) - STANDSTILL
    floors["long_ago"] = connection.ops.adapt_datetimefield_value(long_ago)
    floors["year_ago"] = (today - timedelta(days=365)).isoformat()
    return {"today": today, "ahead": ahead, "user": access.user.pk, "year": today.year, **floors}


def codes_for(access: Access, place: Municipality | None, also: str = "") -> tuple[str, ...]:
    """The sources that wait for the person in a municipality, or in the whole portal; and those with dates there."""
    return tuple(
        code
        for code, source in _sources.items()
        if source.waits_for(access, place)
        or (also and source.ahead == also)
        or (also == HERE and source.is_told(access, place))
    )


def waiting_everywhere(access: Access, today: date, *, keys: bool = False, but: Municipality | None = None) -> Prepared:
    """All that waits for the person: in the whole portal, and by the person's roles in single municipalities.

    ``but`` leaves out what waits by the roles in one of them.
    """
    return Prepared.union(_pieces(access, today, ahead=False, keys=keys, but=but))


def _pieces(
    access: Access, today: date, *, ahead: bool, keys: bool = False, but: Municipality | None = None
) -> Iterator[Prepared]:
    """Statements of what waits by roles in the whole portal, then of what waits by roles in single municipalities.

    Municipalities in which the same sources wait share one: an adviser of twenty asks no more than one of two. Only
    sources that ask for MUNICIPALITY themselves, as deadlines do, need one for each.
    """
    values, whole = given(access, today), codes_for(access, None)
    if whole:
        yield statement(whole, places=0, ahead=ahead, keys=keys).bound(None, **values)
    alike: dict[tuple[str, ...], list[Municipality]] = defaultdict(list)
    for place in access.municipalities():
        codes = () if place == but else tuple(code for code in codes_for(access, place) if code not in whole)
        alike[tuple(code for code in codes if _sources[code].place)].append(place)
        if single := tuple(code for code in codes if not _sources[code].place):
            yield statement(single, places=1, ahead=ahead, keys=keys).bound(place, **values)
    for codes, places in alike.items():
        if codes:
            known = {**values, **keys_of(places)}
            yield statement(codes, places=len(places), ahead=ahead, keys=keys).bound(places[0], **known)


def read_ahead(access: Access, today: date) -> list[Found]:
    """The dates that will wait for the person, everywhere, by day (one query)."""
    rows = [found_of(row) for row in Prepared.union(_pieces(access, today, ahead=True)).run(None)]
    return sorted((row for row in rows if is_ahead(row, today)), key=day_of)


def is_ahead(found: Found, today: date) -> bool:
    """Its day has not passed."""
    return isinstance(found.when, VagueDate) and found.when.last >= today


def note_number(request: HttpRequest, number: int) -> None:
    """A page that has read what waits spares the frame the question."""
    request.waiting_number = number  # type: ignore[attr-defined]


def number_statement(access: Access, today: date | None = None) -> Prepared:
    """One row: NUMBER and how much waits for the person, to be read with whatever else a page counts."""
    rows = waiting_everywhere(access, today or timezone.localdate(), keys=True)
    return Prepared(f"SELECT '{NUMBER}', COUNT(*) FROM ({rows.sql}) AS waiting", rows.params)  # noqa: S608  # nosec B608


def read_everywhere(access: Access, today: date) -> Waiting:
    """All that waits for the person, everywhere (one query)."""
    mine = [found_of(row) for row in waiting_everywhere(access, today).run(None)]
    return Waiting(tuple(in_order(mine)), (), len(mine))


def read_portal(access: Access, today: date) -> Waiting:
    """What waits for the person in the whole portal, and the dates of the programme (one query)."""
    own = codes_for(access, None)
    codes = codes_for(access, None, PORTAL)
    everywhere = _number_row(access, today)
    rows = statement(codes, places=0, ahead=True).bound(None, **given(access, today))
    return _sorted_out(Prepared.union([rows, everywhere]).run(None), own, today)


def read_here(access: Access, municipality: Municipality, today: date) -> Waiting:
    """What waits for the person in this municipality, and its dates; what is not for the person is among these."""
    own = codes_for(access, municipality)
    rows = statement(codes_for(access, municipality, HERE), places=1, ahead=True)
    bound = rows.bound(municipality, **given(access, today))
    elsewhere = _number_row(access, today, but=municipality)
    found = _sorted_out(Prepared.union([bound, elsewhere]).run(None), own, today)
    whole = codes_for(access, None)
    return replace(found, number=found.number + sum(row.code not in whole for row in found.mine))


def of_money(waiting: Waiting) -> list[Found]:
    """What of money is open, whoever acts; only rows of one municipality hold all of it."""
    return [found for found in (*waiting.mine, *waiting.dates) if source_of(found).group == MONEY]


def _number_row(access: Access, today: date, but: Municipality | None = None) -> Prepared:
    """How much waits everywhere, in the shape of a source's rows."""
    rows = waiting_everywhere(access, today, keys=True, but=but)
    sql = f"SELECT '{NUMBER}', '', '', COUNT(*), '', '', '' FROM ({rows.sql}) AS waiting"  # noqa: S608  # nosec B608
    return Prepared(sql, rows.params)


def _sorted_out(rows: Iterable[tuple[Any, ...]], own: tuple[str, ...], today: date) -> Waiting:
    mine: list[Found] = []
    dates: list[Found] = []
    number = 0
    for row in rows:
        if row[0] == NUMBER:
            number = row[3]
            continue
        found = found_of(row)
        (dates if is_ahead(found, today) or found.code not in own else mine).append(found)
    return Waiting(tuple(in_order(mine)), tuple(sorted(dates, key=day_of)), number)


def found_of(row: tuple[Any, ...]) -> Found:
    """A row as it was read."""
    code, slug, name, pk, title, when, note = row
    place = Municipality(slug=slug, name=name) if slug else None
    return Found(code, place, pk, title or "", moment(when), note or "")


def moment(text: str) -> VagueDate | datetime | None:
    """A vague date in the column's form, a time in UTC, or nothing."""
    if not text:
        return None
    if len(text) == PRECISION_AT:
        return VagueDate.from_stored(text)
    at = datetime.fromisoformat(text)
    return at if timezone.is_aware(at) else at.replace(tzinfo=UTC)


def day_of(found: Found) -> tuple[date, str, str, int]:
    """By day, then by title, municipality and key: no database gives rows back in an order of its own."""
    place = sort_key(found.place.name) if found.place else ""
    rest = sort_key(found.title), place, found.pk
    if isinstance(found.when, datetime):
        return timezone.localdate(found.when), *rest
    return found.when.last if found.when else date.max, *rest


def in_order(rows: list[Found]) -> list[Found]:
    """Group by group, the oldest first."""
    return sorted(rows, key=lambda found: (source_of(found).position, source_of(found).group, *day_of(found)))
