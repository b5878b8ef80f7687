"""Decisions and notices are versions: exactly one is in force on a day, and their amounts never add up (R13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Version:
    """A decision as it was given: the number counts up, ``first`` is the day from which it holds."""

    number: int
    first: date
    amount: Decimal


def in_force(versions: Iterable[Version], day: date) -> Version | None:
    """The version that holds on the day, the newest number where two begin on one day; None before the first."""
    begun = [each for each in versions if each.first <= day]
    return max(begun, key=lambda each: (each.first, each.number), default=None)
