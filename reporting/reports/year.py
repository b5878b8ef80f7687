"""A municipality in one year: the rows that the plan reads, and what of them belongs to the year."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accounts.models import Municipality
from planning.models import Measure, PlanningCycle
from plans import bodies
from plans.builder.basis import Basis
from plans.models import Plan
from plans.queries.plans import cycles_of, plans_of
from records.vague import VagueDate
from reporting.reports.planned import Planned, call_as_planned, planned_for

YEARS_BACK = 5  # offered before the first planning cycle, for reports on the time before


@dataclass(frozen=True)
class Year:
    """A calendar year. Vague dates never cross its borders: quarters, halves and months lie inside."""

    number: int

    @property
    def first(self) -> date:
        """New year's day."""
        return date(self.number, 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.number, 12, 31)

    def holds(self, when: VagueDate | None) -> bool:
        """True for a date inside; what has no date belongs to no year."""
        return when is not None and when.year == self.number

    def touches(self, begin: VagueDate | None, end: VagueDate | None) -> bool:
        """True for a period that reaches into the year; an open end lasts, two open ends say nothing."""
        begun = begin is None or begin.year <= self.number
        return (begin is not None or end is not None) and begun and (end is None or end.year >= self.number)

    def saw(self, begin: VagueDate | None, end: VagueDate | None) -> bool:
        """True for something that happened inside: one date alone is a point in time and does not last."""
        return self.touches(begin, end) if begin and end else self.holds(begin or end)

    @property
    def next(self) -> "Year":
        """The year after."""
        return Year(self.number + 1)


@dataclass(frozen=True)
class MunicipalYear:
    """A municipality's year as the reports see it; ``plan`` is the stored plan of the year, if there is one.

    ``planned`` is its released edition; the rows of the basis carry its numbers, names and targets.
    """

    municipality: Municipality
    year: Year
    today: date
    cycle: PlanningCycle | None
    plan: Plan | None
    basis: Basis
    planned: Planned | None = None

    @property
    def is_over(self) -> bool:
        """True for a year that lies in the past."""
        return self.today > self.year.last

    @cached_property
    def gone_measures(self) -> tuple[tuple[str, bodies.MeasureSheet], ...]:
        """Measures of the edition whose records have been deleted since, with their Handlungsfeld (no query)."""
        known = {row.uid for row in self.basis.measures}
        fields = self.planned.fields if self.planned else ()
        return tuple((f.action_field, s) for f in fields for s in f.measures if s.uid and s.uid not in known)

    @cached_property
    def gone_needs(self) -> tuple[tuple[str, bodies.NeedEntry], ...]:
        """The same for needs."""
        known = {row.uid for row in self.basis.needs}
        fields = self.planned.need_fields if self.planned else ()
        return tuple((f.action_field, n) for f in fields for n in f.needs if n.uid and n.uid not in known)

    def added_note(self, row: Measure) -> str:
        """„nicht in Fassung 1 des Plans“ for a measure that came after the edition."""
        is_added = self.planned is not None and row.uid not in self.planned.sheets
        return f"nicht in {self.planned.name} des Plans" if is_added and self.planned else ""


def municipal_year(municipality: Municipality, year: int, today: date) -> MunicipalYear:
    """The year with the rows to read (three queries; the others follow where a chapter asks). Raises DamagedVersion."""
    plan = plans_of(municipality).filter(year=year).first()
    cycle = plan.cycle if plan else cycle_of_year(list(cycles_of(municipality)), year)
    found = Year(year)
    frame = Plan(municipality=municipality, cycle=cycle, year=year, as_of=min(today, found.last))
    basis, planned = Basis(frame), planned_for(municipality, year)
    if planned and cycle:
        call_as_planned(basis, planned)
    return MunicipalYear(municipality, found, today, cycle, plan, basis, planned)


def cycle_of_year(cycles: list[PlanningCycle], year: int) -> PlanningCycle | None:
    """The newest cycle that contains the year, else the newest that had begun. ``cycles`` come newest first."""
    begun = [cycle for cycle in cycles if cycle.first_year <= year]
    return next((cycle for cycle in begun if year <= cycle.last_year), begun[0] if begun else None)


def report_years(municipality: Municipality, today: date) -> list[int]:
    """The years of which there can be a report, the newest first: from before the first cycle up to this year."""
    first = min((cycle.first_year - YEARS_BACK for cycle in cycles_of(municipality)), default=today.year)
    return list(range(today.year, min(first, today.year) - 1, -1))


def usual_year(municipality: Municipality, years: list[int]) -> int:
    """The year to begin with: that of the newest plan, else the newest."""
    return max(plans_of(municipality).filter(year__in=years).values_list("year", flat=True), default=years[0])
