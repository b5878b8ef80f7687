"""The comparison of plan and money as its page shows it."""

from collections.abc import Sequence
from decimal import Decimal

from funding.domain.budget.comparing import Compared
from funding.domain.reckoning.steps import known_total, total
from funding.pages.budget import Cell, amount_or_dash

HEADS = ("geplant", "bewilligt", "ausgezahlt", "verausgabt", "Unterschied")


def cells_of(row: Compared) -> tuple[Cell, ...]:
    """Under their heads."""
    flow = row.flow
    return under_heads(row.planned, flow.approved, flow.paid, flow.spent, row.difference)


def sums_of_all(rows: Sequence[Compared]) -> tuple[Cell, ...]:
    """Under the heads; what was spent as far as it is known, the difference once it is known of all lines."""
    flows, differences = [row.flow for row in rows], [row.difference for row in rows]
    return under_heads(
        total(row.planned for row in rows),
        known_total(flow.approved for flow in flows),
        known_total(flow.paid for flow in flows),
        known_total(flow.spent for flow in flows),
        None if None in differences else known_total(differences),
    )


def under_heads(*amounts: Decimal | None) -> tuple[Cell, ...]:
    """As they are read."""
    return tuple(zip(HEADS, map(amount_or_dash, amounts), strict=True))
