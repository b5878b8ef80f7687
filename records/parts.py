"""What the record templates receive: plain frozen data, no model instances, no queries while rendering.

Every list, detail, history and conflict page of every record kind is drawn from these shapes, so a template knows
nothing about models and a test can compare whole pages.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Link:
    """A named way to another page."""

    label: str
    url: str


@dataclass(frozen=True)
class Button:
    """A way beside the title; ``icon`` names a sign of static/icons.svg."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Station:
    """One of the six stations of the red thread (docs/product.md §11, Red thread).

    ``state`` is ``here``, ``linked`` or ``gap``; ``value`` a number, „fehlt“ or „–“.
    """

    name: str
    value: str
    note: str
    state: str
    link: Link | None = None


@dataclass(frozen=True)
class Thread:
    """The red thread of a record: six stations and a sentence for screen readers."""

    stations: tuple[Station, ...]
    summary: str
    gap_note: str = ""


@dataclass(frozen=True)
class Cell:
    """A table cell. ``style``: text, number, date, tag or state (then ``code`` names the glyph)."""

    label: str
    text: str
    style: str = "text"
    code: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Row:
    """A table row; ``title`` is the row head and links to the record."""

    title: str
    url: str
    cells: tuple[Cell, ...]
    pk: int = 0
    is_example: bool = False
    thread: Thread | None = None
    version: int = 0
    marked: bool = False


@dataclass(frozen=True)
class Column:
    """A table head; ``aria_sort`` is ascending, descending, none or empty (cannot be sorted)."""

    label: str
    sort_url: str = ""
    aria_sort: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Option:
    """A choice of a filter."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True)
class FilterField:
    """A select in the filter bar; the first option is „Alle …“."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class BulkField:
    """A field that can be set for marked rows: its choices, and submit buttons as pairs of value and label."""

    name: str
    label: str
    options: tuple[Option, ...]
    buttons: tuple[Option, ...]
    is_links: bool
    is_open: bool


@dataclass(frozen=True)
class BulkBar:
    """The bar above a table whose rows can be marked; ``shown`` are all rows of the page as id and version.

    ``delete_url`` is where the marked rows are deleted, empty where the person deletes none.
    """

    url: str
    fields: tuple[BulkField, ...]
    shown: str
    form_key: str
    delete_url: str = ""
    count: int = 0
    error: str = ""
    answer: str = ""  # of the box that answers what was asked about; empty: nothing was asked


@dataclass(frozen=True)
class ListPage:
    """Everything the list of a kind shows."""

    title: str
    intro: str
    search: str
    filters: tuple[FilterField, ...]
    active_filters: tuple[Link, ...]
    clear_url: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int
    first: int
    last: int
    pages: tuple[Link, ...]
    current_page: int
    previous_url: str
    next_url: str
    sizes: tuple[Option, ...]
    size_links: tuple[Link, ...]
    exports: tuple[Link, ...]
    create: Link | None
    empty_fact: str
    empty_way: str
    empty_link: Link | None = None
    sort: str = ""
    quiet_filters: tuple[tuple[str, str], ...] = ()
    has_thread: bool = False
    buttons: tuple[Button, ...] = ()
    bulk: BulkBar | None = None
    read_in: Link | None = None


@dataclass(frozen=True)
class Fact:
    """A labelled value of a record; ``lines`` are words, ``links`` related records, ``text`` has markup."""

    label: str
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class FactGroup:
    """Facts under one heading, in the order of the form."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Connected:
    """A related record in a connection list; ``meta`` is its kind and date."""

    label: str
    url: str
    meta: str = ""


@dataclass(frozen=True)
class Connection:
    """One direction of one relation: „Ziele, die darauf antworten“, with a way to add one."""

    title: str
    items: tuple[Connected, ...]
    total: int
    add: Link | None = None
    more: Link | None = None
    empty: str = ""


@dataclass(frozen=True)
class Change:
    """One field in a history entry or a conflict, as the person would read it."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class HistoryEntry:
    """One saved version of a record."""

    when: str
    who: str
    action: str
    reason: str
    version: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class LifeStation:
    """A station in the row of states of a record's life. ``code``: d done, c current, empty ahead."""

    label: str
    code: str
    note: str
    current: bool


@dataclass(frozen=True)
class StepLink:
    """A step that the person may take; the main one is the page's main button."""

    label: str
    url: str
    main: bool


@dataclass(frozen=True)
class StepNote:
    """A step that was taken, with its text and the values of its fields, by label."""

    label: str
    at: datetime
    actor: str
    note: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class LifePanel:
    """Where a record stands in its life. ``locked`` says why it cannot be changed now, empty where it can.

    ``claimed`` is a step that somebody has begun and that is not done.
    """

    stations: tuple[LifeStation, ...]
    ways: tuple[StepLink, ...]
    steps: tuple[StepNote, ...]
    locked: str = ""
    claimed: Link | None = None

    @property
    def main(self) -> StepLink | None:
        """The page's main button."""
        return next((way for way in self.ways if way.main), None)


@dataclass(frozen=True)
class DetailPage:
    """Everything the detail page of a record shows."""

    title: str
    kind: str
    lead: str
    tags: tuple[str, ...]
    groups: tuple[FactGroup, ...]
    upstream: tuple[Connection, ...]
    downstream: tuple[Connection, ...]
    children: tuple["ChildTable", ...]
    history: tuple[HistoryEntry, ...]
    history_url: str
    edit: Link | None
    delete: Link | None
    duplicate: Link | None
    thread: Thread | None = None
    example: bool = False
    record_note: str = ""
    buttons: tuple[Button, ...] = ()
    life: LifePanel | None = None


@dataclass(frozen=True)
class ChildTable:
    """Sub-records (members, agenda items …) on the page of their parent."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    add: Link | None
    empty: str
    grid: Link | None = None


@dataclass(frozen=True)
class TypedChange:
    """A cell of a table that is read in: what stands in the record, what was typed, and why it cannot be taken."""

    label: str
    old: str
    new: str
    error: str = ""


@dataclass(frozen=True)
class ImportRow:
    """A row of a table that is read in. ``state`` in words: neu, geändert, fehlerhaft; ``errors`` concern the row.

    ``asked`` are questions that whoever takes the table over answers with yes.
    """

    number: int
    state: str
    title: str
    cells: tuple[TypedChange, ...]
    errors: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(frozen=True)
class Piece:
    """A part of a text; changed where the other version does not have it."""

    text: str
    is_changed: bool


@dataclass(frozen=True)
class ConflictField:
    """A field in which two versions differ; ``mine`` is what was typed, ``theirs`` what was stored meanwhile.

    ``is_untouched``: the person had left the field as it was, so the stored value is the natural choice.
    """

    name: str
    label: str
    mine: str
    theirs: str
    theirs_pieces: tuple[Piece, ...]
    mine_pieces: tuple[Piece, ...]
    is_untouched: bool = False


@dataclass(frozen=True)
class Conflict:
    """Two versions of a record side by side (409). ``opened_version`` is the one that the person had opened first."""

    who: str
    when: str
    fields: tuple[ConflictField, ...] = field(default=())
    opened_version: int | str = 0
