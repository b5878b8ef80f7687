"""Reading a table somebody uploads: XLSX or CSV to rows of typed text, without trusting the file.

An XLSX file is opened only after its directory was checked (number and unpacked size of its parts); formulas are never
calculated. Everything becomes the text that a person would have typed; what it means is decided in table_values.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import get_column_letter

from records.uploads import check_upload

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 100
LAST_ROW = 100_000  # nobody leaves more empty rows between
FORMULA = "Hier steht eine Formel. Tragen Sie den Wert selbst ein."
BROKEN_CELL = "Hier steht eine Fehlermeldung der Tabelle. Tragen Sie den Wert ein."
DAMAGED = "Die Datei lässt sich nicht lesen. Speichern Sie sie neu als XLSX und laden Sie sie noch einmal hoch."
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


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
    content = file.read()
    if content.startswith(b"PK"):
        return collect(xlsx_rows(content))
    if content.startswith(OLD_EXCEL):
        raise UnreadableTable("Das ist eine Datei im alten Format XLS. Speichern Sie sie als XLSX.")
    return collect(csv_rows(content))


def collect(rows: Iterable[tuple[int, list[TypedCell]]]) -> TypedTable:
    """Heads and rows; raises UnreadableTable where there are none or too many."""
    table = TypedTable()
    for number, cells in rows:
        if not table.heads:
            table.heads = [" ".join(cell.text.split()) for cell in cells]
            continue
        if len(table.rows) == MAX_ROWS:
            raise UnreadableTable("Die Datei hat zu viele Zeilen. Teilen Sie sie auf; möglich sind 5 000 Zeilen.")
        table.rows.append(TypedRow(number, tuple(cells)))
    if not table.rows:
        raise UnreadableTable("Die Datei enthält keine Einträge. Unter der Kopfzeile muss eine Zeile stehen.")
    name_headless_columns(table)
    return table


def name_headless_columns(table: TypedTable) -> None:
    """A column without head that holds something gets its letter, so that it can be named as unknown."""
    width = max(len(row.cells) for row in table.rows)
    table.heads += [""] * (width - len(table.heads))
    for index, head in enumerate(table.heads):
        if not head and any(len(row.cells) > index and row.cells[index].text for row in table.rows):
            table.heads[index] = f"Spalte {get_column_letter(index + 1)}"


def xlsx_rows(content: bytes) -> Iterator[tuple[int, list[TypedCell]]]:
    """Rows of the first sheet that hold anything, with their numbers."""
    try:
        check_upload(File(io.BytesIO(content), name="tabelle.xlsx"))
    except ValidationError as error:
        raise UnreadableTable(error.messages[0]) from error
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=MAX_COLUMNS), start=1):
            if all(cell is EMPTY_CELL for cell in row):
                continue
            cells = [typed_cell(cell) for cell in row]
            if any(cell.text for cell in cells):
                yield number, cells
    except UnreadableTable:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file leads to
        raise UnreadableTable(DAMAGED) from error


def typed_cell(cell: Any) -> TypedCell:
    """A cell as the text that a person would have typed."""
    value = cell.value
    if value is None:
        return TypedCell()
    if cell.data_type == "f":
        return TypedCell(str(value)[:200] if isinstance(value, str) else "=…", FORMULA)
    if cell.data_type == "e":
        return TypedCell(str(value), BROKEN_CELL)
    if isinstance(value, bool):
        return TypedCell("ja" if value else "nein")
    if isinstance(value, float):
        return TypedCell(f"{Decimal(f'{value:.15g}'):f}".replace(".", ","))
    if isinstance(value, datetime | date):
        return TypedCell(date_text(value, str(cell.number_format)))
    return TypedCell(str(value).strip())


def date_text(value: date, number_format: str) -> str:
    """ISO form of an Excel date; a format without days („Aug 17“) means the month."""
    return f"{value:%Y-%m}" if "d" not in number_format.lower() else f"{value:%Y-%m-%d}"


def csv_rows(content: bytes) -> Iterator[tuple[int, list[TypedCell]]]:
    """Rows of a CSV file in UTF-8 or, as Excel saves it in German, in Windows-1252."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise UnreadableTable("Das ist keine Tabelle. Wählen Sie eine Datei im Format XLSX oder CSV.")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            cells = [TypedCell(value.strip(), FORMULA if value.startswith("=") else "") for value in row[:MAX_COLUMNS]]
            if any(cell.text for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise UnreadableTable(DAMAGED) from error
