"""Where records stood at the end of a year: said where the history reaches back so far, else how they stand today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from printing.templatetags.papers import lang
from records.life.moving import BERLIN
from records.models.base import Record
from records.queries.past import Then, held_then
from records.templatetags.german import datum
from reporting.reports.year import MunicipalYear, Year

LATER = "*"  # at a state that was entered after the year


def end_of(year: Year) -> datetime:
    """The last moment of the year in the portal's time."""
    return datetime.combine(year.last, time.max, BERLIN)


@dataclass(frozen=True)
class States:
    """The states of some records at the end of a year that is over; of a running year they are those of today."""

    year: Year
    today: date
    then: dict[int, Then]
    total: int

    @classmethod
    def of(cls, year: Year, today: date, rows: Iterable[Record], column: str = "state") -> "States":
        """Of rows of one kind (one query, none while the year lasts)."""
        rows = list(rows)
        is_over = bool(rows) and today > year.last
        then = held_then(type(rows[0]), [row.pk for row in rows], column, end_of(year)) if is_over else {}
        return cls(year, today, then, len(rows))

    @property
    def is_mixed(self) -> bool:
        """True where some are known as they were then, and others were entered later."""
        return 0 < len(self.then) < self.total

    def label(self, row: Any, column: str = "state") -> str:
        """The state at the end of the year, else that of today."""
        field = row._meta.get_field(column)
        value = self.then[row.pk].value if row.pk in self.then else getattr(row, column)
        return str(dict(field.flatchoices).get(value, value))

    def holds(self, row: Any, value: str, column: str = "state") -> bool:
        """Whether a record was in this state then."""
        return bool(value == (self.then[row.pk].value if row.pk in self.then else getattr(row, column)))

    def words(self, row: Any, column: str = "state") -> str:
        """„in Umsetzung, seit 03.05.2020 abgeschlossen“; a star where the state was entered after the year."""
        label, then = self.label(row, column), self.then.get(row.pk)
        if then is None:
            return f"{label} {LATER}" if self.is_mixed else label
        now = str(dict(row._meta.get_field(column).flatchoices).get(getattr(row, column)))
        return f"{label}, seit {datum(then.changed_on)} {now}" if then.changed_on and now != label else label

    @property
    def sentence(self) -> str:
        """Which day the states are those of."""
        end, today = lang(self.year.last), lang(self.today)
        if not self.then:
            return f"Stände sind die vom {today}."
        if not self.is_mixed:
            return f"Stände sind die vom {end}."
        return f"Stände sind die vom {end}, mit Stern (*) die vom {today}, weil sie erst später eingetragen wurden."


def measure_states(year: MunicipalYear) -> States:
    """The states of the year's measures."""
    return States.of(year.year, year.today, year.basis.measures)


def need_states(year: MunicipalYear) -> States:
    """The states of the year's needs."""
    return States.of(year.year, year.today, year.basis.needs)
