"""Dates as vague as they were meant: „August 2017“, „1. Quartal 2018“, „Mitte 2018“.

A vague date is the first day of its span plus a precision. It sorts by that day, is shown the way it was meant and
is exchanged in an ISO 8601 form (quarter and half-year as ``2018-Q1`` and ``2018-H1``). Source: docs/product.md §2.7.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
FIRST_YEAR, LAST_YEAR = 1900, 2100

DAY, MONTH, QUARTER, HALF, YEAR = "D", "M", "Q", "H", "Y"
PRECISIONS = {DAY: "Tag", MONTH: "Monat", QUARTER: "Quartal", HALF: "Halbjahr", YEAR: "Jahr"}
MONTHS_OF = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}

ISO = re.compile(r"^(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|H([12])))?$")
GERMAN_DAY = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")


@dataclass(frozen=True, order=True)
class VagueDate:
    """``first`` is the first day of the span, ``precision`` one of D, M, Q, H, Y."""

    first: date
    precision: str = DAY

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise ValueError(f"Unbekannte Genauigkeit: {self.precision!r}")
        if not FIRST_YEAR <= self.first.year <= LAST_YEAR:
            raise ValueError(f"Schreiben Sie ein Jahr zwischen {FIRST_YEAR} und {LAST_YEAR}.")
        if self.precision != DAY:
            step = MONTHS_OF[self.precision]
            month = (self.first.month - 1) // step * step + 1
            object.__setattr__(self, "first", date(self.first.year, month, 1))

    @property
    def last(self) -> date:
        """The last day that can be meant."""
        if self.precision == DAY:
            return self.first
        month = self.first.month + MONTHS_OF[self.precision]
        year = self.first.year + (month - 1) // 12
        return date(year, (month - 1) % 12 + 1, 1) - timedelta(days=1)

    @property
    def middle(self) -> date:
        """Where a mark is drawn: the middle of the span."""
        return self.first + (self.last - self.first) / 2

    @property
    def in_words(self) -> str:
        """„17. August 2016“ for a running text; what is vague as ``str`` says it."""
        if self.precision != DAY:
            return str(self)
        return f"{self.first.day}. {MONTHS[self.first.month - 1]} {self.first.year}"

    @property
    def with_word(self) -> str:
        """With the word that leads to it in a sentence: „am 17.08.2016“, „im August 2017“, „im Jahr 2018“."""
        return {DAY: f"am {self}", YEAR: f"im Jahr {self}"}.get(self.precision, f"im {self}")

    @property
    def is_vague(self) -> bool:
        """True where the day is not known."""
        return self.precision != DAY

    @property
    def year(self) -> int:
        """The year, whatever the precision."""
        return self.first.year

    @property
    def iso(self) -> str:
        """The exchange form: 2017-08-22, 2017-08, 2017-Q3, 2017-H2 or 2017."""
        year, month = self.first.year, self.first.month
        return {
            DAY: self.first.isoformat(),
            MONTH: f"{year:04d}-{month:02d}",
            QUARTER: f"{year:04d}-Q{(month + 2) // 3}",
            HALF: f"{year:04d}-H{1 if month < 7 else 2}",
            YEAR: f"{year:04d}",
        }[self.precision]

    @property
    def stored(self) -> str:
        """The column's form: first day and precision; as text it sorts by date."""
        return f"{self.first.isoformat()}{self.precision}"

    def __str__(self) -> str:
        year, month = self.first.year, self.first.month
        return {
            DAY: f"{self.first.day:02d}.{month:02d}.{year}",
            MONTH: f"{MONTHS[month - 1]} {year}",
            QUARTER: f"{(month + 2) // 3}. Quartal {year}",
            HALF: f"{1 if month < 7 else 2}. Halbjahr {year}",
            YEAR: f"{year}",
        }[self.precision]

    @classmethod
    def from_stored(cls, text: str) -> "VagueDate":
        """Read the column's form. Raises ValueError."""
        return cls(date.fromisoformat(text[:10]), text[10:] or DAY)

    @classmethod
    def from_iso(cls, text: str) -> "VagueDate":
        """Read the exchange form, or a German day (17.08.2016). Raises ValueError with a German sentence."""
        text = text.strip()
        if german := GERMAN_DAY.match(text):
            return cls(date(int(german[3]), int(german[2]), int(german[1])), DAY)
        match = ISO.match(text)
        if not match:
            raise ValueError("Geben Sie das Datum als JJJJ-MM-TT, JJJJ-MM, JJJJ-Q1, JJJJ-H1 oder JJJJ an.")
        year = int(match[1])
        if match[4]:
            return cls(date(year, int(match[4]) * 3 - 2, 1), QUARTER)
        if match[5]:
            return cls(date(year, int(match[5]) * 6 - 5, 1), HALF)
        if not match[2]:
            return cls(date(year, 1, 1), YEAR)
        if not match[3]:
            return cls(date(year, int(match[2]), 1), MONTH)
        return cls(date(year, int(match[2]), int(match[3])), DAY)


def span_text(begin: VagueDate | None, end: VagueDate | None) -> str:
    """A period as one reads it: „01.09.2017–31.12.2018“, „seit Januar 2016“, „bis Mitte …“, „17.08.2016“."""
    if begin and end:
        return (
            str(begin)
            if begin == end
            else f"{begin}–{end}"
            if not (begin.is_vague or end.is_vague)
            else f"{begin} bis {end}"
        )
    if begin:
        return f"seit {begin}"
    return f"bis {end}" if end else ""


def ends_before_start(begin: VagueDate | None, end: VagueDate | None) -> bool:
    """True where the end cannot lie at or after the beginning, whatever day was meant."""
    return bool(begin and end and end.last < begin.first)
