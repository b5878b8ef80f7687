"""The table that somebody uploads: heads and rows as typed text, read in a process of its own (records.reading)."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import File

from records.reading.errors import Refused
from records.reading.service import read_sheet

MAX_BYTES = 5 * 1024 * 1024


class UnreadableTable(ValueError):
    """The file cannot be read as a table; ``str()`` is a German sentence."""


@dataclass(frozen=True)
class TypedCell:
    """What stands in a cell; ``problem`` says why it cannot be taken."""

    text: str = ""
    problem: str = ""


@dataclass(frozen=True)
class TypedRow:
    """A row with its number as the table shows it."""

    number: int
    cells: tuple[TypedCell, ...]


@dataclass
class TypedTable:
    """The heads of the first row that holds anything, and all rows below it that hold anything."""

    heads: list[str] = field(default_factory=list)
    rows: list[TypedRow] = field(default_factory=list)


def read_table(file: "File[bytes]") -> TypedTable:
    """Read an uploaded file by its content. Raises UnreadableTable."""
    if (file.size or 0) > MAX_BYTES:
        raise UnreadableTable("Die Datei ist zu groß. Möglich sind bis zu 5 MB.")
    file.seek(0)
    try:
        heads, rows = read_sheet(file.read())
    except Refused as error:
        raise UnreadableTable(str(error)) from error
    table = TypedTable(heads, [TypedRow(number, tuple(map(typed, cells))) for number, cells in rows])
    name_headless_columns(table)
    return table


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
