"""What came of the year in the Sachbericht: values of criteria, goals in words and figures, money planned and spent."""

from dataclasses import dataclass
from decimal import Decimal

from funding.domain.budget.comparing import compared
from funding.models import BudgetYear
from plans import bodies
from reporting.reports.year import MunicipalYear


@dataclass(frozen=True, kw_only=True)
class CriterionOfYear(bodies.Entry):
    """Target against actual value of a criterion in the year."""

    line: bodies.CriterionLine

    @property
    def difference(self) -> Decimal | None:
        """Actual less target; whether more is better only the criterion says."""
        line = self.line
        return None if line.target is None or line.actual is None else line.actual - line.target


@dataclass(frozen=True, kw_only=True)
class GoalOfYear(bodies.Entry):
    """What was reached of a goal: words, what becomes of it, and the figures of its measures."""

    said: bodies.ReviewLine
    figures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MoneyOfYear(bodies.Entry):
    """What was planned and spent for a measure or line, in euro; None where nobody knows yet."""

    title: str
    planned: Decimal
    spent: Decimal | None
    explanation: str


def goals_of(
    year: MunicipalYear, results: tuple[bodies.ReviewLine, ...], criteria: tuple[CriterionOfYear, ...]
) -> tuple[GoalOfYear, ...]:
    """The goals of which something was said, with the values of the measures that serve them."""
    codes: dict[str, set[str]] = {}
    for measure in year.basis.measures:
        for goal in year.basis.goals_of(measure):
            codes.setdefault(goal.code, set()).add(measure.code)
    return tuple(
        GoalOfYear(
            said=said,
            figures=tuple(
                f"{row.line.measure}, {row.line.named}: {row.line.in_words}"
                for row in criteria
                if row.line.measure in codes.get(said.code, ())
            ),
            example=said.example,
        )
        for said in results
    )


def money_of(year: MunicipalYear) -> tuple[MoneyOfYear, ...]:
    """Planned and spent of the year's Finanzplan (ten queries); nothing without one."""
    plans = BudgetYear.objects.filter(municipality=year.municipality, year=year.year.number)
    plan = plans.select_related("municipality").order_by("cycle__first_year", "pk").last()
    return tuple(
        MoneyOfYear(
            title=row.label,
            planned=row.planned,
            spent=row.flow.spent,
            explanation=row.text,
            example=row.line.is_example,
        )
        for row in (compared(plan, year.today) if plan else ())
    )
