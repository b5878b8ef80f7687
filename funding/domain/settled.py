"""Whether the money of a case is settled: the condition of „Vorgang abschließen“."""

from collections.abc import Iterable

from funding.enums import ClaimState, PaymentState, ProofState
from funding.models import Payment, ProofOfUse, RepaymentClaim
from records.life.table import Attempt, Unmet, condition

OVER = (ClaimState.PAID, ClaimState.WAIVED)


@condition("Auszahlungen, Nachweise und Rückforderungen sind erledigt")
def money_settled(attempt: Attempt) -> Iterable[Unmet]:
    """Nothing is to be paid, every proof is recognised, every claim paid or waived."""
    case = attempt.record
    payments = Payment.objects.filter(application=case).order_by().values_list("state", flat=True)
    states = set(payments)
    if states - {PaymentState.PAID, PaymentState.CANCELLED}:
        yield Unmet("payments", "Es gibt noch Auszahlungen, die nicht ausgezahlt oder entfallen sind.")
    proofs = ProofOfUse.objects.filter(application=case)
    if PaymentState.PAID in states and not proofs.filter(state=ProofState.RECOGNISED).exists():
        yield Unmet("proof", "Der Verwendungsnachweis ist noch nicht anerkannt.")
    elif proofs.exclude(state=ProofState.RECOGNISED).exists():
        yield Unmet("proofs", "Nicht jeder Nachweis ist anerkannt.")
    if RepaymentClaim.objects.filter(application=case).exclude(state__in=OVER).exists():
        yield Unmet("claims", "Eine Rückforderung ist noch offen.")
