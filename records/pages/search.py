"""Search over the records of all kinds at once: one query for the hits, one for each kind of those that are shown."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db import connection, models
from django.db.models import BooleanField, F, QuerySet, Value
from django.db.models.lookups import Contains
from django.http import QueryDict

from accounts.access import Access, may_open
from accounts.cleaning import is_typed_text
from accounts.models import Municipality
from accounts.policies import Right
from records.display import label_of, shown
from records.kind import RecordKind
from records.models import Numbered
from records.parts import Link
from records.places import pages_of, section_links
from records.queries.names import names_apart
from records.queries.prepared import Parameter, Prepared
from records.queries.scope import Sight, key_of, rows_in_sight, sight_of
from records.registry import all_kinds
from records.text import fold, spans

QUERY, KIND, PAGE = "q", "art", "seite"
LONGEST_QUERY = 200  # characters that are read
MOST_WORDS = 8
NUMBERED = re.compile(r"[a-z] \d+ ")
PAGE_SIZE, SHORT_SIZE = 20, 8
EXCERPT, LEAD = 220, 60  # characters of an excerpt, and at most so many before the first word found
SHORTEST_FOR_PAGES = 3  # letters from which on pages are offered by their name
MOST_PAGES = 6


class Found(NamedTuple):
    """A row of the search: enough to order, count and link it."""

    kind: str
    pk: int
    label: str
    sort_key: str
    is_example: bool


@dataclass(frozen=True)
class Piece:
    """A part of a text; ``is_hit`` where it is one of the words asked for."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True)
class Hit:
    """A record that was found, with the text in which the words occur; ``part_of`` names what it belongs to."""

    title: tuple[Piece, ...]
    url: str
    kind: str
    is_example: bool
    part_of: str = ""
    date: str = ""
    field: str = ""
    excerpt: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Narrowing:
    """A chip that narrows the hits to one kind, or takes that back."""

    label: str
    url: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class SearchPage:
    """Everything the results show. ``places`` are municipalities and pages whose name fits."""

    query: str
    words: tuple[str, ...]
    total: int
    hits: tuple[Hit, ...]
    places: tuple[Link, ...]
    kinds: tuple[Narrowing, ...] = ()
    first: int = 0
    last: int = 0
    current_page: int = 1
    pages: tuple[Link, ...] = ()
    previous_url: str = ""
    next_url: str = ""
    all_url: str = ""
    left_out: tuple[str, ...] = ()


def words_of(query: str) -> list[str]:
    """The folded words of a query, each once, without the punctuation around them."""
    words = (word.strip("„“”‚‘’\"',;:.!?()[]") for word in fold(query).split())
    return list(dict.fromkeys(word for word in words if word))


def short_search(municipality: Municipality | None, query: QueryDict, url: str, access: Access) -> SearchPage:
    """The best hits by title alone, for the list below the search field (one query)."""
    text, words, _ = read_query(query)
    found = find(municipality, words, access)
    kinds = kinds_by_name()
    return SearchPage(
        query=text,
        words=tuple(words),
        total=len(found),
        hits=tuple(hit_of(kinds[row.kind], row, municipality, words) for row in found[:SHORT_SIZE]),
        places=tuple(pages_named(municipality, words, access)),
        all_url=address(url, text),
    )


def search_page(municipality: Municipality | None, query: QueryDict, url: str, access: Access) -> SearchPage:
    """A page of hits with excerpts and the number of hits of each kind. An unknown kind narrows nothing."""
    text, words, left_out = read_query(query)
    found = find(municipality, words, access)
    kinds = kinds_by_name()
    counts = Counter(row.kind for row in found)
    chosen = next((name for name in counts if kinds[name].segment == query.get(KIND)), "")
    segment = kinds[chosen].segment if chosen else ""
    page = Paginator([row for row in found if chosen in ("", row.kind)], PAGE_SIZE).get_page(query.get(PAGE, "1"))
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return SearchPage(
        query=text,
        words=tuple(words),
        total=page.paginator.count,
        hits=tuple(hits_with_excerpts(list(page.object_list), municipality, words, access)),
        places=tuple(pages_named(municipality, words, access)) if page.number == 1 and not chosen else (),
        kinds=tuple(
            Narrowing(
                kinds[name].plural, address(url, text, "" if name == chosen else kinds[name].segment), n, name == chosen
            )
            for name, n in counts.most_common()
        ),
        first=page.start_index(),
        last=page.end_index(),
        current_page=page.number,
        pages=tuple(Link(str(n), address(url, text, segment, n) if isinstance(n, int) else "") for n in numbers),
        previous_url=address(url, text, segment, page.number - 1) if page.has_previous() else "",
        next_url=address(url, text, segment, page.number + 1) if page.has_next() else "",
        all_url=address(url, text),
        left_out=tuple(left_out),
    )


