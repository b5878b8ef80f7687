"""What the Finanzpläne of all municipalities plan for a year, by Handlungsfeld (two queries)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from funding.domain.reckoning.steps import total
from funding.enums import Source
from funding.models import BudgetLine, BudgetYear
from planning.few import too_few

Sums = Mapping[str, Decimal]  # by source
Columns = tuple[frozenset[int], ...]  # the municipalities behind what Land, Kommune and all others pay
NO_FIELD = 0  # stands for lines that name no Handlungsfeld


@dataclass(frozen=True)
class PlannedMoney:
    """Sums by key of the Handlungsfeld that the year speaks of, and the municipalities from which they come."""

    by_field: Mapping[int, Sums] = field(default_factory=dict)
    total: Sums = field(default_factory=dict)
    places: frozenset[int] = frozenset()
    places_by_field: Mapping[int, frozenset[int]] = field(default_factory=dict)
    payers_by_field: Mapping[int, Columns] = field(default_factory=dict)
    example: bool = False

    def tells_payers(self, key: int) -> bool:
        """Whether it may be told who pays for a Handlungsfeld: too few stand behind none of the columns."""
        return not any(map(too_few, self.payers_by_field[key]))

    @property
    def tells_all_payers(self) -> bool:
        """Whether the columns may be summed up: what lines keep back of each stands on enough municipalities."""
        kept = [key for key, behind in self.places_by_field.items() if too_few(behind) or not self.tells_payers(key)]
        every, hidden = (
            [frozenset().union(*column) for column in zip(*(self.payers_by_field[key] for key in keys), strict=True)]
            for keys in (self.payers_by_field, kept)
        )
        return not any(map(too_few, [*every, *hidden]))


def sums_of(lines: Iterable[BudgetLine]) -> Sums:
    """The sum of every source over the lines; what is not said adds nothing."""
    amounts = [line.amounts for line in lines]
    return {source: total(row[source] for row in amounts) for source in Source}


def places_of(lines: Iterable[BudgetLine]) -> frozenset[int]:
    """The municipalities that plan them."""
    return frozenset(line.municipality_id for line in lines)


def payers_of(lines: Iterable[BudgetLine]) -> Columns:
    """The municipalities behind each column; an amount that is not said or nothing belongs to nobody."""
    found: tuple[set[int], ...] = (set(), set(), set())
    for line in lines:
        for source, amount in line.amounts.items():
            column = 0 if source == Source.LAND else 1 if source == Source.MUNICIPAL else 2
            if amount:
                found[column].add(line.municipality_id)
    return tuple(map(frozenset, found))


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
        payers_by_field={key: payers_of(each) for key, each in found.items()},
        example=any(line.is_example for line in lines),
    )
