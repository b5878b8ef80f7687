"""What money of a case is on its way, was paid out, used and claimed back."""

from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Municipality
from funding.enums import ClaimState, PaymentState, ProofKind, ProofState
from funding.models import BaseRate, FundingApplication, Payment, PaymentUse, ProofOfUse, RepaymentClaim

NOTHING = Decimal("0.00")
ON_ITS_WAY = (PaymentState.RELEASED, PaymentState.PAID)
CLAIM_OVER = (ClaimState.PAID, ClaimState.WAIVED)
AWAITED = (ProofState.DUE, ProofState.ASKED)


def on_its_way(application: FundingApplication, but: int) -> Decimal:
    """What was released or paid, without the payment of this key."""
    rows = Payment.objects.filter(application=application, state__in=ON_ITS_WAY).exclude(pk=but)
    return rows.aggregate(all=Sum("amount"))["all"] or NOTHING


def paid_out(application: FundingApplication) -> QuerySet[Payment]:
    """Payments that the cash office has made, the first first."""
    return Payment.objects.filter(application=application, state=PaymentState.PAID).order_by("paid_on", "pk")


def uses_of(application: FundingApplication) -> QuerySet[PaymentUse]:
    """When money of the case was used."""
    return PaymentUse.objects.filter(payment__application=application).order_by("used_on", "pk")


def overdue_proofs(application: FundingApplication, day: date) -> QuerySet[ProofOfUse]:
    """Proofs that the same Träger owes on the day, of all its cases in the municipality."""
    same = Q(application__applicant=application.applicant)
    if application.provider_id:
        same |= Q(application__provider=application.provider_id)
    rows = ProofOfUse.objects.filter(same, municipality=application.municipality_id, state__in=AWAITED)
    return rows.alias(until=Coalesce("extended_to", "due")).filter(until__lt=day).select_related("application")


def claimed(application: FundingApplication, but: int) -> Decimal:
    """What is claimed back or was repaid; what was waived does not count."""
    rows = RepaymentClaim.objects.filter(application=application).exclude(state=ClaimState.WAIVED).exclude(pk=but)
    return rows.aggregate(all=Sum("principal"))["all"] or NOTHING


def to_be_claimed() -> Q:
    """Of proofs: recognised as the last one, less is due than was paid, and nobody has begun a claim."""
    same = {"application": OuterRef("application")}
    paid = Payment.objects.filter(**same, state=PaymentState.PAID).order_by().values("application")
    less = Q(grant_due__lt=Subquery(paid.annotate(all=Sum("amount")).values("all")))
    recognised = Q(kind=ProofKind.FINAL, state=ProofState.RECOGNISED)
    return recognised & less & ~Q(Exists(RepaymentClaim.objects.filter(**same)))


def base_rates() -> list[BaseRate]:
    """All Basiszinssätze, the first first."""
    return list(BaseRate.objects.filter(valid_from__isnull=False).order_by("valid_from"))


def payments_of(municipality: Municipality) -> QuerySet[Payment]:
    """The payments of a municipality with their cases, the earliest first."""
    rows = Payment.objects.filter(municipality=municipality).select_related("application", "municipality")
    return rows.order_by("planned_on", "pk")


def proofs_of(municipality: Municipality) -> QuerySet[ProofOfUse]:
    """The proofs of a municipality with their cases, the earliest first."""
    rows = ProofOfUse.objects.filter(municipality=municipality).select_related("application", "municipality")
    return rows.order_by("due", "pk")
