"""A reckoning, written out: what a page prints line by line so that anybody can follow it with pencil and paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Context, Decimal, Inexact, InvalidOperation, Overflow

from records.amounts import written

NOTHING = Decimal("0.00")
CENT = Decimal("0.01")
HUNDRED = Decimal(100)
EXACT = Context(prec=60, traps=[Inexact, InvalidOperation, Overflow])  # raises instead of rounding
DOWN, HALF_UP, CUT = "abgerundet", "kaufmännisch gerundet", "weitere Stellen folgen"


@dataclass(frozen=True)
class Step:
    """One line: „Zuwendung“, „80 % × 27.450,57 €“, 21.960,45, „abgerundet“ (empty where the result is exact)."""

    label: str
    formula: str
    result: Decimal
    rounded: str = ""


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum of what is known; no statement adds nothing."""
    return sum((each for each in amounts if each is not None), NOTHING)


def known_total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is: no statement is no zero."""
    known = [each for each in amounts if each is not None]
    return total(known) if known else None


def percent_of(percent: Decimal, base: Decimal) -> Decimal:
    """So many percent of an amount, exact, with as many places as that needs."""
    return EXACT.multiply(EXACT.multiply(percent, base), CENT)


def cents_down(value: Decimal) -> Decimal:
    """Rounded down to the cent: what may be granted."""
    return value.quantize(CENT, ROUND_FLOOR)


def ratio(part: Decimal, whole: Decimal, places: int = 4) -> Decimal | None:
    """Percent for display, half up; None of nothing. Limits are never compared with it."""
    if not whole:
        return None
    scale = 10 ** (places + 2)
    above, below = (int(EXACT.scaleb(each, 2)) for each in (part, whole))
    return Decimal((2 * above * scale + below) // (2 * below)).scaleb(-places)


def euro(value: Decimal) -> str:
    """„27.450,57 €“ in a formula; more places stay."""
    in_cents = cents_down(value)
    return f"{written(in_cents if in_cents == value else EXACT.normalize(value))} €"


def percent(value: Decimal) -> str:
    """„80 %“, „6,62 %“ in a formula."""
    whole = value.to_integral_value()
    return f"{written(whole if value == whole else value.normalize())} %"


def day(value: date) -> str:
    """„01.10.2022“ in a formula."""
    return f"{value:%d.%m.%Y}"
