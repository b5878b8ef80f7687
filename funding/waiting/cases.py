"""What of the cases of Träger is open until the end, apart from their parts, and which calls close.

For every state the same person acts as in the head line of the case (funding.queries.standing).
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import Action
from funding.enums import (
    Actor,
    ApplicationAction,
    ApplicationState,
    DecisionState,
    PaymentState,
    ProjectClass,
    ProofState,
)
from funding.models import (
    ApplicationStep,
    Call,
    FundingApplication,
    FundingDecision,
    Inquiry,
    Payment,
    ProofOfUse,
    RepaymentClaim,
)
from funding.queries.case_money import CLAIM_OVER, to_be_claimed
from funding.waiting.sources import day_of, note, open_money
from records.waiting import HERE, TODAY, tell_record

S = ApplicationState
IN_CHECK = (S.RECEIVED, S.CHECKING, S.ASKED)
HERE_ALONE: dict[str, Any] = {"told_to": Action.WRITE, "note": "applicant"}


def cases(*states: str) -> QuerySet[Any]:
    """Applications in one of the states."""
    return FundingApplication.objects.filter(state__in=states)


def below(model: Any, **given: Any) -> Exists:
    """Whether there are such rows of the application."""
    return Exists(model.objects.filter(application=OuterRef("pk"), **given))


def in_check() -> QuerySet[Any]:
    """What the office checks: nothing is asked of the Träger."""
    asked = below(Inquiry, answered_on__isnull=True)
    return FundingApplication.objects.filter(Q(state=S.SKETCH) | (Q(state__in=IN_CHECK) & ~asked))


def inquiries() -> QuerySet[Any]:
    """What is asked for and not answered, while that still matters."""
    return Inquiry.objects.filter(answered_on__isnull=True, application__state__in=IN_CHECK)


def needs_no_advice() -> Q:
    """No board has to advise any more: it has, none does, or a decision is in preparation."""
    skipped = below(ApplicationStep, action=ApplicationAction.SKIP_ADVICE)
    return Q(state=S.ADVISED) | Q(project_class=ProjectClass.MICRO) | Q(skipped) | Q(below(FundingDecision))


def without_advice() -> QuerySet[Any]:
    """Checked applications that a board has to advise on."""
    return cases(S.CHECKED).filter(~needs_no_advice())


def to_be_decided() -> QuerySet[Any]:
    """Applications about which the office prepares a decision."""
    prepared = below(FundingDecision, state=DecisionState.PREPARED)
    return cases(S.CHECKED, S.ADVISED).filter(needs_no_advice(), ~prepared)


def without_proof() -> QuerySet[Any]:
    """Granted, and the proof that is due is not noted yet."""
    due = Exists(
        FundingDecision.objects.filter(application=OuterRef("pk"), proof_due__isnull=False).exclude(
            state=DecisionState.DRAFT
        )
    )
    return cases(S.DECIDED).filter(due, ~below(ProofOfUse))


def to_be_closed() -> QuerySet[Any]:
    """Decided cases in which nothing is open any more."""
    open_proof = Exists(
        ProofOfUse.objects.filter(application=OuterRef("pk")).filter(~Q(state=ProofState.RECOGNISED) | to_be_claimed())
    )
    open_claim = Exists(RepaymentClaim.objects.filter(application=OuterRef("pk")).exclude(state__in=CLAIM_OVER))
    over = (PaymentState.PAID, PaymentState.CANCELLED)
    open_payment = Exists(Payment.objects.filter(application=OuterRef("pk")).exclude(state__in=over))
    in_work = (DecisionState.DRAFT, DecisionState.PREPARED, DecisionState.RELEASED)
    deciding = below(FundingDecision, state__in=in_work)
    rows = cases(S.DECIDED).filter(below(ProofOfUse))
    return rows.filter(~open_proof, ~open_claim, ~open_payment, ~deciding)


SOURCES = (
    open_money(
        "application-draft",
        lambda: cases(S.DRAFT),
        tell_record(FundingApplication, "Ist der Antrag eingegangen?", page="detail"),
        Actor.PLANNER,
        since="changed_at",
        **HERE_ALONE,
    ),
    open_money(
        "application-invited",
        lambda: cases(S.INVITED),
        tell_record(FundingApplication, "Ist der Antrag eingegangen?", page="detail"),
        Actor.PROVIDER,
        rights=(),
        since="changed_at",
        **HERE_ALONE,
    ),
    open_money(
        "application-check",
        in_check,
        tell_record(FundingApplication, "Prüfen", page="detail"),
        Actor.PLANNER,
        since="changed_at",
        **HERE_ALONE,
    ),
    open_money(
        "application-inquiry",
        inquiries,
        tell_record(Inquiry, "Beantwortet?"),
        Actor.PROVIDER,
        rights=(),
        told_to=Action.WRITE,
        day=day_of("until"),
        note="application__label",
    ),
    open_money(
        "application-inquiry-late",
        lambda: inquiries().filter(until__lt=TODAY),
        tell_record(Inquiry, "Wie geht es weiter?"),
        Actor.PLANNER,
        told_to=Action.WRITE,
        day=day_of("until"),
        note="application__label",
    ),
    open_money(
        "application-advice",
        without_advice,
        tell_record(FundingApplication, "Beraten", page="detail"),
        Actor.BOARD,
        since="changed_at",
        **HERE_ALONE,
    ),
    open_money(
        "application-decide",
        to_be_decided,
        tell_record(FundingApplication, "Entscheidung vorbereiten", page="detail"),
        Actor.PLANNER,
        since="changed_at",
        **HERE_ALONE,
    ),
    open_money(
        "application-change",
        lambda: cases(S.DECIDED).filter(below(FundingDecision, state=DecisionState.DRAFT)),
        tell_record(FundingApplication, "Änderung vorbereiten", page="detail"),
        Actor.PLANNER,
        since="changed_at",
        **HERE_ALONE,
    ),
    open_money(
        "application-without-proof",
        without_proof,
        tell_record(FundingApplication, "Nachweis vormerken", page="detail"),
        Actor.PLANNER,
        since="changed_at",
        **HERE_ALONE,
    ),
    open_money(
        "application-close",
        to_be_closed,
        tell_record(FundingApplication, "Vorgang abschließen", page="detail"),
        Actor.PLANNER,
        since="changed_at",
        **HERE_ALONE,
    ),
    open_money(
        "call-closing",
        lambda: Call.objects.filter(withdrawn_on__isnull=True),
        tell_record(Call, "Öffnen", page="detail"),
        Actor.PROVIDER,
        rights=(),
        day=day_of("closes_on"),
        note=note("Aufruf schließt"),
        ahead=HERE,
    ),
)
