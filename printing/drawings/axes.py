"""Axes of charts: round steps, where the values begin, and which years have room for their number."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
FROM_ZERO = Decimal("0.5")  # where the least value is below this share of the greatest, the axis begins at zero


@dataclass(frozen=True)
class ValueAxis:
    """Round values from ``low`` to ``high``; ``is_broken`` where zero lies outside."""

    ticks: tuple[Decimal, ...]

    @property
    def low(self) -> Decimal:
        """The lower end."""
        return self.ticks[0]

    @property
    def high(self) -> Decimal:
        """The upper end."""
        return self.ticks[-1]

    @property
    def is_broken(self) -> bool:
        """True where the axis does not begin at zero."""
        return not self.low <= 0 <= self.high


def round_step(span: Decimal, most: int) -> Decimal:
    """The least round step of which ``most`` cover the span."""
    rough = span / most
    power = Decimal(1).scaleb(rough.adjusted())
    return next(step * power for step in STEPS if step * power >= rough)


def value_axis(values: Sequence[Decimal], most: int = 5) -> ValueAxis:
    """From zero where that shows the changes, else broken: a line that lies flat at the top says nothing."""
    low, high = min(values), max(values)
    if low >= 0 and low <= high * FROM_ZERO:
        low = Decimal(0)
    elif high <= 0:
        high = Decimal(0)
    if low == high:
        spread = abs(low) / 10 or Decimal(1)
        low, high = (low - spread if low else low), high + spread
    step = round_step(high - low, most)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return ValueAxis(tuple(step * count for count in range(int(first), int(last) + 1)))


def year_step(first: int, last: int, room: float, width: float) -> int:
    """Every how many years a number of this width fits."""
    return next((step for step in (1, 2, 3, 5, 10, 20) if room * step >= width), 50)
