"""Whether the money of a case is settled: the condition of „Vorgang abschließen“."""

from collections.abc import Iterable

from funding.domain.steps import euro, total
from funding.enums import ClaimState, PaymentState, ProofKind, ProofState
from funding.models import FundingApplication, Payment, ProofOfUse, RepaymentClaim
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
    yield from not_even(case)
    if RepaymentClaim.objects.filter(application=case).exclude(state__in=OVER).exists():
        yield Unmet("claims", "Eine Rückforderung ist noch offen.")


def not_even(case: FundingApplication) -> Iterable[Unmet]:
    """What was paid is what is due after the last proof and what was paid back or waived, to the cent."""
    proof = ProofOfUse.objects.filter(application=case, kind=ProofKind.FINAL, grant_due__isnull=False).last()
    if proof is None or proof.grant_due is None:
        return
    paid = total(Payment.objects.filter(application=case, state=PaymentState.PAID).values_list("amount", flat=True))
    claims = RepaymentClaim.objects.filter(application=case, state__in=OVER)
    back = total(claims.values_list("principal", flat=True))
    if paid != proof.grant_due + back:
        text = f"Ausgezahlt sind {euro(paid)}, zustehend {euro(proof.grant_due)}, erstattet oder erlassen {euro(back)}."
        yield Unmet("uneven", text)
