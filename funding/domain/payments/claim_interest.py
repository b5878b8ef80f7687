"""Interest on a claim: the records of the case as the rules of interest read them (R9, R10).

What goes back is taken from the last payments first, because they were the ones that were too much: „Annahme“.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from funding.deadlines import use_until
from funding.domain.payments.conditions import term_of
from funding.domain.reckoning.interest import (
    Interest,
    InterestPeriod,
    InterestRule,
    Money,
    Rate,
    interest_on,
    late_use_interest,
)
from funding.domain.reckoning.steps import NOTHING
from funding.enums import ClaimGround, ClaimState
from funding.models import FundingApplication, RepaymentClaim
from funding.queries.case_money import base_rates, paid_out, uses_of
from planning.models import FundingRule
from planning.queries.funding_rules import rule_of

NOT_SET = "Für {} ist keine Verzinsung festgelegt, deshalb wird keine gerechnet."
ONE_DAY = timedelta(days=1)


def rule_of_interest(rule: FundingRule) -> InterestRule | None:
    """How interest is reckoned; None where the programme says nothing."""
    if not rule.interest_kind or (rule.interest_kind != "none" and rule.interest_points is None):
        return None
    count: Any = rule.day_count or "365"
    kind: Any = rule.interest_kind
    return InterestRule(rule.interest_points or NOTHING, kind, count)


def rates() -> list[Rate]:
    """The Basiszinssätze as the rule reads them."""
    return [Rate(row.valid_from, row.percent, row.valid_until) for row in base_rates() if row.valid_from]


def interest_of(claim: RepaymentClaim, until: date) -> Interest | None:
    """Interest to the day before ``until``; None where nothing is set. Raises MissingRate."""
    case = claim.application
    rule = rule_of(case.municipality_id, case.year)
    how = rule_of_interest(rule)
    if how is None:
        return None
    if claim.ground == ClaimGround.LATE:
        return late_interest(case, rule, how, until)
    return interest_on(periods_of(claim, rule, until), how, rates())


def late_interest(case: FundingApplication, rule: FundingRule, how: InterestRule, until: date) -> Interest:
    """Zwischenzinsen on what was used after its deadline, or is not used yet; repayments use money too."""
    payments = [Money(row.paid_on, row.amount) for row in paid_out(case) if row.paid_on]
    uses = [Money(row.used_on, row.amount) for row in uses_of(case)]
    repaid = RepaymentClaim.objects.filter(application=case, state=ClaimState.PAID, paid_on__isnull=False)
    uses += [Money(row.paid_on, row.principal) for row in repaid if row.paid_on and row.principal]
    return late_use_interest(payments, uses, term_of(rule), until, how, rates())


def periods_of(claim: RepaymentClaim, rule: FundingRule, until: date) -> list[InterestPeriod]:
    """The principal, divided over the payments from which it goes back."""
    left, periods = claim.principal, []
    for payment in reversed(list(paid_out(claim.application))):
        part: Decimal = min(left, payment.amount)
        if part <= 0 or payment.paid_on is None:
            continue
        first = payment.paid_on
        if rule.interest_from == "deadline":
            first = (use_until(payment.paid_on, term_of(rule)) or payment.paid_on) + ONE_DAY
        if until > first:
            periods.append(InterestPeriod(part, first, until - ONE_DAY))
        left -= part
    return periods


def segments_of(interest: Interest) -> list[dict[str, Any]]:
    """The segments as they are kept with the claim."""
    return [
        {
            "principal": str(each.principal),
            "first": each.first.isoformat(),
            "last": each.last.isoformat(),
            "days": each.days,
            "percent": str(each.percent),
            "days_of_year": each.days_of_year,
            "interest": each.written,
        }
        for each in interest.segments
    ]
