"""R5, the 20-percent rule: single Ansätze may be exceeded by so much if the others save it; more needs consent.

Source: ANBest-P Nr. 1.2 [S, Land not named there]; that Thüringen says the same is an „Annahme“, so the percentage is a
setting of the programme.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from funding.domain.reckoning.steps import (
    DOWN,
    EXACT,
    HUNDRED,
    NOTHING,
    Step,
    cents_down,
    euro,
    percent,
    percent_of,
    ratio,
    total,
)


@dataclass(frozen=True)
class Position:
    """A position of the plan as decided, and what was spent on it. ``consented``: more was allowed in writing."""

    key: str
    title: str
    planned: Decimal
    actual: Decimal
    consented: bool = False


@dataclass(frozen=True)
class PositionResult:
    """What is recognised of a position, and why.

    ``change`` is percent above or below the plan with four places, for display; None where nothing was planned.
    """

    position: Position
    allowed: Decimal
    is_over: bool
    over: Decimal
    recognised: Decimal
    change: Decimal | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class OverrunResult:
    """All positions. ``recognised`` is at most the eligible total; overruns are covered where savings are as large."""

    positions: tuple[PositionResult, ...]
    planned: Decimal
    actual: Decimal
    overruns: Decimal
    savings: Decimal
    is_covered: bool
    recognised: Decimal
    steps: tuple[Step, ...]


def exceeds(actual: Decimal, planned: Decimal, overrun_percent: Decimal) -> bool:
    """Whether more than the allowed overrun was spent: exact, so that 20,0005 % are more than 20 %."""
    return EXACT.multiply(actual, HUNDRED) > EXACT.multiply(planned, HUNDRED + overrun_percent)


def check_position(position: Position, overrun_percent: Decimal | None) -> PositionResult:
    """One position; without a percentage the plan is binding in its total only."""
    planned, actual = position.planned, position.actual
    change = ratio(actual - planned, planned)
    if overrun_percent is None or position.consented:
        why = "zugestimmt" if position.consented else "keine Grenze festgelegt, deshalb nicht geprüft"
        return PositionResult(position, actual, False, NOTHING, actual, change, (Step("Anerkannt", why, actual),))
    exact = percent_of(HUNDRED + overrun_percent, planned)
    allowed = cents_down(exact)
    is_over = exceeds(actual, planned, overrun_percent)
    recognised = allowed if is_over else actual
    steps = (
        Step("Erlaubt", f"{percent(HUNDRED + overrun_percent)} × {euro(planned)}", allowed, DOWN * (allowed != exact)),
        Step("Anerkannt", f"kleinerer Betrag aus {euro(actual)} und {euro(allowed)}", recognised),
    )
    return PositionResult(position, allowed, is_over, actual - recognised, recognised, change, steps)


def check_overrun(
    positions: Sequence[Position], overrun_percent: Decimal | None, eligible: Decimal | None = None
) -> OverrunResult:
    """R5 over all positions. ``eligible`` is the eligible total as decided, by default the sum of the plan."""
    results = tuple(check_position(position, overrun_percent) for position in positions)
    planned = total(each.planned for each in positions)
    overruns = total(max(NOTHING, each.actual - each.planned) for each in positions)
    savings = total(max(NOTHING, each.planned - each.actual) for each in positions)
    most, found = planned if eligible is None else eligible, total(each.recognised for each in results)
    steps = [
        Step("Summe der Positionen", " + ".join(euro(each.recognised) for each in results), found),
        Step("Anerkannt", f"höchstens {euro(most)}", min(found, most)),
    ]
    return OverrunResult(
        positions=results,
        planned=planned,
        actual=total(each.actual for each in positions),
        overruns=overruns,
        savings=savings,
        is_covered=overruns <= savings,
        recognised=min(found, most),
        steps=tuple(steps),
    )
