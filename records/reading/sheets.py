"""Tables (XLSX, CSV) to rows of typed text, without trusting the file; formulas are never calculated.

Everything becomes the text that a person would have typed; what it means is decided in records.tables. A workbook is
counted (Sheet) before it is opened: what is too much of something has a sentence of its own.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, NoReturn

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import get_column_letter

from records.reading.errors import Refused
from records.reading.packages import Found, Watch, check_package

MAX_ROWS = 5000  # that hold anything
MAX_COLUMNS = 100
MAX_CELL = 32_767  # characters; more does not fit into a cell of Excel
MAX_TEXT = 5_000_000  # characters of all cells
LAST_ROW = 100_000  # nobody leaves more empty rows between
AMOUNTS = {  # of one part of the workbook
    "row": (LAST_ROW, "Ein Blatt hat mehr als 100 000 Zeilen, auch leere mit Format."),
    "c": (300_000, "Ein Blatt hat mehr als 300 000 Zellen, auch leere mit Format."),
    "f": (20_000, "Ein Blatt hat mehr als 20 000 Formeln."),
    "mergeCell": (2_000, "Ein Blatt hat mehr als 2 000 verbundene Zellen."),
    "r": (100_000, "Die Datei hat mehr als 100 000 einzeln formatierte Textstücke."),
    "rPh": (20_000, "Die Datei hat mehr als 20 000 Angaben zur Aussprache."),
    "si": (200_000, "Die Datei hat mehr als 200 000 verschiedene Texte."),
    "xf": (20_000, "Die Datei hat mehr als 20 000 Zellformate."),
    "definedName": (2_000, "Die Datei hat mehr als 2 000 benannte Bereiche."),
    "sheet": (200, "Die Datei hat mehr als 200 Blätter."),
}
COPY_ANEW = (
    "Kopieren Sie die Zeilen, die gebraucht werden, in eine neue Tabelle (nur die Werte) und laden Sie diese hoch."
)
FORMULA = "Hier steht eine Formel. Tragen Sie den Wert selbst ein."
BROKEN_CELL = "Hier steht eine Fehlermeldung der Tabelle. Tragen Sie den Wert ein."
DAMAGED = "Die Datei lässt sich nicht lesen. Speichern Sie sie neu als XLSX und laden Sie sie noch einmal hoch."
TOO_WIDE = (
    "In Zeile {} steht etwas rechts von Spalte CV. Möglich sind 100 Spalten; löschen Sie, was nicht gebraucht wird."
)
TOO_LOW = "Weit unten, in Zeile {}, steht noch etwas. Löschen Sie die Zeilen unter Ihrer Tabelle."
TOO_LONG = "In Zeile {}, Spalte {} stehen mehr als 32 767 Zeichen. Kürzen Sie den Text."
TOO_MUCH_TEXT = "Die Tabelle enthält zu viel Text. Teilen Sie sie auf."
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Cell = tuple[str, str]  # text and problem
Row = tuple[int, list[Cell]]


def table_of(content: bytes) -> list[Any]:
    """Heads and rows of an XLSX or CSV file; raises Refused. For the form see records.reading.service."""
    if content.startswith(b"PK"):
        return collected(xlsx_rows(content))
    if content.startswith(OLD_EXCEL):
        raise Refused(
            "Das ist eine Datei im alten Format XLS oder mit einem Kennwort. Speichern Sie sie als XLSX ohne Kennwort."
        )
    return collected(csv_rows(content))


def collected(rows: Iterable[Row]) -> list[Any]:
    """Heads and rows; raises Refused where there are none or too many."""
    heads: list[str] | None = None
    found: list[Any] = []
    length = 0
    for number, cells in rows:
        length += measured(number, cells)
        if length > MAX_TEXT:
            raise Refused(TOO_MUCH_TEXT)
        if heads is None:
            heads = [" ".join(text.split()) for text, _ in cells]
            continue
        if len(found) == MAX_ROWS:
            raise Refused("Die Datei hat zu viele Zeilen. Teilen Sie sie auf; möglich sind 5 000 Zeilen.")
        found.append([number, [list(cell) if cell[1] else cell[0] for cell in cells]])
    if heads is None or not found:
        raise Refused("Die Datei enthält keine Einträge. Unter der Kopfzeile muss eine Zeile stehen.")
    return [heads, found]


def measured(number: int, cells: list[Cell]) -> int:
    """The characters of a row; raises Refused where a cell has too many."""
    for column, (text, _) in enumerate(cells, start=1):
        if len(text) > MAX_CELL:
            raise Refused(TOO_LONG.format(number, get_column_letter(column)))
    return sum(len(text) for text, _ in cells)


class Sheet(Watch):
    """Counts what a workbook is made of, and finds what stands too far out."""

    def __init__(self, part: str, found: Found) -> None:
        super().__init__(part, found)
        self.is_sheet = part.startswith("xl/worksheets/")
        self.row = self.column = 0

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        limit = AMOUNTS.get(name)
        if limit and self.counts[name] > limit[0]:
            raise Refused(f"{limit[1]} {COPY_ANEW}")
        if not self.is_sheet:
            return
        if name == "row":
            self.row, self.column = number_in(attributes.get("r", ""), self.row + 1), 0
        elif name == "c":
            self.column = column_in(attributes.get("r", ""), self.column + 1)
        elif name in ("v", "is", "f"):
            self.refuse_far_out()

    def refuse_far_out(self) -> None:
        """A cell that holds something must stand in the table."""
        if self.column > MAX_COLUMNS:
            raise Refused(TOO_WIDE.format(self.row))
        if self.row > LAST_ROW:
            raise Refused(TOO_LOW.format(self.row))


def number_in(text: str, otherwise: int) -> int:
    """A row's own number, or the next one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def column_in(reference: str, otherwise: int) -> int:
    """The column of „XFD12“, or the next one."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        return otherwise
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def xlsx_rows(content: bytes) -> Iterator[Row]:
    """Rows of the first sheet that hold anything, with their numbers."""
    check_package(content, "xl/workbook.xml", Sheet)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=MAX_COLUMNS), start=1):
            if all(cell is EMPTY_CELL for cell in row):
                continue
            cells = [typed_cell(cell) for cell in row]
            if any(text for text, _ in cells):
                yield number, cells
    except (Refused, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file leads to
        damaged(error)


def damaged(error: Exception) -> NoReturn:
    """The sentence for a file that its reader does not understand."""
    raise Refused(DAMAGED) from error


def typed_cell(cell: Any) -> Cell:
    """A cell as the text that a person would have typed."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return str(value)[:200] if isinstance(value, str) else "=…", FORMULA
    if cell.data_type == "e":
        return str(value), BROKEN_CELL
    if isinstance(value, bool):
        return "ja" if value else "nein", ""
    if isinstance(value, float) and not isfinite(value):
        return str(value), BROKEN_CELL
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".replace(".", ","), ""
    if isinstance(value, datetime | date):
        return date_text(value, str(cell.number_format)), ""
    return str(value).strip(), ""


def date_text(value: date, number_format: str) -> str:
    """ISO form of an Excel date; a format without days („Aug 17“) means the month."""
    return f"{value:%Y-%m}" if "d" not in number_format.lower() else f"{value:%Y-%m-%d}"


def csv_rows(content: bytes) -> Iterator[Row]:
    """Rows of a CSV file in UTF-8 or, as Excel saves it in German, in Windows-1252; „Unicode-Text“ is UTF-16."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise Refused("Das ist keine Tabelle. Wählen Sie eine Datei im Format XLSX oder CSV.")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    csv.field_size_limit(len(text) + 1)  # a cell that is too long has a sentence of its own
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if any(value.strip() for value in row[MAX_COLUMNS:]):
                raise Refused(TOO_WIDE.format(number))
            cells = [(value.strip(), FORMULA if value.startswith("=") else "") for value in row[:MAX_COLUMNS]]
            if any(text for text, _ in cells):
                yield number, cells
    except csv.Error as error:
        damaged(error)
