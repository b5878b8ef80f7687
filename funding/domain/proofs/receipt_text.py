"""A list of receipts as a Träger pastes it from a spreadsheet: lines into receipts, and what cannot be read in words.

Nothing is guessed: an amount with two readings, a day that there is not, a position that nobody decided are named with
their line. What the rule R11 marks (outside the period, without number, doubled) is not wrong and is not said here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.date_words import Asked, read_day
from funding.models import DecidedCost
from records.amounts import Amount, read_euro, written
from records.text import fold

HEADS = ("Belegnummer", "Bezahlt am", "Empfänger", "Grund", "Ausgabe", "Betrag")
ALIASES = {
    "belegnummer": 0,
    "beleg": 0,
    "nr": 0,
    "nummer": 0,
    "beleg-nr": 0,
    "belegnr": 0,
    "bezahlt am": 1,
    "tag": 1,
    "datum": 1,
    "zahlungsdatum": 1,
    "empfänger": 2,
    "zahlungsempfänger": 2,
    "empfänger/einzahler": 2,
    "grund": 3,
    "grund der zahlung": 3,
    "zweck": 3,
    "verwendungszweck": 3,
    "ausgabe": 4,
    "position": 4,
    "kostenart": 4,
    "anerkannte ausgabe": 4,
    "betrag": 5,
    "einzelbetrag": 5,
    "betrag (euro)": 5,
    "betrag in euro": 5,
}
MOST_LINES = 500
LONGEST = {0: 40, 2: 160, 3: 200}  # characters of the columns
TOO_MANY = f"Die Liste hat mehr als {MOST_LINES} Zeilen. Teilen Sie sie, oder reichen Sie sie als Datei ein."
COLUMNS = "Erwartet werden 6 Spalten: " + ", ".join(HEADS) + "."


@dataclass(frozen=True)
class TypedReceipt:
    """A receipt as it was read. ``cost`` is the key of the position, None where none was named."""

    number: str
    paid_on: date | None
    payee: str
    purpose: str
    cost: int | None
    amount: Decimal


@dataclass(frozen=True)
class Line:
    """A line of the text: its cells, the receipt, or why there is none."""

    place: int
    cells: tuple[str, ...]
    receipt: TypedReceipt | None
    faults: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """The cells with the heads of their columns."""
        return tuple(zip(HEADS, self.cells, strict=False))


def read_receipts(text: str, costs: Sequence[DecidedCost]) -> tuple[Line, ...]:
    """Every line that says something. Cells are parted by tabs, else by semicolons; a first line of heads is obeyed."""
    raw = [(place, line) for place, line in enumerate(text.splitlines(), 1) if line.strip(" \t;")]
    split = [
        (place, [cell.strip().strip('"') for cell in re.split("\t" if "\t" in line else ";", line)])
        for place, line in raw
    ]
    order = list(range(len(HEADS)))
    if split and (found := heads_of(split[0][1])) is not None:
        order, split = found, split[1:]
    if len(split) > MOST_LINES:
        return (Line(split[MOST_LINES][0], (), None, (TOO_MANY,)),)
    return tuple(read_line(place, cells, order, costs) for place, cells in split)


def heads_of(cells: Sequence[str]) -> list[int] | None:
    """Which column each cell is, where the line names columns; −1 for one that is not known."""
    known = {fold(head): place for head, place in ALIASES.items()}
    places = [known.get(fold(re.sub(r"[.:*]", "", cell)).strip(), -1) for cell in cells]
    return places if 5 in places else None


def read_line(place: int, cells: list[str], order: list[int], costs: Sequence[DecidedCost]) -> Line:
    """One line with all that is wrong in it."""
    by_column = {column: cell for column, cell in zip(order, cells, strict=False) if column >= 0 and cell}
    told = tuple(by_column.get(column, "") for column in range(len(HEADS)))
    if len([cell for cell in cells if cell]) > len(order) or 5 not in order or len(cells) < 3:
        return Line(place, told, None, (COLUMNS,))
    faults: list[str] = []
    day, cost, amount = day_in(told[1], faults), cost_in(told[4], costs, faults), amount_in(told[5], faults)
    if not told[2]:
        faults.append("Schreiben Sie dazu, wer das Geld bekommen hat.")
    faults += [
        f"„{HEADS[column]}“ ist zu lang. Kürzen Sie auf höchstens {most} Zeichen."
        for column, most in LONGEST.items()
        if len(told[column]) > most
    ]
    if faults or amount is None:
        return Line(place, told, None, tuple(faults))
    return Line(place, told, TypedReceipt(told[0], day, told[2], told[3], cost, amount))


def day_in(text: str, faults: list[str]) -> date | None:
    """The day; none is told where the cell is empty."""
    if not text:
        return None
    try:
        found = read_day(text)
    except Asked as asked:
        faults.append(str(asked))
        return None
    except ValueError:
        found = None
    if found is None or found.year < 2000:
        faults.append(f"„{text}“ ist kein Tag. Schreiben Sie zum Beispiel 17.03.2027.")
        return None
    return found


def cost_in(text: str, costs: Sequence[DecidedCost], faults: list[str]) -> int | None:
    """The position by its title or its number in the list."""
    if not text:
        return None
    found = [cost.pk for place, cost in enumerate(costs, 1) if fold(text) == fold(cost.title) or text == str(place)]
    if len(found) == 1:
        return found[0]
    named = ", ".join(f"{place} {cost.title}" for place, cost in enumerate(costs, 1))
    faults.append(f"Die Ausgabe „{text}“ steht nicht im Bescheid. Möglich sind: {named}.")
    return None


def amount_in(text: str, faults: list[str]) -> Decimal | None:
    """The amount, above zero or below where money came back."""
    if not text:
        faults.append("Schreiben Sie den Betrag dazu.")
        return None
    read = read_euro(text)
    if isinstance(read, Amount) and read.value is not None and read.value >= 0:
        return read.value
    faults.append(getattr(read, "sentence", "Der Betrag liegt unter 0. Kürzen Sie die Ausgabe, zu der er gehört."))
    return None


def as_text(receipts: Sequence[TypedReceipt], costs: Sequence[DecidedCost]) -> str:
    """The list as it is read again: a line of heads, then tabs between the cells."""
    titles = {cost.pk: cost.title for cost in costs}

    def line(row: TypedReceipt) -> str:
        day = f"{row.paid_on:%d.%m.%Y}" if row.paid_on else ""
        cells = (row.number, day, row.payee, row.purpose, titles.get(row.cost or 0, ""), written(row.amount))
        return "\t".join(re.sub(r"\s+", " ", cell) for cell in cells)

    return "\n".join(["\t".join(HEADS), *map(line, receipts)]) if receipts else ""