def read_query(query: QueryDict) -> tuple[str, list[str], list[str]]:
    """What was asked for: the text, the words that are looked for, and those beyond the limit."""
    text = " ".join(query.get(QUERY, "").replace("\x00", "").split())[:LONGEST_QUERY]
    words = words_of(text)
    return text, words[:MOST_WORDS], words[MOST_WORDS:]


def address(url: str, text: str, segment: str = "", page: int = 1) -> str:
    """The search page for these words, this kind and this page."""
    query = QueryDict(mutable=True)
    query.update({QUERY: text} | ({KIND: segment} if segment else {}) | ({PAGE: str(page)} if page > 1 else {}))
    return f"{url}?{query.urlencode()}"


def kinds_by_name() -> dict[str, RecordKind]:
    """All kinds by the label of their model, as the rows of the search name them."""
    return {kind.model._meta.label_lower: kind for kind in all_kinds()}


def find(municipality: Municipality | None, words: list[str], access: Access | None) -> list[Found]:
    """Every record the person sees that contains all words, the best first: title's beginning, title, elsewhere.

    Records of the programme count too, after those of the municipality where one is named (one query).
    """
    if not words:
        return []
    statement = found_statement(municipality is not None, len(words), sight_of(access, municipality))
    escape = connection.ops.prep_for_like_query
    asked = {f"word{place}": f"%{escape(word)}%" for place, word in enumerate(words)}
    found = [Found(*row) for row in statement.run(municipality, user=key_of(access), **asked)]
    kinds, beginning = kinds_by_name(), " ".join(words)

    def order(row: Found) -> tuple[int, bool, str, int]:
        return rank(row, kinds[row.kind], words, beginning), not kinds[row.kind].is_tenant, row.sort_key, row.pk

    return sorted(found, key=order)


class ContainsPattern(Contains):
    """``contains`` for a finished pattern; a Parameter would else be escaped by the database, once for each kind."""

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return str(connection.operators[self.lookup_name] % rhs)


@cache
def found_statement(in_municipality: bool, words: int, sight: Sight) -> Prepared:
    """Rows of all kinds that contain so many patterns (word0, word1 …), as the columns of Found."""
    contains = [ContainsPattern(F("search_text"), Parameter(f"word{place}")) for place in range(words)]
    parts = [
        labelled(kind, rows_in_sight(kind.model, sight).filter(*contains).order_by())
        for kind in all_kinds()
        if in_municipality or not kind.is_tenant
    ]
    return Prepared.of(parts[0].union(*parts[1:], all=True))


