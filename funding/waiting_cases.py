"""What of the cases of Träger is open until a decision is prepared, and which calls close."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.enums import Action
from funding.enums import Actor, ApplicationAction, ApplicationState, ProjectClass
from funding.models import ApplicationStep, Call, FundingApplication, FundingDecision, Inquiry
from funding.waiting import note, open_money
from records.fields import VagueDateField
from records.waiting import HERE, tell_record

S = ApplicationState
UNTIL_CHECKED = (S.SKETCH, S.RECEIVED, S.CHECKING)
ENDED = (S.CLOSED, S.REFUSED, S.WITHDRAWN, S.LAPSED)


def vague(name: str) -> Concat:
    """A day as the text of a vague date."""
    return Concat(Cast(F(name), VagueDateField()), Value("D"), output_field=VagueDateField())


def without_advice() -> QuerySet[Any]:
    """Checked applications that a board has to advise on."""
    skipped = ApplicationStep.objects.filter(application=OuterRef("pk"), action=ApplicationAction.SKIP_ADVICE)
    prepared = FundingDecision.objects.filter(application=OuterRef("pk"))
    rows = FundingApplication.objects.filter(state=S.CHECKED).exclude(project_class=ProjectClass.MICRO)
    return rows.filter(~Exists(skipped), ~Exists(prepared))


SOURCES = (
    open_money(
        "application-check",
        lambda: FundingApplication.objects.filter(state__in=UNTIL_CHECKED),
        tell_record(FundingApplication, "Prüfen", page="detail"),
        Actor.PLANNER,
        told_to=Action.WRITE,
        since="changed_at",
        note="applicant",
    ),
    open_money(
        "application-inquiry",
        lambda: Inquiry.objects.filter(answered_on__isnull=True).exclude(application__state__in=ENDED),
        tell_record(Inquiry, "Beantwortet?"),
        Actor.PROVIDER,
        told_to=Action.WRITE,
        day=vague("until"),
        note="application__label",
    ),
    open_money(
        "application-advice",
        without_advice,
        tell_record(FundingApplication, "Beraten", page="detail"),
        Actor.BOARD,
        told_to=Action.WRITE,
        since="changed_at",
        note="applicant",
    ),
    open_money(
        "call-closing",
        lambda: Call.objects.filter(withdrawn_on__isnull=True),
        tell_record(Call, "Öffnen", page="detail"),
        Actor.PROVIDER,
        rights=(),
        day=vague("closes_on"),
        note=note("Aufruf schließt"),
        ahead=HERE,
    ),
)
