"""What the controlling of a year reads: the measures of the cycle with all that was planned, reported and said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from accounts.access import Access
from accounts.models import Municipality
from funding.domain.budget.comparing import Compared, compared
from funding.models import BudgetYear, ProofOfUse
from planning.achieved import over_years, reports_in, revisions_in
from planning.enums import Counting, MeasureState
from planning.models import (
    CarryOver,
    CriterionReport,
    CriterionValue,
    Goal,
    Measure,
    MeasureReview,
    Need,
    PlanningCycle,
    QualityCriterion,
    TargetRevision,
)
from planning.queries.carry_over import Decisions, decisions_of
from planning.queries.cycles import newest_for
from records.life.moving import BERLIN
from records.queries.past import Then, held_then
from records.queries.scope import rows_in_scope
from records.vague import YEAR


def cycles_of(municipality: Municipality) -> list[PlanningCycle]:
    """All cycles (one query)."""
    return list(PlanningCycle.objects.filter(municipality=municipality).select_related("municipality"))


def years_of(cycles: Iterable[PlanningCycle], today: int) -> list[int]:
    """The years that have begun in any cycle, the newest first."""
    return sorted({year for c in cycles for year in range(c.first_year, min(c.last_year, today) + 1)}, reverse=True)


def usual_year(years: list[int], today: int) -> int | None:
    """The year to begin with: the last one that is over, else the newest."""
    return next((year for year in years if year < today), years[0] if years else None)


@dataclass(frozen=True)
class YearLine:
    """A criterion in one year: what was agreed first, what since, what came of it."""

    year: int
    targets: tuple[Decimal, ...]
    actual: Decimal | None
    comment: str
    revisions: tuple[TargetRevision, ...]
    reports: tuple[CriterionReport, ...]

    @property
    def target(self) -> Decimal | None:
        """The one that counts."""
        return self.targets[-1] if self.targets else None


@dataclass(frozen=True)
class CriterionOfYear:
    """A criterion with its years up to the one that is looked at; ``value`` is that year's record, maybe new."""

    criterion: QualityCriterion
    year: int
    lines: tuple[YearLine, ...]
    value: CriterionValue

    @property
    def is_share(self) -> bool:
        """Whether it is reckoned of Zähler and Nenner."""
        return self.criterion.counting == Counting.SHARE

    @property
    def line(self) -> YearLine | None:
        """The year itself."""
        return next((line for line in self.lines if line.year == self.year), None)

    @property
    def whole(self) -> CriterionReport | None:
        """What was reported of the whole year."""
        rows = reports_in(self.criterion, self.year)
        return next((row for row in rows if row.period.precision == YEAR), None)

    @property
    def total(self) -> Decimal | None:
        """The sum over the years, of counts alone."""
        return over_years(self.criterion, (row for row in self.criterion.values.all() if row.year <= self.year))

    @property
    def span(self) -> str:
        """„2018–2019“, for the sum."""
        years = [line.year for line in self.lines if line.actual is not None]
        return f"{min(years)}–{max(years)}" if years else ""


def line_of(criterion: QualityCriterion, value: CriterionValue) -> YearLine:
    """A year of a criterion, with every target that it has had."""
    changes = revisions_in(criterion, value.year)
    targets = [*(change.old for change in changes), *([] if value.target is None else [value.target])]
    return YearLine(
        value.year,
        tuple(targets),
        value.actual,
        value.comment,
        tuple(changes),
        tuple(reports_in(criterion, value.year)),
    )


def criterion_of(criterion: QualityCriterion, year: int) -> CriterionOfYear:
    """A criterion as it stands in the year; its values, reports and revisions are read already."""
    values = sorted((v for v in criterion.values.all() if v.year <= year), key=lambda value: value.year)
    found = next((value for value in values if value.year == year), None)
    own = {"municipality": criterion.municipality, "is_example": criterion.is_example}
    value = found or CriterionValue(criterion=criterion, year=year, **own)
    value.criterion = criterion
    return CriterionOfYear(criterion, year, tuple(line_of(criterion, each) for each in values), value)


