"""Numbers and signs as statistics print them: one decimal mark for each file, and no guessing."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from exchange.statistics.opening import FFCSV, StatRefused
from planning.enums import Placeholder
from planning.models.statistics import LARGEST

SIGNS = {sign.value: sign for sign in Placeholder} | {
    "–": Placeholder.NOTHING,
    "…": Placeholder.LATER,
    "X": Placeholder.MEANINGLESS,
}
NUMBER = re.compile(r"(-?)(\d+)(?:([.,])(\d+))?", re.ASCII)
MOST_PLACES = 6
THREE = 3


class Printed(NamedTuple):
    """What a cell says: a number, a sign, or neither where it cannot be held (``problem`` says why)."""

    value: Decimal | None
    sign: str
    quality: str
    problem: str = ""


@dataclass
class Marks:
    """The decimal mark of a file, and whether it could be a mark of thousands."""

    mark: str = ""
    line: int = 0
    doubtful: str = ""
    doubtful_line: int = 0
    is_certain: bool = False

    def read(self, text: str, quality: str, line: int, *, counts: bool) -> Printed:
        """A cell; ``counts``: its unit is „Anzahl“. Raises StatRefused."""
        text = text.strip()
        if text in SIGNS:
            return Printed(None, SIGNS[text], quality)
        if not text:
            return Printed(None, "", quality, "leere Zelle")
        if text.startswith("(") and text.endswith(")"):
            text, quality = text[1:-1], quality or "()"
        found = NUMBER.fullmatch(text)
        if found is None:
            raise StatRefused(f"Zeile {line}: „{text[:40]}“ ist weder Zahl noch Zeichen der Statistik. {FFCSV}")
        minus, whole, mark, rest = found.groups()
        self.note(mark, rest, text, line, counts=counts)
        if len(rest or "") > MOST_PLACES:
            return Printed(None, "", quality, "mehr als sechs Nachkommastellen")
        if len(whole) > 20 or (value := Decimal(f"{minus}{whole}.{rest or 0}")).copy_abs() > LARGEST:
            raise StatRefused(f"Zeile {line}: „{text[:40]}“ ist größer als jede Zahl der Statistik. {FFCSV}")
        return Printed(value, "", quality)

    def note(self, mark: str | None, rest: str | None, text: str, line: int, *, counts: bool) -> None:
        """Remember the mark; two in one file are not to be understood."""
        if not mark:
            return
        if self.mark and self.mark != mark:
            raise StatRefused(
                f"Zeile {self.line} trennt Dezimalstellen mit „{self.mark}“, Zeile {line} mit „{mark}“. {FFCSV}"
            )
        if not self.mark:
            self.mark, self.line = mark, line
        if counts and len(rest or "") == THREE:
            self.doubtful, self.doubtful_line = self.doubtful or text, self.doubtful_line or line
        elif counts:
            self.is_certain = True

    def finish(self) -> None:
        """Refuse a file whose counts all look like „49.203“: they can be read in two ways."""
        if self.doubtful and not self.is_certain:
            where = f"Zeile {self.doubtful_line}: „{self.doubtful}“"
            raise StatRefused(f"{where} lässt sich als Tausend und als Dezimalzahl lesen. {FFCSV}")
