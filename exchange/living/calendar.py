"""The days of the demonstration, reckoned from the one on which it is loaded."""

from dataclasses import dataclass
from datetime import date, timedelta

from records.vague import MONTH, VagueDate

EARLIEST = date(2023, 1, 1)  # before it there is no room between the model phase and the years around today
CYCLE_YEARS = 3
AUTUMN = 9  # month from which the plan of the next year is at work


@dataclass(frozen=True)
class Calendar:
    """Years and days as seen from ``day``. ``focus`` is the year of the plan that is being made or reviewed.

    A municipality that has joined some years ``later`` has had as many plans less.
    """

    day: date
    later: int = 0

    def __post_init__(self) -> None:
        if self.day < EARLIEST:
            raise ValueError(f"Die Vorführung um einen Tag gibt es ab {EARLIEST:%d.%m.%Y}.")

    @property
    def focus(self) -> int:
        """In autumn the next year, else this one."""
        return self.day.year + (self.day.month >= AUTUMN)

    @property
    def first(self) -> int:
        """The first year of the current cycle."""
        return self.focus - CYCLE_YEARS + 1 + self.later

    @property
    def last(self) -> int:
        """The last year of the current cycle."""
        return self.first + CYCLE_YEARS - 1

    def years(self) -> range:
        """The years of the current cycle that have a plan; that of the last is at work."""
        return range(self.first, self.focus + 1)

    def ago(self, days: int) -> date:
        """So many days before today."""
        return self.day - timedelta(days=days)

    def ahead(self, days: int) -> date:
        """So many days after today."""
        return self.day + timedelta(days=days)

    def past(self, wanted: date, days: int = 1) -> date:
        """The wanted day, but at least so many days before today."""
        return min(wanted, self.ago(days))

    def is_over(self, when: date) -> bool:
        """True for a day before today."""
        return when < self.day


def on(day: date) -> VagueDate:
    """A day as records keep it."""
    return VagueDate(day)


def month_of(day: date) -> VagueDate:
    """Only the month of a day."""
    return VagueDate(day, MONTH)
