"""R4 with stored rows: application and decision against the Kommune's own rule, in one way for both.

The Förderquote counts the zuwendungsfähige Ausgaben (Saale-Holzland: „in der Regel ≤ 80 % der zuwendungsfähigen
Gesamtausgaben“ [S]); the Eigenanteil and the limit of a class count all costs (Saalfeld-Rudolstadt: „≥ 10 % der
Gesamtausgaben“ [S]).
"""

from collections.abc import Iterable
from decimal import Decimal

from funding.domain.reckoning.arithmetic import Check, LocalLimits, check_application
from funding.domain.reckoning.steps import total
from funding.enums import MoneySource
from funding.models import CostPosition, DecidedCost, DecidedFinance, FinancePosition, LocalFundingRule


def eligible_of(costs: Iterable[CostPosition | DecidedCost]) -> Decimal:
    """The zuwendungsfähige Ausgaben, in euro."""
    return total(row.amount for row in costs if row.eligible)


def limits_of(rule: LocalFundingRule | None) -> LocalLimits:
    """What the rule sets; without a rule nothing."""
    if rule is None:
        return LocalLimits()
    return LocalLimits(rule.maximum_share, rule.minimum_own_share, rule.maximum_grant, rule.maximum_total)


def quotas_of(
    grant: Decimal,
    costs: Iterable[CostPosition | DecidedCost],
    finances: Iterable[FinancePosition | DecidedFinance],
    rule: LocalFundingRule | None,
) -> tuple[Check, ...]:
    """What is asked for or granted, in euro, against every limit of the rule; no query of its own."""
    costs = list(costs)
    own = total(row.amount for row in finances if row.source == MoneySource.OWN)
    return check_application(grant, own, total(row.amount for row in costs), eligible_of(costs), limits_of(rule))
