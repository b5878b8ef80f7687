"""Workbooks (XLSX): what their cells show. A workbook is counted (Parts) before openpyxl opens it."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from records.reading.cells import (
    BROKEN_CELL,
    EMPTY,
    FORMULA,
    LAST_ROW,
    MAX_COLUMNS,
    SHORTENED,
    TOO_LOW,
    TOO_WIDE,
    Cell,
    Marks,
    Row,
    Told,
)
from records.reading.errors import Refused
from records.reading.packages import Found, Watch, check_package
from records.reading.shown import date_cell, number_text

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
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # a sign that XML cannot hold, or „_“ itself
TRUE = ("1", "true")
COMMENTS = re.compile(r"^xl/(?:comments\d*|comments/.+|threadedComments/.+)\.xml$", re.IGNORECASE)
PLAIN = ("000000", "FFFFFF")
PLAIN_NUMBERS = {("theme", "0"), ("theme", "1"), *(("indexed", number) for number in ("8", "9", "64", "65"))}
EXACT = 10**15  # sheets keep fifteen digits
MOST_SHEETS = 20
Place = tuple[int, int]  # row and column


class Parts(Watch):
    """Counts what a workbook is made of, finds what stands too far out, and notes what openpyxl does not tell.

    Noted of a sheet: ``formulas`` by place, where the file holds no result, and ``merged`` ranges.
    """

    def __init__(self, part: str, found: Found) -> None:
        super().__init__(part, found)
        self.is_sheet = part.startswith("xl/worksheets/")
        self.row = self.column = 0
        self.formulas: dict[Place, str] = {}
        self.inside = ""
        self.marks = Marks()
        self.merged: list[str] = []
        if self.is_sheet:
            found.noted[part] = self

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        limit = AMOUNTS.get(name)
        if limit and self.counts[name] > limit[0]:
            raise Refused(f"{limit[1]} {COPY_ANEW}")
        if not self.is_sheet:
            return
        if name == "row":
            self.row, self.column = number_in(attributes.get("r", ""), self.row + 1), 0
            if attributes.get("hidden") in TRUE:
                self.marks.hide([self.row])
        elif name == "col" and attributes.get("hidden") in TRUE:
            first, last = (number_in(attributes.get(side, ""), 0) for side in ("min", "max"))
            self.marks.asleep |= set(range(max(0, first - 1), min(last, MAX_COLUMNS)))
        elif name == "c":
            self.column = column_in(attributes.get("r", ""), self.column + 1)
            self.inside = ""
        elif name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif name in ("v", "is", "f"):
            self.refuse_far_out()
            self._note(name)

    def _note(self, name: str) -> None:
        self.inside = name
        if name == "f":
            self.formulas[self.row, self.column] = "="
            self.parser.CharacterDataHandler = (
                self._characters
            )  # never changed by itself: the parser would call it again

    def _characters(self, text: str) -> None:
        place = (self.row, self.column)
        if self.inside == "f":
            self.formulas[place] = f"{self.formulas[place]}{text}"[:200]
        elif self.inside:
            self.formulas.pop(place, None)

    def _end(self, full: str) -> None:
        super()._end(full)
        if full.endswith((" f", " v", " is")):
            self.inside = ""

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


def sheets(content: bytes) -> Iterator[Told]:
    """The sheets that a person sees, one after the other; raises Refused."""
    found = check_package(content, "xl/workbook.xml", Parts)
    noted, has_comments = found.noted, any(COMMENTS.search(part) for part in found.counts)
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False, data_only=True)
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    unseen = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"][:MOST_SHEETS]
    looks = Looks(book)
    for sheet in seen[:MOST_SHEETS]:
        parts = noted.get(sheet._worksheet_path.lstrip("/"))
        marks = marks_of(parts)
        marks.unseen, marks.has_comments = unseen, has_comments
        yield sheet.title, rows(sheet, parts, marks, looks), marks


def marks_of(parts: Parts | None) -> Marks:
    """What is hidden in a sheet, and what is merged sideways in it."""
    if parts is None:
        return Marks()
    for text in parts.merged:
        with suppress(ValueError, TypeError):
            left, top, right, _ = range_boundaries(text)
            parts.marks.merge(top or 0, (left or 1) - 1, (right or 1) - 1)
    return parts.marks


class Looks:
    """How cells look: their colour, of the ground or of the writing, and whether they are struck through."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.known: dict[int, tuple[str, bool]] = {}

    def of(self, cell: Any) -> tuple[str, bool]:
        """The look of a cell; cells of one format are asked once."""
        style = getattr(cell, "_style_id", 0)
        if style not in self.known:
            self.known[style] = self._look(style) if style else ("", False)
        return self.known[style]

    def _look(self, style: int) -> tuple[str, bool]:
        try:
            told = self.book._cell_styles[style]
            ground, font = self.book._fills[told.fillId], self.book._fonts[told.fontId]
        except (IndexError, AttributeError):
            return "", False
        solid = getattr(ground, "fill_type", None) not in (None, "none")
        colours = [colour_of(ground.fgColor) if solid else "", colour_of(font.color)]
        return " ".join(filter(None, colours)), bool(font.strike)


