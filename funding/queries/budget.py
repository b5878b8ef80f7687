"""The lines of a Finanzplan with what they are of, in one query."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Municipality
from funding.models import BudgetExplanation, BudgetLine, BudgetYear, CostKind
from funding.models.budget import SOURCES
from planning.models import Measure

WITH = (
    "budget_year",
    "measure__action_field",
    "measure__provider",
    "planner_post",
    "action_field",
    "provider",
    "cost_kind",
)


def lines_of(year: BudgetYear) -> list[BudgetLine]:
    """In their order."""
    return list(lines_in(year.municipality).filter(budget_year=year))


def lines_in(municipality: Municipality) -> QuerySet[BudgetLine]:
    """Of all years, with what they are of."""
    return BudgetLine.objects.filter(municipality=municipality).select_related(*WITH)


def years_of(municipality: Municipality) -> list[BudgetYear]:
    """The Finanzpläne of a municipality in the order of their years; of the same year the newer cycle comes last."""
    rows = BudgetYear.objects.filter(municipality=municipality).select_related("cycle", "municipality")
    return list(rows.order_by("year", "cycle__first_year", "pk"))


def budget_of(municipality: Municipality, year: int, cycle_id: int | None = None) -> BudgetYear | None:
    """The Finanzplan of a year: of this cycle, or the newest."""
    found = [row for row in years_of(municipality) if row.year == year and cycle_id in (None, row.cycle_id)]
    return found[-1] if found else None


def kinds_not_eligible() -> set[str]:
    """The keys of kinds of cost that do not count for the shares, as texts."""
    return set(map(str, CostKind.objects.filter(eligible=False).values_list("pk", flat=True)))


def measures_not_running(year: BudgetYear) -> set[str]:
    """The keys of measures that are not carried out in the year, as texts."""
    measures = Measure.objects.filter(municipality=year.municipality_id).only("begin", "end", "state")
    return {str(measure.pk) for measure in measures if not measure.runs_in(year.year)}


def explanations_of(year: BudgetYear) -> dict[int, BudgetExplanation]:
    """Why things came differently, by line."""
    return {row.line_id: row for row in BudgetExplanation.objects.filter(line__budget_year=year)}


def named_by_lines(relation: str = "measure") -> Exists:
    """Of a measure or a planner post: whether a line of some Finanzplan names an amount for it."""
    amounts = Q()
    for name in SOURCES:
        amounts |= Q(**{f"{name}__isnull": False})
    return Exists(BudgetLine.objects.filter(amounts, **{relation: OuterRef("pk")}).order_by())
