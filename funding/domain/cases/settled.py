"""Whether the money of a case is settled: the condition of „Vorgang abschließen“."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from funding.domain.reckoning.steps import euro, total
from funding.enums import ClaimState, PaymentState, ProofKind, ProofState
from funding.models import FundingApplication, Payment, ProofOfUse, RepaymentClaim
from funding.queries.in_force import NOTHING, granted, in_force
from records.life.table import Attempt, Unmet, condition

OVER = (ClaimState.PAID, ClaimState.WAIVED)


@condition("Auszahlungen, Nachweise und Rückforderungen sind erledigt")
def money_settled(attempt: Attempt) -> Iterable[Unmet]:
    """Nothing is to be paid, every proof is recognised, every claim paid or waived.

    After a decision that leaves nothing granted there is nothing to prove: all that was paid comes back.
    """
    case = attempt.record
    decision = in_force(case, timezone.localdate(attempt.at))
    is_revoked = decision is not None and granted(decision) == NOTHING
    payments = Payment.objects.filter(application=case).order_by().values_list("state", flat=True)
    states = set(payments)
    if states - {PaymentState.PAID, PaymentState.CANCELLED}:
        yield Unmet(
            "payments", "Eine Auszahlung ist noch offen. Zahlen Sie sie aus, oder vermerken Sie, dass sie entfällt."
        )
    proofs = ProofOfUse.objects.filter(application=case)
    if not is_revoked and PaymentState.PAID in states and not proofs.filter(state=ProofState.RECOGNISED).exists():
        yield Unmet(
            "proof",
            "Der Verwendungsnachweis ist noch nicht anerkannt. Prüfen Sie ihn, und legen Sie ihn "
            "einer zweiten Person vor.",
        )
    elif not is_revoked and proofs.exclude(state=ProofState.RECOGNISED).exists():
        yield Unmet(
            "proofs",
            "Nicht jeder Nachweis ist anerkannt. Prüfen Sie die übrigen, und legen Sie sie einer zweiten Person vor.",
        )
    yield from not_even(case, NOTHING if is_revoked else due_after_proof(case))
    if RepaymentClaim.objects.filter(application=case).exclude(state__in=OVER).exists():
        yield Unmet("claims", "Eine Rückforderung ist noch offen. Vermerken Sie die Zahlung oder den Verzicht.")


def due_after_proof(case: FundingApplication) -> Decimal | None:
    """What the last proof leaves to the Träger; None before there is one."""
    proof = ProofOfUse.objects.filter(application=case, kind=ProofKind.FINAL, grant_due__isnull=False).last()
    return proof.grant_due if proof else None


def not_even(case: FundingApplication, due: Decimal | None) -> Iterable[Unmet]:
    """What was paid is what is due and what was paid back or waived, to the cent."""
    if due is None:
        return
    paid = total(Payment.objects.filter(application=case, state=PaymentState.PAID).values_list("amount", flat=True))
    claims = RepaymentClaim.objects.filter(application=case, state__in=OVER)
    back = total(claims.values_list("principal", flat=True))
    if paid != due + back:
        text = f"Ausgezahlt sind {euro(paid)}, zustehend {euro(due)}, erstattet oder erlassen {euro(back)}."
        yield Unmet("uneven", text)
