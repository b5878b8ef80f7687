"""What a cell of a table shows, and the sentences about cells that cannot be taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field

MAX_ROWS = 5000  # that hold anything, below the heads
MAX_COLUMNS = 100
MAX_CELL = 32_767  # characters; more does not fit into a cell of Excel
MAX_TEXT = 5_000_000  # characters of all cells
MAX_ABOVE = 30  # rows of titles and notes above the heads
LAST_ROW = 100_000  # nobody leaves more empty rows between

FORMULA = "Hier steht eine Formel. Tragen Sie den Wert selbst ein."
BROKEN_CELL = "Hier steht eine Fehlermeldung der Tabelle. Tragen Sie den Wert ein."
UNREADABLE = "Hier steht ein Zeichen, das sich nicht lesen ließ (\ufffd). Schreiben Sie den Text neu."
SHORTENED = "Die Tabelle hat hier eine lange Zahl gekürzt. Tragen Sie sie als Text ein, mit allen Ziffern."
LOST = frozenset({FORMULA, BROKEN_CELL, UNREADABLE, SHORTENED})  # nobody can say what it was for all cells alike
NO_YEAR = "Die Zelle zeigt kein Jahr; gespeichert ist in ihr {}. Schreiben Sie das Datum mit Jahr."
NOT_TEXT = "Die Tabelle hat hieraus ein Datum gemacht. Schreiben Sie, was gemeint ist, zum Beispiel {}."
TOO_MANY_ROWS = "Die Datei hat zu viele Zeilen. Teilen Sie sie auf; möglich sind 5 000 Zeilen."
NOTHING = "Die Datei enthält keine Einträge. Unter der Kopfzeile muss eine Zeile stehen."
TOO_WIDE = (
    "In Zeile {} steht etwas rechts von Spalte CV. Möglich sind 100 Spalten; löschen Sie, was nicht gebraucht wird."
)
TOO_LOW = "Weit unten, in Zeile {}, steht noch etwas. Löschen Sie die Zeilen unter Ihrer Tabelle."
TOO_LONG = "In Zeile {}, Spalte {} stehen mehr als 32 767 Zeichen. Kürzen Sie den Text."
TOO_MUCH_TEXT = "Die Tabelle enthält zu viel Text. Teilen Sie sie auf."
DAMAGED = "Die Datei lässt sich nicht lesen. Speichern Sie sie neu als XLSX und laden Sie sie noch einmal hoch."

MONTHS = ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")


@dataclass(frozen=True)
class Cell:
    """What a cell shows; ``problem`` says why it cannot be taken, ``shown`` and ``unfit`` are for columns of text."""

    text: str = ""
    problem: str = ""
    shown: str = ""
    unfit: str = ""

    def as_json(self) -> str | list[str]:
        """The text alone where nothing else is to say."""
        told = [self.text, self.problem, self.shown, self.unfit]
        while told and not told[-1]:
            told.pop()
        return self.text if len(told) < 2 else told


EMPTY = Cell()
Row = tuple[int, list[Cell]]
MOST_LOOKS = 1_000  # ways in which the rows of a sheet are coloured
MOST_MARKED = 10_000  # rows with merged cells, and hidden rows, that are told of a sheet


@dataclass
class Marks:
    """What is seen of a sheet beside its cells: by row what is merged sideways (first and last column), what is hidden.

    ``painted`` are rows by how they are coloured (equal colours, equal number), ``struck`` rows that are struck through
    as a whole and ``partly`` those of which only a cell is; ``hidden`` are rows, ``asleep`` columns, ``unseen`` names
    of other sheets of the file that are hidden and not read.
    Columns are counted from 0, rows are numbers as the sheet shows them.
    """

    spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    asleep: set[int] = field(default_factory=set)
    unseen: list[str] = field(default_factory=list)
    painted: dict[int, int] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    partly: set[int] = field(default_factory=set)
    has_comments: bool = False
    colours: dict[tuple[tuple[int, str], ...], int] = field(default_factory=dict)

    def merge(self, row: int, first: int, last: int) -> None:
        """Note cells that are merged sideways."""
        if first < last and len(self.spans) < MOST_MARKED:
            self.spans.setdefault(row, []).append((first, min(last, MAX_COLUMNS - 1)))

    def look(self, number: int, looks: Iterable[tuple[int, bool, str, bool]]) -> None:
        """Note how a row looks: by column whether its cell holds anything, its colour, and whether it is struck."""
        seen = list(looks)
        colours = tuple((column, colour) for column, _, colour, _ in seen if colour)
        if colours and len(self.painted) < MOST_MARKED and len(self.colours) < MOST_LOOKS:
            self.painted[number] = self.colours.setdefault(colours, len(self.colours) + 1)
        struck = [is_struck for _, holds, _, is_struck in seen if holds]
        if any(struck):
            (self.struck if all(struck) else self.partly).add(number)

    def hide(self, numbers: Iterable[int]) -> None:
        """Note hidden rows."""
        for number in numbers:
            if len(self.hidden) >= MOST_MARKED:
                return
            self.hidden.add(number)


Told = tuple[str, Iterable[Row], Marks]  # a sheet: its name, rows and marks


def checked(cell: Cell) -> Cell:
    """A cell with a sign that stands for what could not be read is not taken."""
    if "\ufffd" in cell.text and not cell.problem:
        return Cell(cell.text, UNREADABLE)
    return cell


def made_of(code: str) -> Cell:
    """A text of which a sheet makes a day without a year („01. Feb“): which code it was nobody can tell any more."""
    return Cell(code, "", code, NOT_TEXT.format(" oder ".join(f"„{text}“" for text in meant_by(code))))


def meant_by(code: str) -> list[str]:
    """What may have been typed where a sheet shows „01. Feb“ (1-2, 1.2) or „Mrz 12“ (3-12)."""
    first, second = code.replace(".", "").split(" ", 1)
    if first in MONTHS:
        return [f"{MONTHS.index(first) + 1}–{int(second)}", code]
    return [f"{int(first)}–{MONTHS.index(second) + 1}", f"{int(first)}.{MONTHS.index(second) + 1}"]
