"""When what was spent differs so much from what was planned that it needs a sentence. Pure.

From 10 % or 1 000 € on („Annahme“; settings of the programme), whichever is reached first; compared exactly.
"""

from decimal import Decimal

from funding.domain.reckoning.steps import EXACT, HUNDRED

PERCENT, AMOUNT = Decimal(10), Decimal("1000.00")


def needs_sentence(planned: Decimal, spent: Decimal, percent: Decimal | None, amount: Decimal | None) -> bool:
    """Whether the difference is to be explained; a limit that is not set is the assumed one."""
    difference = abs(spent - planned)
    if not difference:
        return False
    most = EXACT.multiply(PERCENT if percent is None else percent, planned)
    return difference >= (AMOUNT if amount is None else amount) or EXACT.multiply(difference, HUNDRED) >= most
