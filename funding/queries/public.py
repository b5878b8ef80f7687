"""What people without an account reach: an open call by its token, a draft by its secret, what can be chosen."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.domain.codes import key_of
from funding.enums import ApplicationState as S
from funding.enums import DecisionState
from funding.models import Call, CostKind, FundingApplication, FundingDecision, Inquiry, PublicDraft
from planning.models import ActionField, LifePhase

ANSWERED = "Ihre Antworten sind eingegangen. Die Stelle prüft Ihren Antrag weiter."
ASKABLE = (S.RECEIVED, S.CHECKING, S.ASKED)
IN_DECISION = (S.CHECKED, S.ADVISED)
SENT_OUT = (DecisionState.SENT, DecisionState.FINAL)
STATES = {
    S.SKETCH: "Ihre Skizze ist eingegangen. Die Stelle lädt Sie danach zum Antrag ein oder sagt ab.",
    S.INVITED: "Sie sind eingeladen, einen Antrag zu stellen.",
    S.RECEIVED: "Ihr Antrag ist eingegangen. Als Nächstes prüft ihn die Stelle.",
    S.CHECKING: "Ihr Antrag wird von der Stelle geprüft.",
    S.CLOSED: "Der Vorgang ist abgeschlossen.",
    S.WITHDRAWN: "Ihr Antrag ist zurückgezogen.",
    S.LAPSED: "Ihr Antrag ist verfallen, weil eine Frist verstrichen ist.",
}


def call_at(token: str) -> Call | None:
    """The call whose printed address has this token (one query)."""
    return Call.objects.select_related("municipality").filter(token=token).first()


def draft_at(call: Call, secret: str) -> PublicDraft | None:
    """The draft of this call, and of no other, that the secret opens (one query)."""
    rows = PublicDraft.objects.select_related("application", "call__municipality")
    return rows.filter(call=call, key=key_of(secret)).first()


def offers_of(call: Call) -> dict[str, QuerySet[Any]]:
    """What the fields of the form offer, by name: what the call names, and catalogues as they hold in its year."""
    year = (date(call.year, 1, 1), date(call.year, 12, 31))
    holds = (Q(valid_from__isnull=True) | Q(valid_from__lte=year[1])) & (
        Q(valid_until__isnull=True) | Q(valid_until__gte=year[0])
    )
    named = call.action_fields.all()
    return {
        "action_field": named if named.exists() else ActionField.objects.filter(holds),
        "goals": call.goals.all(),
        "life_phases": LifePhase.objects.filter(holds),
        "cost_kind": CostKind.objects.filter(holds, eligible=True),
    }


def standing_for_applicant(application: FundingApplication) -> str:
    """The state in words for who has applied; a decision is told by its notice and not before (at most two queries)."""
    if application.state in ASKABLE:
        until = Inquiry.objects.filter(application=application, answered_on__isnull=True).order_by("until").first()
        if until is None:
            return STATES.get(S(application.state), ANSWERED)
        limit = f" bis zum {until.until:%d.%m.%Y}"
        return f"Es fehlen Unterlagen. Sie sind am Zug: Reichen Sie nach, worum die Stelle Sie gebeten hat{limit}."
    if application.state in (S.DECIDED, S.REFUSED):
        if FundingDecision.objects.filter(application=application, state__in=SENT_OUT).exists():
            return "Über Ihren Antrag ist entschieden; der Bescheid ist an Sie abgeschickt."
        return "Über Ihren Antrag wird entschieden; Sie erhalten einen Bescheid."
    if application.state in IN_DECISION:
        return "Ihr Antrag ist geprüft. Über ihn wird entschieden; Sie erhalten einen Bescheid."
    return STATES.get(S(application.state), "Ihr Antrag liegt bei der Stelle.")
