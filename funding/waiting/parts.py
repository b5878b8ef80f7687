"""What of payments, proofs and claims is open, and who acts."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.enums import Action
from funding.enums import Actor, ClaimState, PaymentState, ProofState
from funding.models import Payment, ProofOfUse, RepaymentClaim
from funding.queries.case_money import to_be_claimed
from funding.waiting.sources import day_of, note, open_money
from records.waiting import TODAY, tell_record

INSIDE: dict[str, Any] = {"told_to": Action.WRITE}  # cases of Träger are seen by planner and Leitung alone


def payments(*states: str) -> QuerySet[Any]:
    """Payments in a state, with their day and the name of their case."""
    rows = Payment.objects.filter(state__in=states).exclude(planned_on__gt=date(2100, 12, 31))
    return rows.annotate(on=day_of("planned_on"))


def proofs(*states: str) -> QuerySet[Any]:
    """Proofs in a state, with the day on which they are due."""
    return ProofOfUse.objects.filter(state__in=states).annotate(on=day_of(Coalesce("extended_to", "due")))


def claims(*states: str) -> QuerySet[Any]:
    """Claims in a state."""
    return RepaymentClaim.objects.filter(state__in=states)


def in_hearing() -> Q:
    """The Träger may still answer."""
    return Q(state=ClaimState.HEARD) & (Q(answer_until__isnull=True) | Q(answer_until__gte=TODAY))


CASE = "application__label"
SOURCES = (
    open_money(
        "payment-due",
        lambda: payments(PaymentState.PLANNED),
        tell_record(Payment, "Vorbereiten", page="detail"),
        Actor.PLANNER,
        day="on",
        title=CASE,
        **INSIDE,
    ),
    open_money(
        "payment-to-release",
        lambda: payments(PaymentState.PREPARED),
        tell_record(Payment, "Freigeben?", page="detail"),
        Actor.LEAD,
        rights=(Action.RELEASE,),
        since="changed_at",
        title=CASE,
        note=note("liegt zur Freigabe"),
        **INSIDE,
    ),
    open_money(
        "payment-at-cash-office",
        lambda: payments(PaymentState.RELEASED),
        tell_record(Payment, "Ausgezahlt?", page="detail"),
        Actor.CASH_OFFICE,
        since="changed_at",
        title=CASE,
        note=note("freigegeben, noch nicht ausgezahlt"),
        **INSIDE,
    ),
    open_money(
        "proof-due",
        lambda: proofs(ProofState.DUE, ProofState.ASKED),
        tell_record(ProofOfUse, "Ist der Nachweis da?", page="detail"),
        Actor.PROVIDER,
        day="on",
        title=CASE,
        **INSIDE,
    ),
    open_money(
        "proof-in-check",
        lambda: proofs(ProofState.RECEIVED),
        tell_record(ProofOfUse, "Prüfen", page="detail"),
        Actor.PLANNER,
        since="changed_at",
        title=CASE,
        note=note("eingegangen, noch nicht geprüft"),
        **INSIDE,
    ),
    open_money(
        "proof-to-recognise",
        lambda: proofs(ProofState.CHECKED),
        tell_record(ProofOfUse, "Anerkennen?", page="detail"),
        Actor.LEAD,
        rights=(Action.RELEASE,),
        since="changed_at",
        title=CASE,
        note=note("liegt zur Anerkennung"),
        **INSIDE,
    ),
    open_money(
        "claim-to-prepare",
        lambda: ProofOfUse.objects.filter(to_be_claimed()),
        tell_record(ProofOfUse, "Zurückfordern?", page="detail"),
        Actor.PLANNER,
        since="changed_at",
        title=CASE,
        note=note("anerkannt, Rückforderung noch nicht vorbereitet"),
        **INSIDE,
    ),
    open_money(
        "claim-in-work",
        lambda: claims(ClaimState.DRAFT, ClaimState.HEARD).exclude(in_hearing()),
        tell_record(RepaymentClaim, "Weiter", page="detail"),
        Actor.PLANNER,
        since="changed_at",
        title=CASE,
        note=note("Rückforderung in Vorbereitung"),
        **INSIDE,
    ),
    open_money(
        "claim-in-hearing",
        lambda: claims(ClaimState.HEARD).filter(in_hearing()).annotate(on=day_of("answer_until")),
        tell_record(RepaymentClaim, "Geäußert?", page="detail"),
        Actor.PROVIDER,
        rights=(),
        day="on",
        title=CASE,
        note=note("Anhörung zur Rückforderung"),
        **INSIDE,
    ),
    open_money(
        "claim-to-release",
        lambda: claims(ClaimState.PREPARED),
        tell_record(RepaymentClaim, "Fordern?", page="detail"),
        Actor.LEAD,
        rights=(Action.RELEASE,),
        since="changed_at",
        title=CASE,
        note=note("Rückforderung liegt zur Freigabe"),
        **INSIDE,
    ),
    open_money(
        "claim-demanded",
        lambda: claims(ClaimState.DEMANDED).annotate(on=day_of("due")),
        tell_record(RepaymentClaim, "Bezahlt?", page="detail"),
        Actor.PROVIDER,
        day="on",
        title=CASE,
        note=note("Rückforderung, noch nicht bezahlt"),
        **INSIDE,
    ),
)
