"""Tables (XLSX, ODS, CSV) to rows of what their cells show, without trusting the file; formulas are never calculated.

Everything becomes the text that a person would have typed; what it means is decided in records.tables. A cell is a
list: its text; why it cannot be taken; how a text column reads it where that is another way (a day as „22. Aug 17“);
and why a text column cannot take it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from records.reading import opendocument, plain, workbooks
from records.reading.cells import (
    DAMAGED,
    MAX_ABOVE,
    MAX_CELL,
    MAX_ROWS,
    MAX_TEXT,
    NOTHING,
    TOO_LONG,
    TOO_MANY_ROWS,
    TOO_MUCH_TEXT,
    Cell,
    Marks,
    Row,
    Told,
    checked,
)
from records.reading.errors import Refused
from records.reading.kinds_of_file import OPENDOCUMENT, WORKBOOK, kind_of_content


@dataclass
class TextCount:
    """How much text was read so far."""

    length: int = 0

    def add(self, number: int, cells: list[Cell]) -> None:
        """Count a row; raises Refused where a cell or all together have too many characters."""
        for column, cell in enumerate(cells, start=1):
            if len(cell.text) > MAX_CELL:
                raise Refused(TOO_LONG.format(number, get_column_letter(column)))
            self.length += len(cell.text)
        if self.length > MAX_TEXT:
            raise Refused(TOO_MUCH_TEXT)


@dataclass
class Sheet:
    """A sheet that a person sees: its name and what its rows hold; ``refused`` says why it is not read to its end.

    For all that follows see records.reading.cells.Marks.
    """

    name: str
    rows: list[Any] = field(default_factory=list)
    refused: str = ""
    spans: list[Any] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    asleep: list[int] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    painted: list[Any] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    partly: list[int] = field(default_factory=list)
    has_comments: bool = False

    def take(self, rows: Iterable[Row], marks: Marks, measure: TextCount) -> "Sheet":
        """Keep the rows that hold anything; what a table cannot hold is said when this sheet is chosen."""
        for number, cells in rows:
            if not any(cell.text for cell in cells):
                continue
            measure.add(number, cells)
            if len(self.rows) > MAX_ROWS + MAX_ABOVE:
                self.refused = TOO_MANY_ROWS
                break
            while not cells[-1].text:
                cells = cells[:-1]
            self.rows.append([number, [checked(cell).as_json() for cell in cells]])
        held = {number for number, _ in self.rows}
        self.spans = [[number, *marks.spans[number]] for number in sorted(held & marks.spans.keys())]
        self.hidden, self.asleep = sorted(held & marks.hidden), sorted(marks.asleep)
        self.painted = [[number, key] for number, key in sorted(marks.painted.items()) if number in held]
        self.struck, self.partly = sorted(held & marks.struck), sorted(held & marks.partly)
        self.unseen, self.has_comments = marks.unseen, marks.has_comments
        return self


def sheets_of(content: bytes) -> list[dict[str, Any]]:
    """The sheets of a table file that hold anything; raises Refused. For the form see records.reading.service."""
    readers: dict[str, Callable[[bytes], Iterable[Told]]] = {
        WORKBOOK: workbooks.sheets,
        OPENDOCUMENT: opendocument.sheets,
    }
    reader = readers.get(kind_of_content(content)) or plain.sheets
    measure, found = TextCount(), []
    try:
        for name, rows, marks in reader(content):
            sheet = Sheet(name).take(rows, marks, measure)
            if sheet.rows:
                found.append(sheet.__dict__)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file leads to
        raise Refused(DAMAGED) from error
    if all(len(sheet["rows"]) < 2 for sheet in found):
        raise Refused(NOTHING)
    return found
