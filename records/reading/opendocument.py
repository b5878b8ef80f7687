"""Sheets of LibreOffice and others (ODS): the file holds beside each value the text that its cell shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from records.reading.cells import (
    BROKEN_CELL,
    EMPTY,
    FORMULA,
    LAST_ROW,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    MONTHS,
    NO_YEAR,
    NOT_TEXT,
    TOO_LOW,
    TOO_MUCH_TEXT,
    TOO_WIDE,
    Cell,
    Marks,
    Row,
    Told,
    made_of,
)
from records.reading.errors import Refused
from records.reading.kinds_of_file import OTHER_DOCUMENT
from records.reading.packages import Found, Watch, check_package, read_xml, slices
from records.reading.shown import plain, rounded

CELLS = ("table-cell", "covered-table-cell")
ASIDE = ("annotation", "note", "ruby-text", "tracked-changes", "shapes")  # what stands over or behind the cells
ERROR = re.compile(r"#[A-ZÄÖÜ/!?0-9]+[!?]?|Err:\d{3}|#N/?[AV]")
PLAIN = frozenset(["transparent", "#000000", "#ffffff"])
YEAR = re.compile(r"\d{4}")
DAY = re.compile(
    r"\b\d{1,2}\.\s*(?:\d{1,2}\.?|[A-Za-zäÄ]{3,})|\b\d{1,2}/\d{1,2}/|\d{4}-\d{1,2}-\d{1,2}|\b\d{1,2} [A-Za-zä]{3,}"
)
SHORT_DAY = re.compile(r"\d{1,2}\.\s*(?:\d{1,2}\.|[A-Za-zäÄ]{3,9}\.?)\s*\d{2}")
SHORT_MONTH = re.compile(r"[A-Za-zäÄ]{3,9}\.?\s*\d{2}|\d{1,2}/\d{2}")


@dataclass
class Table:
    """A sheet that is being read; ``merged`` counts by column the rows below that show the same cell."""

    name: str
    is_hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    number: int = 0
    merged: dict[int, tuple[int, Cell]] = field(default_factory=dict)
    marks: Marks = field(default_factory=Marks)
    columns: int = 0


class Content(Watch):
    """Reads content.xml once and keeps the cells of its tables."""

    def __init__(self, part: str, found: Found) -> None:
        super().__init__(part, found)
        self.is_content = part == "content.xml"
        self.tables: list[Table] = []
        self.hidden: set[str] = set()
        self.style = ""
        self.aside = self.inside = self.length = 0
        self.cells: list[Cell] = []
        self.text: list[str] = []
        self.cell: dict[str, str] = {}
        self.column = self.repeated = 0
        self.is_asleep = False
        self.looks: dict[str, tuple[str, bool]] = {}
        self.seen: list[tuple[int, bool, str, bool]] = []
        if self.is_content:
            found.noted[part] = self
            self.parser.CharacterDataHandler = self._characters

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.is_content:
            return
        if name in ASIDE:
            self.aside += 1
            if name == "annotation" and self.tables:
                self.tables[-1].marks.has_comments = True
        if self.aside:
            return
        said = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "style" or name.endswith("-properties"):
            self._note_style(name, said)
        elif name == "table":
            self.inside += 1
            if self.inside == 1:
                self.tables.append(Table(said.get("name", ""), said.get("style-name", "") in self.hidden))
        elif self.inside == 1:
            self._in_table(name, said)

    def _note_style(self, name: str, said: dict[str, str]) -> None:
        if name == "style":
            self.style = said.get("name", "")
        elif name == "table-properties" and said.get("display") == "false":
            self.hidden.add(self.style)
        if name not in ("table-cell-properties", "text-properties"):
            return
        before, struck = self.looks.get(self.style, ("", False))
        colours = [said[key] for key in ("background-color", "color") if said.get(key, "transparent") not in PLAIN]
        struck = struck or said.get("text-line-through-style", "none") != "none"
        self.looks[self.style] = " ".join(filter(None, [before, *colours])), struck

    def _in_table(self, name: str, said: dict[str, str]) -> None:
        if name == "table-row":
            self.cells, self.seen, self.column = [], [], 0
            self.repeated = count(said, "number-rows-repeated")
            self.is_asleep = said.get("visibility") in ("collapse", "filter")
        elif name == "table-column":
            table, first = self.tables[-1], self.tables[-1].columns
            table.columns += count(said, "number-columns-repeated")
            if said.get("visibility") in ("collapse", "filter"):
                table.marks.asleep |= set(range(first, min(table.columns, MAX_COLUMNS)))
        elif name in CELLS:
            self.cell, self.text = said, []
        elif name == "p" and self.text:
            self.text.append("\n")
        elif name == "s":
            self.text.append(" " * min(count(said, "c"), 100))
        elif name in ("tab", "line-break"):
            self.text.append("\t" if name == "tab" else "\n")

    def _characters(self, text: str) -> None:
        if self.inside == 1 and not self.aside and self.cell:
            self.text.append(text)
            self.length += len(text)
            if self.length > MAX_TEXT:
                raise Refused(TOO_MUCH_TEXT)

    def _end(self, full: str) -> None:
        super()._end(full)
        name = full.rpartition(" ")[2]
        if not self.is_content:
            return
        if name in ASIDE:
            self.aside -= 1
        elif self.aside:
            return
        elif name == "table":
            self.inside -= 1
        elif self.inside == 1 and name in CELLS:
            self._end_cell(name == "covered-table-cell")
        elif self.inside == 1 and name == "table-row":
            self._end_row()

    def _end_cell(self, is_covered: bool) -> None:
        said, table = self.cell, self.tables[-1]
        cell = EMPTY if is_covered else shown_cell(said, "".join(self.text).strip())
        self.cell, times = {}, count(said, "number-columns-repeated")
        if cell.text and self.column + times > MAX_COLUMNS:
            raise Refused(TOO_WIDE.format(table.number + 1))
        look = self.looks.get(said.get("style-name", ""), ("", False))
        for column in range(self.column, min(self.column + times, MAX_COLUMNS)):
            self.seen.append((column, bool(cell.text), *look))
            below, same = table.merged.pop(column, (0, EMPTY))
            if is_covered and below:
                self.cells.append(same)
                table.merged[column] = (below - 1, same)
            else:
                self.cells.append(cell)
            table.marks.merge(table.number + 1, column, column + count(said, "number-columns-spanned") - 1)
            spanned = count(said, "number-rows-spanned")
            if spanned > 1 and not is_covered:
                table.merged[column] = (min(spanned - 1, MAX_ROWS), cell)
        self.column += times

    def _end_row(self) -> None:
        table, holds = self.tables[-1], any(cell.text for cell in self.cells)
        if holds and table.number + self.repeated > LAST_ROW:
            raise Refused(TOO_LOW.format(table.number + 1))
        if holds and len(table.rows) <= MAX_ROWS + 100:  # what is more is refused where the sheet is chosen
            numbers = range(table.number + 1, table.number + 1 + min(self.repeated, MAX_ROWS + 100))
            table.rows += [(number, self.cells) for number in numbers]
            if self.is_asleep:
                table.marks.hide(numbers)
            for number in numbers:
                table.marks.look(number, self.seen)
        table.number += self.repeated


def count(said: dict[str, str], name: str) -> int:
    """How often; once where nothing is said."""
    text = said.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 else 1


def sheets(content: bytes) -> Iterator[Told]:
    """The sheets that a person sees; raises Refused."""
    read: Content = found_in(content).noted["content.xml"]
    if not read.tables or read.counts["spreadsheet"] == 0:
        raise Refused(OTHER_DOCUMENT)
    unseen = [table.name for table in read.tables if table.is_hidden and table.rows]
    for table in read.tables:
        if not table.is_hidden:
            table.marks.unseen = unseen
            yield table.name, table.rows, table.marks


def found_in(content: bytes) -> Found:
    """What the content of the document holds; a flat one (FODS) is nothing else."""
    if content.startswith(b"PK"):
        return check_package(content, "content.xml", Content)
    found = Found()
    read_xml(slices(memoryview(content)), Content("content.xml", found), must_be_whole=True)
    return found


def shown_cell(said: dict[str, str], shown: str) -> Cell:
    """A cell with its value, at the precision that it shows."""
    kind = said.get("value-type", "")
    if ERROR.fullmatch(shown) and (said.get("formula") or kind in ("", "string", "float")):
        return Cell(shown, BROKEN_CELL)
    if not kind and said.get("formula") and not shown:
        return Cell("=…", FORMULA)
    if kind == "date":
        return date_cell(said.get("date-value", "")[:10], shown)
    if kind == "boolean":
        return Cell("ja" if said.get("boolean-value") == "true" else "nein")
    if kind in ("float", "currency", "percentage"):
        return number_cell(said.get("value", ""), shown, is_percent=kind == "percentage")
    return Cell(shown or said.get("string-value", ""))


def number_cell(value: str, shown: str, *, is_percent: bool) -> Cell:
    """The exact number; zeros before it where it is a code."""
    try:
        number = Decimal(value) if len(value) < 60 else Decimal("NaN")
    except InvalidOperation:
        return Cell(shown)
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return Cell(shown, BROKEN_CELL)
    if shown.isdigit() and shown.startswith("0") and len(shown) > 1:
        return Cell(shown)
    exact, sign = (number * 100, " %") if is_percent else (number, "")
    text, digits = f"{plain(exact)}{sign}", re.sub(r"\D", "", shown)
    readings = (rounded(exact, places) for places in range(12))
    found = next((each for each in readings if re.sub(r"\D", "", f"{each:f}") == digits), None)
    said = text if found is None else f"{plain(found)}{sign}"
    return Cell(text, "", "" if said == text else said)


def date_cell(iso: str, shown: str) -> Cell:
    """A day at the precision of what the cell shows."""
    if not shown or re.fullmatch(r"\d{4}-\d\d-\d\d", shown):
        return Cell(iso, "", shown or iso)
    has_year = YEAR.search(shown) or SHORT_DAY.search(shown) or SHORT_MONTH.fullmatch(shown)
    if not has_year:
        told = NO_YEAR.format(".".join(reversed(iso.split("-"))))
        is_code = re.fullmatch(rf"\d\d\. (?:{'|'.join(MONTHS)})", shown)
        return Cell(shown, told, shown, made_of(shown).unfit if is_code else NOT_TEXT.format(f"„{shown}“"))
    if DAY.search(shown) or SHORT_DAY.search(shown):
        return Cell(iso, "", shown)
    return Cell(iso[:4] if re.fullmatch(r"\d{4}", shown) else iso[:7], "", shown)
