"""Numbers of columns that mean something else than what they say: „Kosten in T€“, or fewer decimals than are kept.

What is unclear in a column is one question, whatever stands in its cells.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from records.amounts import Amount, read_number, scaled, written
from records.fields import has_decimals
from records.tables.files import TypedCell
from records.text import fold

TIMES, AS_SHOWN, AS_KEPT = "*", "*angezeigt", "*gespeichert"  # how such an answer begins, and what it may be
SCALES = (
    (1_000, "Tausend", re.compile(r"t€|teur\b|\bt euro\b|\btsd\b|\btausend\b|\b1[. ]?000 ?(?:€|eur)|in 1[. ]?000\b")),
    (1_000_000, "Millionen", re.compile(r"\bmio\b|\bmillionen\b|m€|meur\b")),
)
SCALED = "„{}“: Stehen die Zahlen dieser Spalte in {}?"
ROUNDED = "Die Zellen von „{}“ zeigen weniger Stellen, als die Datei speichert. Was gilt?"
UNCLEAR = "„{}“ lässt sich in einer Spalte in {} nicht sicher lesen. Schreiben Sie die ganze Zahl."


@dataclass(frozen=True)
class Asked:
    """A question about a whole column: what it is about, its sentence, and the answers with their words."""

    about: str
    sentence: str
    ways: tuple[tuple[str, str], ...]


def scale_of(head: str) -> tuple[int, str]:
    """By what the numbers below a head are to be multiplied, and its word; 1 where the head says nothing."""
    return next(((times, word) for times, word, sign in SCALES if sign.search(fold(head))), (1, ""))


def meant(
    field: Any, head: str, cell: TypedCell, answers: dict[str, str], *, is_ours: bool
) -> tuple[str, str, Asked | None]:
    """The text of a number's cell, why it cannot be taken, and what is asked about its column.

    ``answers`` are by folded text; of a record of ours the number itself counts.
    """
    text, asked = cell.text, None
    if cell.shown and not is_ours:
        text, asked = settled(field, head, cell, answers)
    times, word = scale_of(head)
    if asked or not text or is_ours or times == 1 or scaled(text)[1] != 1:
        return text, "", asked
    told = answers.get(fold(head), "")
    if not told:
        ways = (f"{TIMES}{times}", f"ja: 12 sind {written(Decimal(12 * times))}"), (f"{TIMES}1", "nein: 12 sind 12")
        return text, "", Asked(head, SCALED.format(head, word), ways)
    if told != f"{TIMES}{times}":
        return text, "", None
    read = read_number(text, 9)
    if not isinstance(read, Amount) or read.value is None:
        return text, UNCLEAR.format(text, word), None
    return f"{(read.value * times).normalize():f}".replace(".", ","), "", None


def settled(field: Any, head: str, cell: TypedCell, answers: dict[str, str]) -> tuple[str, Asked | None]:
    """What counts of a cell that shows fewer decimals than it holds: what it shows, where the field holds no more."""
    places = field.decimal_places if has_decimals(field) else 0
    if decimals(cell.text) > places:
        return cell.shown, None
    about = f"Nachkommastellen von {head}"
    told = answers.get(fold(about), "")
    if told in (AS_SHOWN, AS_KEPT):
        return cell.shown if told == AS_SHOWN else cell.text, None
    ways = (AS_KEPT, f"wie gespeichert: {cell.text}"), (AS_SHOWN, f"wie angezeigt: {cell.shown}")
    return cell.text, Asked(about, ROUNDED.format(head), ways)


def decimals(text: str) -> int:
    """How many digits stand behind the comma."""
    return len(text.partition(",")[2].rstrip(" %").rstrip("0"))
