"""Deadlines in months and days, and when a day ends in Berlin.

Sources: use within two months VV Bayern 7.2 [S]; proof within 6 months ANBest-P 6.1, 12 for Gebietskörperschaften
ANBest-Gk 5.4 [S]. That Thüringen says the same is an „Annahme“, so every number is a setting. Months are counted as
§ 188 BGB does: where the day is missing, the month's last day. Nothing moves to the next working day.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Term:
    """So many months, weeks or days."""

    number: int
    unit: Literal["months", "weeks", "days"] = "months"


def add_months(day: date, months: int) -> date:
    """The same day so many months later or, below zero, earlier."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_term(day: date, term: Term) -> date:
    """The last day of a term that begins on the day."""
    if term.unit == "months":
        return add_months(day, term.number)
    return day + timedelta(days=term.number * (7 if term.unit == "weeks" else 1))


def use_until(paid_on: date, use_within: Term | None) -> date | None:
    """The last day on which a payment is used in time; None where nothing is set."""
    return None if use_within is None else add_term(paid_on, use_within)


def proof_due(period_end: date, within: Term | None, fixed_day: tuple[int, int] | None = None) -> date | None:
    """When the proof is due after a Bewilligungszeitraum; None where nothing is set.

    ``fixed_day`` is month and day („31.03.“), the next one after the period; where both are set, the earlier one.
    """
    found = [add_term(period_end, within)] if within else []
    if fixed_day:
        following = (period_end.year, period_end.year + 1)
        days = [add_months(date(year, 1, fixed_day[1]), fixed_day[0] - 1) for year in following]
        found.append(next(each for each in days if each > period_end))
    return min(found, default=None)
