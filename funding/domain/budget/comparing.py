"""Planned, approved, paid and spent side by side, and which differences still need a sentence."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from accounts.models import Municipality
from funding.domain.reckoning.difference import needs_sentence
from funding.domain.reckoning.steps import total
from funding.models import BudgetExplanation, BudgetLine, BudgetYear
from funding.queries.budget import explanations_of, lines_in, lines_of
from funding.queries.money_flow import Flow, flows_of, own_spent
from planning.models import PlanningCycle
from planning.queries.funding_rules import rule_of


@dataclass(frozen=True)
class Compared:
    """A measure with its lines, or a single line. ``line`` carries the sentence; ``spent`` is None until known."""

    line: BudgetLine
    label: str
    planned: Decimal
    flow: Flow
    explanation: BudgetExplanation | None
    is_needed: bool

    @property
    def difference(self) -> Decimal | None:
        """What was spent more than planned, below zero what less; None until it is known."""
        return None if self.flow.spent is None else self.flow.spent - self.planned

    @property
    def text(self) -> str:
        """The sentence, empty where there is none."""
        return self.explanation.text if self.explanation else ""

    @property
    def is_missing(self) -> bool:
        """Whether a sentence is needed and not there."""
        return self.is_needed and not self.text


def compared(year: BudgetYear, today: date) -> tuple[Compared, ...]:
    """Every measure with its lines as one row, every other line as its own (eight queries)."""
    flows, own, said = flows_of(year, today), own_spent(year), explanations_of(year)
    rule = rule_of(year.municipality_id, year.year)
    groups: dict[tuple[bool, int], list[BudgetLine]] = {}
    for line in filter(lambda each: each.counts, lines_of(year)):
        key = (True, line.measure_id) if line.measure_id else (False, line.pk)
        groups.setdefault(key, []).append(line)
    rows = []
    for (is_measure, number), lines in groups.items():
        flow = flows.get(number, Flow()) if is_measure else Flow()
        known = [amount for amount in (flow.spent, *(own.get(line.pk) for line in lines)) if amount is not None]
        flow = Flow(flow.approved, flow.paid, total(known) if known else None)
        planned = total(line.total for line in lines)
        is_needed = flow.spent is not None and needs_sentence(
            planned, flow.spent, rule.explain_percent, rule.explain_amount
        )
        label = str(lines[0]) if len(lines) == 1 else f"{lines[0].measure} ({len(lines)} Posten)"
        explanation = next((said[line.pk] for line in lines if line.pk in said), None)
        rows.append(Compared(lines[0], label, planned, flow, explanation, is_needed))
    return tuple(rows)


def unexplained(year: BudgetYear, today: date) -> list[str]:
    """What differs and has no sentence yet, by name."""
    return [row.label for row in compared(year, today) if row.is_missing]


def planned_costs(municipality: Municipality, cycle: PlanningCycle) -> dict[int, tuple[int, Decimal]]:
    """What each measure of a cycle is planned to cost, with the year of the Finanzplan that says so (one query).

    This year's plan counts, else the newest before, else the first after it. Lines that do not count say nothing.
    """
    today = timezone.localdate().year
    by_year: dict[BudgetYear, list[BudgetLine]] = {}
    for line in lines_in(municipality).filter(budget_year__cycle=cycle, measure__isnull=False):
        by_year.setdefault(line.budget_year, []).append(line)
    found: dict[int, tuple[int, Decimal]] = {}
    for year in sorted(by_year, key=lambda row: (row.year > today, abs(row.year - today))):
        sums: dict[int, Decimal] = {}
        for line in by_year[year]:
            if line.counts and line.has_amount and line.measure_id:
                sums[line.measure_id] = sums.get(line.measure_id, Decimal("0.00")) + line.total
        for measure, amount in sums.items():
            found.setdefault(measure, (year.year, amount))
    return found
