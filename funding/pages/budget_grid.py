"""What stands above the grid of a Finanzplan: the limits of its year, true to what is typed.

The script reckons the same with what this says in ``facts``; the server is the truth.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from funding.domain.reckoning.arithmetic import PlanLimits
from funding.enums import Source
from funding.models import BudgetYear
from funding.pages.budget import checks_of, limits_for, said_of, sums_of
from funding.queries.budget import kinds_not_eligible, measures_not_running
from planning.queries.funding_rules import rule_of
from records.amounts import Amount, read_euro
from records.grid import Beside


def limits_beside(year: BudgetYear, rows: Sequence[Mapping[str, str]]) -> Beside:
    """The limits for the rows as they stand in the table (three queries)."""
    kinds, idle = kinds_not_eligible(), measures_not_running(year)
    counted = [row for row in rows if row["measure"] not in idle]
    eligible = sums_of(typed_amounts(row) for row in counted if row["cost_kind"] not in kinds)
    limits = limits_for(rule_of(year.municipality_id, year.year))
    checks = checks_of(eligible, sums_of(map(typed_amounts, counted)), limits)
    context = {"said": said_of(checks, eligible, limits), "facts": facts_of(limits, kinds, idle)}
    return Beside("funding/_limits_beside.html", "js/budget.js", "css/money.css", context)


def typed_amounts(row: Mapping[str, str]) -> dict[str, Decimal | None]:
    """The amounts of a row that have one reading."""
    read = {source: read_euro(row.get(source, "")) for source in map(str, Source)}
    return {source: each.value if isinstance(each, Amount) else None for source, each in read.items()}


def facts_of(limits: PlanLimits, kinds: set[str], idle: set[str]) -> dict[str, Any]:
    """For the script: cents and ten-thousandths of a percent as texts of whole numbers."""

    def whole(value: Decimal | None, places: int) -> str:
        return "" if value is None else str(int(value.scaleb(places)))

    return {
        "maximum": whole(limits.maximum, 2),
        "share": whole(limits.share, 4),
        "minimum": whole(limits.minimum, 4),
        "public": limits.base == "state_and_municipal",
        "kinds": sorted(kinds),
        "idle": sorted(idle),
    }
