"""What the Finanzpläne of all municipalities plan for a year, by Handlungsfeld (two queries)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from funding.domain.steps import total
from funding.enums import Source
from funding.models import BudgetLine, BudgetYear

Sums = Mapping[str, Decimal]  # by source
NO_FIELD = 0  # stands for lines that name no Handlungsfeld


@dataclass(frozen=True)
class PlannedMoney:
    """Sums by key of the Handlungsfeld that the year speaks of, and the municipalities from which they come."""

    by_field: Mapping[int, Sums] = field(default_factory=dict)
    total: Sums = field(default_factory=dict)
    places: frozenset[int] = frozenset()
    places_by_field: Mapping[int, frozenset[int]] = field(default_factory=dict)
    example: bool = False


def sums_of(lines: Iterable[BudgetLine]) -> Sums:
    """The sum of every source over the lines; what is not said adds nothing."""
    amounts = [line.amounts for line in lines]
    return {source: total(row[source] for row in amounts) for source in Source}


def places_of(lines: Iterable[BudgetLine]) -> frozenset[int]:
    """The municipalities that plan them."""
    return frozenset(line.municipality_id for line in lines)


def planned_money(year: int, places: list[int], catalogue: Mapping[int, Any]) -> PlannedMoney:
    """The newest Finanzplan of each municipality; ``catalogue`` says under what the year knows a Handlungsfeld."""
    plans = BudgetYear.objects.filter(year=year, municipality_id__in=places).order_by("cycle__first_year", "pk")
    newest = dict(plans.values_list("municipality_id", "pk"))
    rows = BudgetLine.objects.filter(budget_year_id__in=newest.values()).select_related("measure", "budget_year")
    lines = [line for line in rows if line.counts and line.has_amount]
    found: dict[int, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        key = line.measure.action_field_id if line.measure else line.action_field_id
        found[catalogue[key].pk if key else NO_FIELD].append(line)
    return PlannedMoney(
        by_field={key: sums_of(each) for key, each in found.items()},
        total=sums_of(lines),
        places=places_of(lines),
        places_by_field={key: places_of(each) for key, each in found.items()},
        example=any(line.is_example for line in lines),
    )
