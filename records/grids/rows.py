"""The rows of a grid: as they are stored, and as they were sent."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from records.grids.place import MOST_ROWS, GridPlace
from records.number_form import whole_text
from records.text import whole_number

MOST_FIELDS = 4500  # of a form; Django refuses 5000 (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
EMPTY, MORE = 6, 5  # rows to type into: at first, and with each „weitere Zeilen“
SHOWN_YEARS = 4  # columns of a series without records of its own rows


@dataclass
class Block:
    """The cells of one record as texts; ``uid`` and ``version`` of the stored one, ``theirs`` what others stored."""

    cells: dict[str, str]
    uid: str = ""
    version: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """Version and identifier as they travel in the page."""
        return f"{self.version}:{self.uid}" if self.uid else ""


@dataclass
class GridRow:
    """``label`` names a stored row; ``ticked``: to be deleted, or with ``Grid.each`` that it is there."""

    number: int
    own: Block
    values: dict[int, Block] = field(default_factory=dict)
    label: str = ""
    ticked: bool = False
    is_stored: bool = False
    problems: list[str] = field(default_factory=list)


@dataclass
class Across:
    """A column of a series; what is stored already is fixed, others can be typed."""

    text: str
    is_fixed: bool
    error: str = ""


@dataclass
class Rows:
    """Everything that stands in the table."""

    rows: list[GridRow]
    across: list[Across] = field(default_factory=list)
    more: int = 0  # stored rows that are not shown
    takes_total: bool = False  # the owner shall take the sum

    def total_of(self, name: str) -> int:
        """The sum of what was counted in a column."""
        counted = [row.own.cells[name] for row in self.rows if name not in row.own.errors]
        return sum(whole_number(whole_text(text)) or 0 for text in counted)


def stored_rows(place: GridPlace) -> Rows:
    """The rows as they are stored, and empty ones."""
    if place.grid.each:
        return Rows(
            choice_rows(place), takes_total=bool(place.total) and getattr(place.asked.owner, place.total) is None
        )
    found = record_rows(place) if place.has_own_records else shared_rows(place)
    add_empty(place, found, EMPTY)
    return found


def block_of(place: GridPlace, record: Any) -> Block:
    """The cells of a stored row."""
    cells = {name: place.values.cell(name, record) for name in place.columns}
    return Block(cells, record.uid, str(record.version))


def record_rows(place: GridPlace) -> Rows:
    """One row for each record, with its series beside it."""
    records = list(place.stored()[: MOST_ROWS + 1])
    rows = [
        GridRow(number, block_of(place, record), label=record.label, is_stored=True)
        for number, record in enumerate(records[:MOST_ROWS])
    ]
    found = Rows(rows, more=place.stored().count() - MOST_ROWS if len(records) > MOST_ROWS else 0)
    if place.series:
        by_row: dict[int, list[Any]] = defaultdict(list)
        for value in place.series_rows(records[:MOST_ROWS]):
            by_row[getattr(value, f"{place.row_field}_id")].append(value)
        note_values(place, found, [by_row[record.pk] for record in records[:MOST_ROWS]], most=0)
    return found


def shared_rows(place: GridPlace) -> Rows:
    """One row for what several records have in common: the indicator and the area of values of many years."""
    assert place.series is not None
    common = [name for name in place.kind.key if name != place.series.across]
    groups: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for record in place.stored():
        groups[tuple(place.values.stored(name, record) for name in common)].append(record)
    rows, shown = [], list(groups.values())[:MOST_ROWS]
    for number, records in enumerate(shown):
        last = max(records, key=lambda record: getattr(record, place.series.across))  # type: ignore[union-attr]
        names = (*place.columns, *place.series.taken_over)
        cells = {name: place.values.cell(name, last) for name in names}
        label = ", ".join(place.values.shown(name, place.values.stored(name, last)) for name in common)
        rows.append(GridRow(number, Block(cells), label=label, is_stored=True))
    found = Rows(rows, more=max(0, len(groups) - MOST_ROWS))
    note_values(place, found, shown, most=SHOWN_YEARS)
    return found


def note_values(place: GridPlace, found: Rows, records: list[list[Any]], most: int) -> None:
    """Put the values of each row into the columns of their years; ``most``: only so many of the latest."""
    assert place.series is not None
    values, signs = place.series_values()
    years = sorted({getattr(record, place.series.across) for row in records for record in row})[-most:]
    found.across = [Across(str(year), is_fixed=True) for year in years]
    first = years[-1] + 1 if years else timezone.localdate().year
    found.across += [Across(str(first + step), is_fixed=False) for step in range(1 if years else 2)]
    for row, stored in zip(found.rows, records, strict=True):
        for record in stored:
            year = getattr(record, place.series.across)
            if year in years:
                names = [*place.series.fields, *([place.series.signs] if place.series.signs else [])]
                cells = signs.joined({name: values.cell(name, record) for name in names})
                row.values[years.index(year)] = Block(cells, record.uid, str(record.version))
        fill_columns(place, row, len(found.across))


def fill_columns(place: GridPlace, row: GridRow, columns: int) -> None:
    """An empty value in each column that has none."""
    assert place.series is not None
    for column in range(columns):
        row.values.setdefault(column, Block(dict.fromkeys(place.series.fields, "")))


def choice_rows(place: GridPlace) -> list[GridRow]:
    """A row for each choice, stored or not."""
    stored = {place.values.cell(place.grid.each, record): record for record in place.stored()}
    rows = []
    for number, (code, label) in enumerate((place.values.choices(place.grid.each) or {}).items()):
        record = stored.get(code)
        own = block_of(place, record) if record else Block(dict.fromkeys(place.columns, ""))
        own.cells[place.grid.each] = code
        rows.append(GridRow(number, own, label=label, ticked=record is not None, is_stored=record is not None))
    return rows


def add_empty(place: GridPlace, found: Rows, count: int) -> None:
    """Rows to type into; their numbers go on counting."""
    name = place.grid.counted
    numbers = [number for row in found.rows if (number := whole_number(row.own.cells.get(name))) is not None]
    last = max(numbers, default=0)
    begin = len(found.rows)
    for step in range(min(count, most_rows(place, len(found.across)) - begin)):
        row = empty_row(place, begin + step, len(found.across))
        if name:
            row.own.cells[name] = str(last + step + 1)
        found.rows.append(row)


def most_rows(place: GridPlace, columns: int) -> int:
    """So many rows as one form can send."""
    values = columns * (len(place.series.fields) + 1) if place.series else 0
    return min(2 * MOST_ROWS, MOST_FIELDS // (len(place.columns) + 3 + values))


def empty_row(place: GridPlace, number: int, columns: int) -> GridRow:
    """A row to type into."""
    row = GridRow(number, Block({column: place.first.get(column, "") for column in place.columns}))
    if place.series:
        fill_columns(place, row, columns)
    return row


def sent_rows(place: GridPlace, post: QueryDict) -> Rows:
    """The rows as they were sent; cells that are missing are empty."""
    count = min(whole_number(post.get("zeilen")) or 0, 2 * MOST_ROWS)
    found = Rows([], more=whole_number(post.get("mehr-gespeichert")) or 0, takes_total="uebernehmen" in post)
    if place.series:
        columns = min(whole_number(post.get("spalten")) or 0, 50)
        found.across = [
            Across(clean(post, f"j{column}"), is_fixed=f"j{column}-fest" in post) for column in range(columns)
        ]
    labels = list((place.values.choices(place.grid.each) or {}).items()) if place.grid.each else []
    for number in range(len(labels) if place.grid.each else count):
        row = sent_row(place, post, number, len(found.across))
        if place.grid.each:
            row.own.cells[place.grid.each], row.label = labels[number]
        found.rows.append(row)
    return found


def sent_row(place: GridPlace, post: QueryDict, number: int, columns: int) -> GridRow:
    """One row."""
    prefix = f"z{number}"
    names = [*place.columns, *(place.series.taken_over if place.series and not place.has_own_records else ())]
    row = GridRow(number, sent_block(post, prefix, names), label=clean(post, f"{prefix}-name"))
    row.is_stored = bool(row.own.uid) or f"{prefix}-fest" in post
    row.ticked = f"{prefix}-haken" in post
    for column in range(columns):
        assert place.series is not None
        row.values[column] = sent_block(post, f"{prefix}-j{column}", list(place.series.fields))
    return row


def sent_block(post: QueryDict, prefix: str, names: list[str]) -> Block:
    """The cells of one record."""
    version, _, uid = clean(post, f"{prefix}-stand").partition(":")
    return Block({name: clean(post, f"{prefix}-{name}") for name in names}, uid, version)


def clean(post: QueryDict, name: str) -> str:
    """A sent text without what no database can hold."""
    return post.get(name, "").replace("\x00", "").replace("\r\n", "\n")


def is_wanted(place: GridPlace, row: GridRow) -> bool:
    """Whether a row says anything: it is stored, ticked as there, or something was typed into it."""
    if row.own.uid or (place.grid.each and row.ticked):
        return True
    return not place.is_blank(row.own.cells) or any(any(block.cells.values()) for block in row.values.values())
