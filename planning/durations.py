"""How long something took, from two vague dates; one reckoning for every page and paper that tells of it."""

from decimal import ROUND_HALF_UP, Decimal

from records.vague import HALF, YEAR, VagueDate

DAYS_OF_WEEK, DAYS_OF_MONTH = 7, Decimal("30.44")
COARSE = frozenset({YEAR, HALF})


def days_between(begin: VagueDate | None, end: VagueDate | None) -> int | None:
    """From the middle of the one date to the middle of the other; None where they say too little."""
    if begin is None or end is None or {begin.precision, end.precision} & COARSE:
        return None
    return max((end.middle - begin.middle).days, 1)


def in_weeks(days: Decimal) -> int:
    """In whole weeks, at least one."""
    return max(int((days / DAYS_OF_WEEK).quantize(Decimal(1), ROUND_HALF_UP)), 1)


def in_months(days: Decimal) -> int:
    """In whole months, at least one."""
    return max(int((days / DAYS_OF_MONTH).quantize(Decimal(1), ROUND_HALF_UP)), 1)
