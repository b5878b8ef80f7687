"""What of a Landeszuwendung holds on a day: the rules of versions and deadlines, applied to its records.

A vague day counts from its last one. Amounts are Decimals of cents.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding import deadlines
from funding.deadlines import Term
from funding.domain import versions
from funding.domain.versions import Version
from funding.models import FundsCall, StateNotice
from planning.enums import UseUnit
from planning.models import FundingRule

NOTHING = Decimal("0.00")


def in_force(notices: Iterable[StateNotice], day: date) -> StateNotice | None:
    """The one notice that holds on the day: the latest until then; a later one replaces it and adds nothing."""
    known = {notice.pk: notice for notice in notices}
    held = versions.in_force((Version(pk, row.dated.last, row.amount) for pk, row in known.items()), day)
    return known[held.number] if held else None


def called_until(calls: Iterable[FundsCall], day: date) -> Decimal:
    """What was called up to the day, that day included."""
    return sum((call.amount for call in calls if call.requested_on.first <= day), NOTHING)


@dataclass(frozen=True)
class Standing:
    """A grant on a day; ``granted`` is None before the first notice."""

    granted: Decimal | None
    called: Decimal
    received: Decimal
    used: Decimal

    @property
    def callable(self) -> Decimal:
        """What can still be called."""
        return max(NOTHING, (self.granted or NOTHING) - self.called)

    @property
    def too_much(self) -> Decimal:
        """What was called beyond what is in force now, after a change or a revocation."""
        return max(NOTHING, self.called - (self.granted or NOTHING))

    @property
    def unused(self) -> Decimal:
        """What came and is not said to be used."""
        return self.received - self.used


def standing(notices: Iterable[StateNotice], calls: Iterable[FundsCall], day: date) -> Standing:
    """What holds on the day."""
    notice, calls = in_force(notices, day), list(calls)
    came = [call for call in calls if call.received_on and call.received_on.first <= day]
    used = [call for call in came if call.used_on and call.used_on.first <= day]
    return Standing(
        granted=notice.amount if notice else None,
        called=called_until(calls, day),
        received=sum((call.received_amount or NOTHING for call in came), NOTHING),
        used=sum((call.received_amount or NOTHING for call in used), NOTHING),
    )


def use_until(call: FundsCall, rule: FundingRule) -> date | None:
    """The last day on which what came may be used; None where nothing came or the programme sets no time."""
    if call.received_on is None or not rule.use_within:
        return None
    within = Term(rule.use_within, "months" if rule.use_unit == UseUnit.MONTHS else "days")
    return deadlines.use_until(call.received_on.last, within)
