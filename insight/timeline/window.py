"""The stretch of time that a timeline shows: all years, some, one, a quarter or a month."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from insight.timeline.entries import TimelineEntry, dated
from records.vague import HALF, MONTH, QUARTER, YEAR, VagueDate

ONE_DAY = timedelta(days=1)
UNITS = (MONTH, QUARTER, HALF, YEAR)


@dataclass(frozen=True)
class Window:
    """From the day ``first`` to before the day ``stop``."""

    first: date
    stop: date

    @classmethod
    def between(cls, begin: VagueDate, end: VagueDate) -> "Window":
        """From the first possible day of one date to the last of another."""
        return cls(begin.first, end.last + ONE_DAY)

    @classmethod
    def years(cls, first: int, last: int) -> "Window":
        """Whole years."""
        return cls(date(first, 1, 1), date(last + 1, 1, 1))

    @classmethod
    def around(cls, entries: Iterable[TimelineEntry], today: date) -> "Window":
        """All years with entries; what has no end reaches to today."""
        found = [entry for entry in entries if entry.begin or entry.end]
        first = min((entry.year for entry in found), default=today.year)
        return cls.years(first, max((entry.reaches(today).year for entry in found), default=today.year))

    @property
    def last(self) -> date:
        """The last day."""
        return self.stop - ONE_DAY

    @property
    def year(self) -> int | None:
        """The only year in which the window lies."""
        return self.first.year if self.first.year == self.last.year else None

    @property
    def unit(self) -> VagueDate | None:
        """The month, quarter, half-year or year that the window is, or None for any other stretch."""
        candidates = (VagueDate(self.first, precision) for precision in UNITS)
        return next((unit for unit in candidates if (unit.first, unit.last) == (self.first, self.last)), None)

    @property
    def is_part(self) -> bool:
        """True for less than a whole year."""
        return self.year is not None and (self.first.month, self.last.month) != (1, 12)

    def __str__(self) -> str:
        if self.unit:
            return str(self.unit)
        whole = (self.first.month, self.last.month) == (1, 12)
        begin, end = (VagueDate(day, YEAR if whole else MONTH) for day in (self.first, self.last))
        return f"{begin} bis {end}"

    def months(self) -> Iterator[date]:
        """The first day of each month that begins in the window."""
        day = self.first.replace(day=1)
        while day < self.stop:
            if day >= self.first:
                yield day
            day = (day + timedelta(days=31)).replace(day=1)

    def holds(self, unit: VagueDate) -> bool:
        """True where a unit lies inside."""
        return self.first <= unit.first and unit.last < self.stop


def neighbour(unit: VagueDate, step: int) -> VagueDate | None:
    """The unit before (−1) or after (+1), or None at the end of the calendar."""
    try:
        return VagueDate(unit.last + ONE_DAY if step > 0 else unit.first - ONE_DAY, unit.precision)
    except ValueError:
        return None


def in_window(entries: Iterable[TimelineEntry], window: Window, today: date) -> list[TimelineEntry]:
    """Entries that touch the window; an open period touches everything up to today."""
    return [entry for entry in entries if entry.moment.first < window.stop and entry.reaches(today) >= window.first]


def months_of(entries: Iterable[TimelineEntry], year: int) -> dict[VagueDate, int]:
    """How many entries begin in each month of a year; what is known by quarter or year only counts in none."""
    found = [entry.moment for entry in dated(entries) if entry.year == year]
    counts = Counter(moment.first.month for moment in found if moment.last.month == moment.first.month)
    return {VagueDate(date(year, month, 1), MONTH): counts[month] for month in range(1, 13)}