def labelled(kind: RecordKind, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows as the columns of Found."""
    example: Any = F("is_example") if kind.is_tenant else Value(False, output_field=BooleanField())
    named = rows.annotate(kind_name=Value(kind.model._meta.label_lower), example=example)
    found: QuerySet[Any] = named.values_list("kind_name", "pk", "label", "sort_key", "example")
    return found


def rank(row: Found, kind: RecordKind, words: list[str], beginning: str) -> int:
    """How well the title fits; the number of a record („M 14“) is a name of its own before it."""
    title = fold(row.label)
    number, plain = NUMBERED.match(title), title
    if number and issubclass(kind.model, Numbered):
        plain = title[number.end() :]
        if beginning == number[0].strip():
            return -1
    if title.startswith(beginning) or plain.startswith(beginning):
        return 0
    return 1 if all(word in title for word in words) else 2


def hit_of(kind: RecordKind, row: Found, municipality: Municipality | None, words: Iterable[str] = ()) -> Hit:
    """A row as link, without having read its record."""
    title = marked(unicodedata.normalize("NFC", row.label), words)
    return Hit(title, kind.url("detail", municipality, row.pk), kind.label, bool(row.is_example))


def hits_with_excerpts(
    rows: list[Found], municipality: Municipality | None, words: list[str], access: Access
) -> list[Hit]:
    """Rows with date and excerpt; one query for each kind among them."""
    kinds = kinds_by_name()
    records: dict[tuple[str, int], tuple[Any, str]] = {}
    for name in {row.kind for row in rows}:
        found = read_with_parents(kinds[name], access, municipality, [row.pk for row in rows if row.kind == name])
        records |= {
            (name, record.pk): (record, called) for record, called in zip(found, names_apart(found), strict=True)
        }
    hits = []
    for row in rows:
        kind, (record, called) = kinds[row.kind], records.get((row.kind, row.pk), (None, ""))
        if record is None:  # deleted in between
            continue
        plain = hit_of(kind, row, municipality, words)
        field, excerpt = excerpt_of(kind, record, words)
        years = called.removeprefix(record.label or str(record))  # of what was carried on under its name
        title = (*plain.title, Piece(years)) if years else plain.title
        part_of = getattr(record, kind.parent).label if kind.parent else ""
        hits.append(Hit(title, plain.url, plain.kind, plain.is_example, part_of, date_of(kind, record), field, excerpt))
    return hits


def read_with_parents(
    kind: RecordKind, access: Access, municipality: Municipality | None, keys: list[int]
) -> list[Any]:
    """The records with those that they are parts of."""
    rows = kind.rows(access, municipality).filter(pk__in=keys)
    return list(rows.select_related(kind.parent) if kind.parent else rows)


def date_of(kind: RecordKind, record: Any) -> str:
    """The first date that the timeline draws of the record."""
    dates = (shown(record, mark.begin) for mark in kind.marks if getattr(record, mark.begin) and mark.when(record))
    return next(dates, "")


def excerpt_of(kind: RecordKind, record: Any, words: list[str]) -> tuple[str, tuple[Piece, ...]]:
    """The field, besides the title, in which most words occur, and its text around the first of them.

    Where all stand in the title, the beginning of the first long text says what it is about.
    """
    title, best, best_count = fold(record.label), ("", ""), 0
    for field in filter(is_typed_text, kind.model._meta.concrete_fields):
        text = " ".join(unicodedata.normalize("NFC", str(record.said(field.name) or "")).split())
        folded = fold(text)
        if folded in title:
            continue
        count = sum(word in folded for word in words)
        if count > best_count or (not best[1] and isinstance(field, models.TextField)):
            best, best_count = (field.name, text), count
    name, text = best
    if not text or not (best_count or all(word in title for word in words)):
        return "", ()
    return label_of(kind.model, name), cut(text, words)


def cut(text: str, words: list[str]) -> tuple[Piece, ...]:
    """The part of a text around the first word found, cut between words."""
    found = spans(text, words)
    begin = max(0, found[0][0] - LEAD) if found and found[0][0] > EXCERPT // 2 else 0
    if begin:
        begin = text.find(" ", begin, found[0][0]) + 1 or found[0][0]
    end = len(text)
    if end - begin > EXCERPT:
        end = text.rfind(" ", begin + EXCERPT // 2, begin + EXCERPT)
        end = end if end > 0 else begin + EXCERPT
    before, after = ("… " if begin else "", " …" if end < len(text) else "")
    return (*((Piece(before),) if before else ()), *marked(text[begin:end], words), *((Piece(after),) if after else ()))


def marked(text: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """An NFC text in pieces, the words in pieces of their own."""
    pieces, at = [], 0
    for begin, end in spans(text, words):
        pieces += [Piece(text[at:begin]), Piece(text[begin:end], is_hit=True)]
        at = end
    return tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text)


def pages_named(municipality: Municipality | None, words: list[str], access: Access) -> list[Link]:
    """Lists, overviews and sections whose name contains all words."""
    if not words or len("".join(words)) < SHORTEST_FOR_PAGES:
        return []
    named = [
        Link(f"Liste: {kind.plural}", kind.url("list", municipality))
        for kind in all_kinds()
        if kind.in_menu and (municipality or not kind.is_tenant) and kind.allows(Right.SEE, access, municipality)
    ]
    if municipality:
        named += [
            Link(page.label, url)
            for page in pages_of()
            if may_open(access, municipality, url := page.url(municipality))
        ]
        named += section_links(municipality)
    return [link for link in named if all(word in fold(link.label) for word in words)][:MOST_PAGES]