@dataclass
class ControllingYear:
    """The controlling of one year; what a page does not ask is not read."""

    municipality: Municipality
    year: int
    cycle: PlanningCycle

    @cached_property
    def measures(self) -> list[Measure]:
        """Those that fall in the year, by number, with milestones, criteria and what was said (nine queries)."""
        criteria = QualityCriterion.objects.order_by("number", "pk").select_related("municipality", "measure__cycle")
        rows = Measure.objects.filter(cycle=self.cycle).select_related("municipality", "action_field", "provider")
        rows = rows.prefetch_related(
            "milestones",
            "goals",
            Prefetch("criteria", criteria.prefetch_related("values", "reports", "revisions")),
            Prefetch("reviews", MeasureReview.objects.filter(year=self.year)),
        )
        return [row for row in rows.order_by("number", "pk") if row.falls_in(self.year)]

    @property
    def is_over(self) -> bool:
        """Whether the year has ended."""
        return self.year < timezone.localdate().year

    @cached_property
    def states_then(self) -> dict[int, Then]:
        """How measures stood at the end of a year that is over, where the history reaches back so far (one query)."""
        end = datetime.combine(date(self.year, 12, 31), time.max, BERLIN)
        return held_then(Measure, [row.pk for row in self.measures], "state", end) if self.is_over else {}

    def state_of(self, measure: Measure) -> str:
        """The state at the end of the year; of one that was entered later that of today, which then says so."""
        if not self.is_over:
            return str(measure.get_state_display())
        then = self.states_then.get(measure.pk)
        return f"{measure.get_state_display()} (heute)" if then is None else str(MeasureState(then.value).label)

    @cached_property
    def decisions(self) -> Decisions:
        """What was decided up to the year (one query)."""
        return decisions_of(self.cycle, until=self.year)

    @cached_property
    def goals(self) -> list[Goal]:
        """All goals of the cycle with what was said of them."""
        return list(
            Goal.objects.filter(cycle=self.cycle)
            .select_related("municipality")
            .prefetch_related("results", "measures__provider")
            .order_by("number", "pk")
        )

    @cached_property
    def needs(self) -> list[Need]:
        """All needs of the cycle."""
        rows = Need.objects.filter(cycle=self.cycle).select_related("municipality")
        return list(rows.order_by("number", "pk"))

    def review_of(self, measure: Measure) -> MeasureReview | None:
        """What was said of a measure for the year."""
        return next(iter(measure.reviews.all()), None)

    @property
    def spoken(self) -> int:
        """How many measures were spoken about."""
        return sum(self.review_of(measure) is not None for measure in self.measures)

    @property
    def progress(self) -> str:
        """„12 von 30 besprochen“."""
        return f"{self.spoken} von {len(self.measures)} besprochen"

    def next_after(self, pk: int | None) -> Measure | None:
        """The next measure that nobody has spoken about, after this one and then from the beginning."""
        keys = [measure.pk for measure in self.measures]
        start = keys.index(pk) + 1 if pk in keys else 0
        ordered = self.measures[start:] + self.measures[:start]
        return next((each for each in ordered if self.review_of(each) is None and each.pk != pk), None)

    def beside(self, pk: int) -> tuple[Measure | None, Measure | None]:
        """The measures before and after one."""
        keys = [measure.pk for measure in self.measures]
        at = keys.index(pk)
        return (self.measures[at - 1] if at else None), (self.measures[at + 1] if at + 1 < len(keys) else None)

    def decision_in(self, subject: Any) -> CarryOver:
        """The year's own decision about a measure, need or goal, maybe a new one."""
        row = self.decisions.about(subject)
        if row is not None and row.year == self.year:
            return row
        own = {"municipality": self.municipality, "is_example": subject.is_example}
        return CarryOver(year=self.year, **{subject._meta.model_name: subject}, **own)

    def money_of(self, measure: Measure) -> Compared | None:
        """Planned and spent of a measure in the year; None without a Finanzplan or a line of it (nine queries)."""
        plans = BudgetYear.objects.filter(municipality=self.municipality, year=self.year)
        plan = plans.select_related("municipality").order_by("cycle__first_year", "pk").last()
        rows = compared(plan, timezone.localdate()) if plan else ()
        return next((row for row in rows if row.line.measure_id == measure.pk), None)

    def proofs_of(self, measure: Measure, access: Access) -> list[ProofOfUse]:
        """The proofs of use about the measure in the year, for those who see cases (one query)."""
        rows = rows_in_scope(ProofOfUse, access, self.municipality)
        rows = rows.filter(application__measure=measure, application__year=self.year)
        return list(rows.select_related("application").order_by("due", "pk"))


def controlling_year(municipality: Municipality, year: int, cycles: list[PlanningCycle]) -> ControllingYear | None:
    """The year in the newest cycle that holds it; None where none does."""
    cycle = newest_for(cycles, year)
    holds = cycle is not None and cycle.first_year <= year <= cycle.last_year
    return ControllingYear(municipality, year, cycle) if cycle is not None and holds else None
