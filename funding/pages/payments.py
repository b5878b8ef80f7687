"""Payments by who acts: to be prepared, to be released, at the cash office."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Municipality
from funding.domain.reckoning.steps import NOTHING, total
from funding.enums import PaymentState
from funding.models import Payment
from funding.queries.case_money import payments_of

OPEN = (PaymentState.PLANNED, PaymentState.PREPARED, PaymentState.RELEASED)
SHOWN = 4  # characters of an IBAN at either end


@dataclass(frozen=True)
class DuePayments:
    """Open payments of a municipality, the earliest first, and those that were paid last."""

    planned: tuple[Payment, ...]
    prepared: tuple[Payment, ...]
    released: tuple[Payment, ...]
    paid: tuple[Payment, ...]

    @property
    def released_sum(self) -> Decimal:
        """What the cash office is to pay."""
        return total(payment.amount for payment in self.released) if self.released else NOTHING


def due_payments(municipality: Municipality) -> DuePayments:
    """Two queries."""
    found: dict[str, list[Payment]] = {state: [] for state in OPEN}
    for payment in payments_of(municipality).filter(state__in=OPEN):
        found[payment.state].append(payment)
    paid = payments_of(municipality).filter(state=PaymentState.PAID).order_by("-paid_on", "-pk")[:20]
    planned, prepared, released = (tuple(found[state]) for state in OPEN)
    return DuePayments(planned, prepared, released, tuple(paid))


def masked(iban: str) -> str:
    """„DE89 … 3000“: enough to tell accounts apart."""
    return f"{iban[:SHOWN]}\u00a0…\u00a0{iban[-SHOWN:]}" if iban else ""


def is_due(payment: Payment, today: date) -> bool:
    """Whether its day has come."""
    return payment.planned_on <= today
