"""Limits of a plan and of an application: totals of stored parts, compared exactly (R1 to R4 of the rules of money).

The quotas come from Richtlinie LSZ of 18.07.2022, changed 04.05.2023: up to 70 % of the eligible expenses, at least
30 % by the municipality [S]. Whether the base includes the money of Träger and third parties is not said: ``ShareBase``
is a setting, „Annahme“. What is not set is not checked, and the result says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from funding.domain.reckoning.steps import (
    CENT,
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

ShareBase = Literal["all", "state_and_municipal"]
Bound = Literal["maximum", "share", "minimum", "own_share", "grant", "cost", "pot"]


@dataclass(frozen=True)
class Sums:
    """What comes from each source, in a plan or a line of it."""

    state: Decimal = NOTHING
    municipal: Decimal = NOTHING
    own: Decimal = NOTHING
    third: Decimal = NOTHING
    fees: Decimal = NOTHING
    unknown: Decimal = NOTHING  # „noch offen“

    @property
    def total(self) -> Decimal:
        """All sources together."""
        return total((self.state, self.municipal, self.own, self.third, self.fees, self.unknown))

    def base(self, kind: ShareBase) -> Decimal:
        """Of what the shares are counted."""
        return self.total if kind == "all" else self.state + self.municipal


@dataclass(frozen=True)
class PlanLimits:
    """What the programme sets for a municipality and year; None where it sets nothing."""

    maximum: Decimal | None = None  # Höchstbetrag, euro
    share: Decimal | None = None  # of the Land at most, percent
    minimum: Decimal | None = None  # of the Kommune at least, percent
    base: ShareBase = "all"


@dataclass(frozen=True)
class LocalLimits:
    """What a municipality sets for a class of applications; None where it sets nothing."""

    share: Decimal | None = None  # of the grant at most, percent of the eligible costs
    own_share: Decimal | None = None  # of the Träger at least, percent of all costs
    grant: Decimal | None = None
    cost: Decimal | None = None


@dataclass(frozen=True)
class Check:
    """One limit: ``is_met`` is None where nothing is set. ``free`` is what is left to it, below zero what is too much.

    ``limit`` is exact (296.322,754); ``bound`` is the last cent that is still within it.
    """

    kind: Bound
    amount: Decimal
    limit: Decimal | None = None
    bound: Decimal | None = None
    is_met: bool | None = None
    free: Decimal | None = None
    share: Decimal | None = None  # of the base, percent with four places, for display
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Balance:
    """Costs against finance, R1: to the cent."""

    costs: Decimal
    finance: Decimal
    difference: Decimal
    is_balanced: bool


def within(part: Decimal, share: Decimal, base: Decimal) -> bool:
    """Whether a part is at most so many percent of a base: compared without dividing."""
    return EXACT.multiply(part, HUNDRED) <= EXACT.multiply(share, base)


def balance(costs: Iterable[Decimal | None], finance: Iterable[Decimal | None]) -> Balance:
    """R1: the sum of costs is the sum of finance."""
    spent, given = total(costs), total(finance)
    return Balance(spent, given, given - spent, spent == given)


def check_plan(sums: Sums, limits: PlanLimits) -> tuple[Check, Check, Check]:
    """R2: maximum and share of the Land, least share of the Kommune, over the whole plan and never by line (R4)."""
    base = sums.base(limits.base)
    return (
        at_most("maximum", sums.state, limits.maximum),
        at_most_share("share", sums.state, limits.share, base),
        at_least_share("minimum", sums.municipal, limits.minimum, base),
    )


def check_application(
    grant: Decimal, own: Decimal, cost: Decimal, eligible: Decimal, limits: LocalLimits
) -> tuple[Check, ...]:
    """R4: only the municipality's own quotas hold for a single application; 90 % can be right.

    The grant is a share of the eligible costs, the own share one of all costs.
    """
    return (
        at_most_share("share", grant, limits.share, eligible),
        at_least_share("own_share", own, limits.own_share, cost),
        at_most("grant", grant, limits.grant),
        at_most("cost", cost, limits.cost),
    )


def check_pot(decided: Iterable[Decimal], pot: Decimal | None) -> Check:
    """R3: what is decided stays within the pot of the call."""
    return at_most("pot", total(decided), pot)


def proposed_grant(share: Decimal, cost: Decimal, most: Decimal | None = None) -> tuple[Decimal, tuple[Step, ...]]:
    """The largest grant of so many percent: rounded down, at most ``most``."""
    exact = percent_of(share, cost)
    found = cents_down(exact)
    steps = [Step("Höchste Zuwendung", f"{percent(share)} × {euro(cost)}", found, DOWN * (found != exact))]
    if most is not None and most < found:
        steps.append(Step("Höchstbetrag", f"höchstens {euro(most)}", most))
    return steps[-1].result, tuple(steps)


def at_most(kind: Bound, amount: Decimal, limit: Decimal | None) -> Check:
    """An amount against a limit in euro."""
    if limit is None:
        return Check(kind, amount)
    step = Step("Noch frei", f"{euro(limit)} − {euro(amount)}", limit - amount)
    return Check(kind, amount, limit, limit, amount <= limit, limit - amount, steps=(step,))


def at_most_share(kind: Bound, amount: Decimal, share: Decimal | None, base: Decimal) -> Check:
    """An amount against so many percent of a base."""
    if share is None:
        return Check(kind, amount, share=ratio(amount, base))
    limit = percent_of(share, base)
    bound = cents_down(limit)
    steps = (
        Step("Grenze", f"{percent(share)} × {euro(base)} = {euro(limit)}", bound, DOWN * (bound != limit)),
        Step("Noch frei", f"{euro(bound)} − {euro(amount)}", bound - amount),
    )
    return Check(kind, amount, limit, bound, within(amount, share, base), bound - amount, ratio(amount, base), steps)


def at_least_share(kind: Bound, amount: Decimal, share: Decimal | None, base: Decimal) -> Check:
    """An amount that must reach so many percent of a base; ``free`` is what it has above that."""
    if share is None:
        return Check(kind, amount, share=ratio(amount, base))
    limit = percent_of(share, base)
    bound = limit.quantize(CENT, ROUND_CEILING)
    is_met = EXACT.multiply(amount, HUNDRED) >= EXACT.multiply(share, base)
    steps = (
        Step("Mindestens", f"{percent(share)} × {euro(base)} = {euro(limit)}", bound, "aufgerundet" * (bound != limit)),
        Step("Darüber", f"{euro(amount)} − {euro(bound)}", amount - bound),
    )
    return Check(kind, amount, limit, bound, is_met, amount - bound, ratio(amount, base), steps)
