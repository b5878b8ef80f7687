"""The table that somebody uploads: rows of what its cells show, read in a process of its own (records.reading)."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.files.base import File

from accounts.confined.service import PATIENCE as PLACE
from records.reading.errors import Refused
from records.reading.service import read_sheets as sheets_of
from records.tables.head_rows import Line, heads_of

MAX_ROWS = 5000
TOO_MANY_ROWS = "Die Datei hat zu viele Zeilen. Teilen Sie sie auf; möglich sind 5 000 Zeilen."
NOTHING = "Die Datei enthält keine Einträge. Unter der Kopfzeile muss eine Zeile stehen."
MAX_BYTES = 5 * 1024 * 1024


class UnreadableTable(ValueError):
    """The file cannot be read as a table; ``str()`` is a German sentence."""


class TypedCell(NamedTuple):
    """What stands in a cell; ``problem`` says why it cannot be taken.

    A column of text reads it as ``shown`` where that is said, and ``unfit`` is why it cannot. A tuple, because a
    table has 300 000 of them.
    """

    text: str = ""
    problem: str = ""
    shown: str = ""
    unfit: str = ""


class TypedRow(NamedTuple):
    """A row with its number as the table shows it."""

    number: int
    cells: tuple[TypedCell, ...]


@dataclass(frozen=True)
class TypedSheet:
    """A sheet with the rows that hold anything; ``refused`` says why it was not read to its end."""

    name: str
    rows: list[TypedRow]
    refused: str = ""
    spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    asleep: frozenset[int] = frozenset()
    unseen: tuple[str, ...] = ()
    painted: dict[int, int] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()
    partly: frozenset[int] = frozenset()
    has_comments: bool = False
    is_turned: bool = False
    beside: int = 0

    @classmethod
    def of(cls, told: dict[str, Any]) -> "TypedSheet":
        """A sheet as the reading process tells it, and as it is kept."""
        rows = [TypedRow(number, tuple(map(typed, cells))) for number, cells in told["rows"]]
        spans = {number: [(begin, end) for begin, end in found] for number, *found in told.get("spans", ())}
        held = {name: frozenset(told.get(name, ())) for name in ("hidden", "asleep", "struck", "partly")}
        return cls(
            told["name"],
            rows,
            told["refused"],
            spans,
            unseen=tuple(told.get("unseen", ())),
            painted=dict(told.get("painted", ())),
            has_comments=bool(told.get("has_comments")),
            is_turned=bool(told.get("is_turned")),
            beside=int(told.get("beside", 0)),
            **held,
        )

    def table(self, head: int = 0) -> "TypedTable":
        """The table whose heads stand in that row (by its place). Raises UnreadableTable."""
        lines = [Line(row.number, texts_of(row), self.spans.get(row.number, ())) for row in self.rows[: head + 3]]
        heads, first, last = heads_of(lines, head)
        below = self.rows[last + 1 :]
        if self.refused or len(below) > MAX_ROWS:
            raise UnreadableTable(self.refused or TOO_MANY_ROWS)
        if not below:
            raise UnreadableTable(NOTHING)
        said = [line.texts for line in lines[first : last + 1]]
        table = TypedTable(heads, below, [heads, *said], self.spans, self.hidden, self.asleep, self.struck)
        name_headless_columns(table)
        return table


@dataclass
class TypedTable:
    """The heads, and all rows below them that hold anything.

    ``lines`` are the heads as they stand, in one row or two; for the others see records.reading.cells.Marks.
    """

    heads: list[str] = field(default_factory=list)
    rows: list[TypedRow] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    asleep: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()


def read_sheets(file: "File[bytes]", place: float = PLACE) -> list[dict[str, Any]]:
    """The sheets of an uploaded file, read by its content, as TypedSheet.of takes them. Raises UnreadableTable."""
    if (file.size or 0) > MAX_BYTES:
        raise UnreadableTable("Die Datei ist zu groß. Möglich sind bis zu 5 MB.")
    file.seek(0)
    try:
        found: list[dict[str, Any]] = sheets_of(file.read(), place)
    except Refused as error:
        raise UnreadableTable(str(error)) from error
    return found


def read_table(file: "File[bytes]") -> TypedTable:
    """The first sheet, whose first row are the heads, for forms of the house. Raises UnreadableTable."""
    return TypedSheet.of(read_sheets(file)[0]).table()


def texts_of(row: TypedRow) -> list[str]:
    """What the cells of a row of heads say, in one line each."""
    return [" ".join((cell.shown or cell.text).split()) for cell in row.cells]


def typed(cell: Any) -> TypedCell:
    """A cell as the reading process tells it: its text, or text and problem."""
    return TypedCell(cell) if isinstance(cell, str) else TypedCell(*cell)


def name_headless_columns(table: TypedTable) -> None:
    """A column without head that holds something gets its letter, so that it can be named as unknown."""
    width = max(len(row.cells) for row in table.rows)
    table.heads += [""] * (width - len(table.heads))
    for index, head in enumerate(table.heads):
        if not head and any(len(row.cells) > index and row.cells[index].text for row in table.rows):
            table.heads[index] = f"Spalte {letter(index)}"


def letter(index: int) -> str:
    """The letter of a column, counted from 0: A to Z, AA to CV."""
    tens, ones = divmod(index, 26)
    return (chr(ord("A") + tens - 1) if tens else "") + chr(ord("A") + ones)
