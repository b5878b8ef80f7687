"""Interest on money that was used late or goes back (R9, R10), each segment with its first and last day.

Zwischenzinsen (§ 49a Abs. 4 VwVfG) run from the day after the deadline of use to the day before the use;
Erstattungszinsen (Abs. 3) from the payment to the day before the repayment. They are different claims: BVerwG 8 C 2.12,
Leitsatz 1 [S]. The wording of § 49a ThürVwVfG is unread, so points, kind and day count are settings, „Annahme“; so is
that a rate never falls below zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from funding.deadlines import Term, use_until
from funding.domain.reckoning.steps import CUT, HALF_UP, NOTHING, Step, day, euro, percent

DayCount = Literal["365", "actual", "360"]
InterestKind = Literal["base", "fixed", "none"]
ONE_DAY = timedelta(days=1)
NO_RATE = "Für den {} ist kein Basiszinssatz eingetragen. Das Ministerium trägt ihn unter „Basiszinssätze“ ein."


class MissingRate(ValueError):
    """No base rate is known for a day; ``str()`` is a German sentence."""


@dataclass(frozen=True)
class Rate:
    """A Basiszinssatz from a day on, in percent; ``last`` is its last day, None: until another one begins."""

    first: date
    percent: Decimal
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day has begun it and not passed it."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class InterestRule:
    """``points`` above the base rate, or the whole rate where it is fixed. A year has 365, 360, or its actual days."""

    points: Decimal
    kind: InterestKind = "base"
    day_count: DayCount = "365"


@dataclass(frozen=True)
class Money:
    """An amount on a day: a payment, a use or a repayment."""

    on: date
    amount: Decimal


@dataclass(frozen=True)
class InterestPeriod:
    """A principal that bears interest from the first to the last day, both counted."""

    principal: Decimal
    first: date
    last: date


@dataclass(frozen=True)
class Segment:
    """A part of a period with one rate: ``exact`` is the interest before rounding."""

    principal: Decimal
    first: date
    last: date
    days: int
    percent: Decimal
    days_of_year: int
    exact: Fraction

    @property
    def shown(self) -> Decimal:
        """The interest with five places, the others cut off."""
        return Decimal(self.exact.numerator * 10**5 // self.exact.denominator).scaleb(-5)

    @property
    def written(self) -> str:
        """„25,39726…“, „99,30000“: the dots say that more places follow, with which the sum is made."""
        return f"{self.shown}".replace(".", ",") + "…" * (self.exact != Fraction(self.shown))


@dataclass(frozen=True)
class Interest:
    """The sum of the segments, rounded once, half up."""

    amount: Decimal
    segments: tuple[Segment, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Use:
    """A part of a payment and when it was used or repaid; None: not yet."""

    paid_on: date
    used_on: date | None
    amount: Decimal


def interest_on(periods: Iterable[InterestPeriod], rule: InterestRule, rates: Sequence[Rate] = ()) -> Interest:
    """R10 over all periods. Raises MissingRate."""
    segments = () if rule.kind == "none" else tuple(part for each in periods for part in _split(each, rule, rates))
    exact = sum((each.exact for each in segments), Fraction(0))
    twice = exact * 200
    amount = Decimal((twice.numerator + twice.denominator) // (2 * twice.denominator)).scaleb(-2)
    steps = [
        Step(f"{day(each.first)} bis {day(each.last)}", _formula(each), each.shown, CUT * each.written.endswith("…"))
        for each in segments
    ]
    formula = " + ".join(each.written for each in segments) or "keine Zinsen"
    rounded = HALF_UP if exact * 100 != int(exact * 100) else ""
    return Interest(amount, segments, (*steps, Step("Zinsen", formula, amount, rounded)))


def late_use_interest(
    payments: Iterable[Money],
    uses: Iterable[Money],
    use_within: Term | None,
    until: date,
    rule: InterestRule,
    rates: Sequence[Rate] = (),
) -> Interest:
    """Zwischenzinsen (R9): each part of a payment from the day after its deadline to the day before its use.

    ``uses`` hold repayments too; what is not used yet bears interest to the day before ``until``.
    """
    periods = []
    for use in used_first_in_first_out(payments, uses):
        deadline = use_until(use.paid_on, use_within)
        last = min(use.used_on or until, until) - ONE_DAY
        if deadline is not None and last > deadline:
            periods.append(InterestPeriod(use.amount, deadline + ONE_DAY, last))
    return interest_on(periods, rule, rates)


def used_first_in_first_out(payments: Iterable[Money], uses: Iterable[Money]) -> tuple[Use, ...]:
    """R9: which payment each use has eaten up, the oldest first; what was spent before a payment uses it at once."""
    waiting = [(each.on, each.amount) for each in sorted(uses, key=lambda each: each.on)]
    found: list[Use] = []
    for payment in sorted(payments, key=lambda each: each.on):
        left = payment.amount
        while left and waiting:
            on, amount = waiting.pop(0)
            part = min(left, amount)
            found.append(Use(payment.on, max(on, payment.on), part))
            left -= part
            if amount > part:
                waiting.insert(0, (on, amount - part))
        if left:
            found.append(Use(payment.on, None, left))
    return tuple(found)


def _split(period: InterestPeriod, rule: InterestRule, rates: Sequence[Rate]) -> Iterable[Segment]:
    """One segment per rate, and per year where the days of the year differ."""
    begins = {rate.first for rate in rates} if rule.kind == "base" else set()
    begins |= {rate.last + ONE_DAY for rate in rates if rule.kind == "base" and rate.last}
    if rule.day_count == "actual":
        begins |= {date(year, 1, 1) for year in range(period.first.year, period.last.year + 1)}
    cuts = sorted({period.first, *(each for each in begins if period.first < each <= period.last)})
    for first, following in zip(cuts, [*cuts[1:], period.last + ONE_DAY], strict=True):
        days = (following - first).days
        if days > 0:
            rate = max(NOTHING, rule.points + (_base_on(first, rates) if rule.kind == "base" else 0))
            year = _days_of(first.year) if rule.day_count == "actual" else int(rule.day_count)
            exact = Fraction(period.principal) * Fraction(rate) * Fraction(days, 100 * year)
            yield Segment(period.principal, first, following - ONE_DAY, days, rate, year, exact)


def _base_on(first: date, rates: Sequence[Rate]) -> Decimal:
    holding = [rate for rate in rates if rate.holds(first)]
    if not holding:
        raise MissingRate(NO_RATE.format(day(first)))
    return max(holding, key=lambda rate: rate.first).percent


def _days_of(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _formula(segment: Segment) -> str:
    return f"{euro(segment.principal)} × {percent(segment.percent)} × {segment.days}/{segment.days_of_year} Tage"
