"""What a criterion has reached: one number of what was reported. Shares are reckoned of their parts, counts added up.

Everything else (a waiting time, a mark) is never added: of several periods there is no number then.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from planning.enums import Counting
from planning.models import CriterionReport, CriterionValue, QualityCriterion, TargetRevision

HUNDRED, CENT = Decimal(100), Decimal("0.01")


def achieved(criterion: QualityCriterion, reports: Iterable[CriterionReport]) -> Decimal | None:
    """What the reports come to in the criterion's unit; None where they come to no number."""
    rows = list(reports)
    if criterion.counting == Counting.SHARE:
        return share(rows)
    values = [Decimal(row.value) for row in rows if row.value is not None]
    if len(values) == 1 or (values and criterion.counting == Counting.COUNT):
        return sum(values, Decimal(0))
    return None


def share(rows: Sequence[CriterionReport]) -> Decimal | None:
    """„38 von 120“ and „22 von 60“ are 60 of 180, never the mean of two percentages."""
    both = [(row.numerator, row.denominator) for row in rows if row.numerator is not None and row.denominator]
    whole = sum((Decimal(denominator) for _, denominator in both), Decimal(0))
    part = sum((Decimal(numerator) for numerator, _ in both), Decimal(0))
    return (part / whole * HUNDRED).quantize(CENT) if whole else None


def over_years(criterion: QualityCriterion, values: Iterable[CriterionValue]) -> Decimal | None:
    """The sum over several years, of counts alone; None for one year and for everything that is not counted."""
    actual = [Decimal(value.actual) for value in values if value.actual is not None]
    if criterion.counting != Counting.COUNT or len(actual) < 2:
        return None
    return sum(actual, Decimal(0))


def reports_in(criterion: QualityCriterion, year: int) -> list[CriterionReport]:
    """Those of the year, in their order."""
    return [row for row in criterion.reports.all() if row.year == year]


def revisions_in(criterion: QualityCriterion, year: int | None) -> list[TargetRevision]:
    """How the target of the year was changed, one after the other."""
    return [row for row in criterion.revisions.all() if row.year == year]