def colour_of(colour: Any) -> str:
    """A colour that somebody chose; empty for black, white and what the program takes by itself."""
    if colour is None or colour.type == "auto":
        return ""
    value = str(getattr(colour, colour.type))
    is_plain = value[-6:].upper() in PLAIN if colour.type == "rgb" else (colour.type, value) in PLAIN_NUMBERS
    return "" if is_plain and not colour.tint else f"{colour.type}{value}{colour.tint or ''}"


def rows(sheet: Any, parts: Parts | None, marks: Marks, looks: Looks) -> Iterator[Row]:
    """Rows of a sheet; cells that are merged downwards all show the value of the uppermost."""
    formulas = parts.formulas if parts else {}
    below = merged_down(parts.merged if parts else [])
    above: dict[Place, Cell] = {}
    tops = set(below.values())
    for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=MAX_COLUMNS), start=1):
        cells = []
        for column, raw in enumerate(row, start=1):
            place = (number, column)
            cell = Cell(formulas[place], FORMULA) if place in formulas else typed_cell(raw)
            if place in tops:
                above[place] = cell
            cells.append(above.get(below[place], EMPTY) if place in below else cell)
        marks.look(number, ((column, raw.value is not None, *looks.of(raw)) for column, raw in enumerate(row)))
        yield number, cells


def merged_down(ranges: list[str]) -> dict[Place, Place]:
    """Places that show what stands at the top of their range."""
    found: dict[Place, Place] = {}
    for text in ranges:
        try:
            left, top, _, bottom = range_boundaries(text)
        except (ValueError, TypeError):
            continue
        if not (left and top and bottom) or bottom - top > 5000 or len(found) > LAST_ROW:
            continue
        found |= {(row, left): (top, left) for row in range(top + 1, bottom + 1)}
    return found


def typed_cell(cell: Any) -> Cell:
    """A cell as the text that a person would have typed."""
    value = cell.value
    if value is None:
        return EMPTY
    if isinstance(value, str):
        if cell.data_type == "e":
            return Cell(value, BROKEN_CELL)
        return Cell(unescaped(value).strip())
    if isinstance(value, bool):
        return Cell("ja" if value else "nein")
    if isinstance(value, datetime | date):
        return date_cell(value, str(cell.number_format))
    if isinstance(value, time):
        return Cell(f"{value:%H:%M}")
    if isinstance(value, timedelta):
        hours, minutes = divmod(round(value.total_seconds() / 60), 60)
        return Cell(f"{hours}:{minutes:02d}")
    return number_cell(value, str(cell.number_format))


def unescaped(text: str) -> str:
    """A text with the signs that OOXML writes as „_x000D_“; what is no sign is marked as unreadable."""
    if "_x" not in text:
        return text
    made = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return made.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "")


def number_cell(value: float, number_format: str) -> Cell:
    """A number as it was typed; one that the sheet has shortened is no text any more."""
    if not isfinite(value):
        return Cell(str(value), BROKEN_CELL)
    text, shown = number_text(Decimal(repr(value)), number_format)
    return Cell(text, "", text, SHORTENED) if abs(value) >= EXACT else Cell(text, "", "" if shown == text else shown)
