"""What the cash office is told to pay: released and not paid yet, with whole account numbers."""

from dataclasses import dataclass

from accounts.models import Municipality
from funding.enums import PaymentAction, PaymentState
from funding.models import Payment, PaymentStep
from funding.queries.case_money import payments_of

SIGNERS = (PaymentAction.PREPARE, PaymentAction.RELEASE)


@dataclass(frozen=True)
class CashOrder:
    """One payment to be made; the last steps say who has prepared and who has released it, and when."""

    payment: Payment
    prepared: PaymentStep | None
    released: PaymentStep | None

    @property
    def holder(self) -> str:
        """Whose account it is."""
        return self.payment.application.account_holder or self.payment.application.applicant

    @property
    def account(self) -> str:
        """The whole IBAN in groups of four, as it is written on paper."""
        iban = self.payment.application.iban
        return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))

    @property
    def purpose(self) -> str:
        """What the transfer says."""
        return f"{self.payment.application.case_number} {self.payment.application.title}"


def cash_orders(municipality: Municipality) -> list[CashOrder]:
    """The earliest first (two queries)."""
    payments = list(payments_of(municipality).filter(state=PaymentState.RELEASED))
    steps = PaymentStep.objects.filter(payment__in=payments, action__in=SIGNERS).order_by("number")
    last = {(step.payment_id, step.action): step for step in steps}
    return [CashOrder(row, *(last.get((row.pk, action)) for action in SIGNERS)) for row in payments]
