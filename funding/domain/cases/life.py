"""The life of an application on one screen: from the draft at the desk to the end of the case.

After the decision the state stays „beschieden“; who acts then is told by decision, payments, proofs and claims
(funding.queries.standing). Mikroprojekte leave out checking and advice.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from accounts.enums import Action
from funding.domain.cases.becoming import take_over_criteria
from funding.domain.cases.checklist import checklist_complete
from funding.domain.cases.conditions import (
    advised,
    balanced,
    inquiries_answered,
    inquiry_open,
    no_payment_on_its_way,
    nothing_paid,
    nothing_prepared,
    office_decides,
    received_until_today,
    released_decision,
    sketch_first,
    voted,
    within_call,
)
from funding.domain.cases.numbers import next_case_number
from funding.domain.cases.settled import money_settled
from funding.enums import ApplicationAction, ApplicationState
from funding.models import ApplicationStep, CostPosition, FinancePosition, FundingApplication, OfferedCriterion
from planning.models import Measure
from records.life.table import Attempt, Life, Move, Unmet

A, S = ApplicationAction, ApplicationState
WRITE, RELEASE = Action.WRITE, Action.RELEASE


def is_whole(record: FundingApplication) -> bool:
    """Not the light procedure."""
    return not record.is_light


def today(record: FundingApplication) -> dict[str, Any]:
    """Received today, unless something else was written down."""
    return {"received_on": record.received_on or timezone.localdate()}


def has_one(record: FundingApplication) -> bool:
    """A decision that grants is out."""
    return released_decision(record, refused=False)


def is_refused(record: FundingApplication) -> bool:
    """A decision that refuses is out."""
    return released_decision(record, refused=True)


SKETCHED: dict[str, Move] = {
    A.HAND_IN_SKETCH: Move(
        (S.DRAFT,),
        S.SKETCH,
        WRITE,
        meaning="Die Skizze ist da. Danach wird zum Antrag eingeladen oder nicht.",
        done="Skizze „{record.title}“ entgegengenommen.",
        asks="Anmerkung",
        fits=is_whole,
    ),
    A.INVITE: Move(
        (S.SKETCH,),
        S.INVITED,
        WRITE,
        meaning="Der Träger wird gebeten, einen Antrag zu stellen.",
        done="Zum Antrag eingeladen.",
        asks="Hinweise für den Antrag",
    ),
    A.DECLINE: Move(
        (S.SKETCH,),
        S.REFUSED,
        WRITE,
        meaning="Die Skizze wird nicht weiterverfolgt. Ein Bescheid ergeht nicht.",
        done="Die Skizze wird nicht weiterverfolgt.",
        asks="Grund",
        must_say=True,
        locks=True,
    ),
}
CHECKS: dict[str, Move] = {
    A.RECEIVE: Move(
        (S.DRAFT, S.INVITED),
        S.RECEIVED,
        WRITE,
        (received_until_today, within_call, sketch_first),
        meaning="Der Antrag bekommt sein Aktenzeichen; er lässt sich danach nicht mehr löschen.",
        done="Eingegangen als {record.case_number}.",
        asks="Grund",
        reason_only=True,
        fields=("received_on",),
        initial=today,
    ),
    A.BEGIN_CHECK: Move(
        (S.RECEIVED,),
        S.CHECKING,
        WRITE,
        meaning="Die Stelle prüft den Antrag nach der Prüfliste.",
        done="Die Prüfung hat begonnen.",
        fits=is_whole,
    ),
    A.ASK: Move(
        (S.RECEIVED, S.CHECKING),
        S.ASKED,
        WRITE,
        (inquiry_open,),
        meaning="Der Träger ist am Zug, bis die Frist endet.",
        done="Unterlagen sind nachgefordert.",
        fits=is_whole,
    ),
    A.ANSWER: Move(
        (S.ASKED,),
        S.CHECKING,
        WRITE,
        (inquiries_answered,),
        meaning="Die Prüfung geht weiter.",
        done="Die Prüfung geht weiter.",
        asks="Warum es ohne die Unterlage weitergeht",
        reason_only=True,
    ),
    A.FINISH_CHECK: Move(
        (S.RECEIVED, S.CHECKING),
        S.CHECKED,
        WRITE,
        (checklist_complete, inquiries_answered, balanced),
        meaning="Angaben, Ausgaben und Finanzierung des Antrags stehen fest.",
        done="Der Antrag ist geprüft.",
        asks="Grund",
        reason_only=True,
        locks=True,
        fits=lambda record: record.is_light or record.state == S.CHECKING,
    ),
    A.CHECK_AGAIN: Move(
        (S.CHECKED, S.ADVISED),
        S.CHECKING,
        WRITE,
        meaning="Der Antrag lässt sich wieder ändern und wird neu geprüft.",
        done="Die Prüfung ist wieder aufgenommen.",
        asks="Grund",
        must_say=True,
    ),
}
DECISIONS: dict[str, Move] = {
    A.ADVISE: Move(
        (S.CHECKED,),
        S.ADVISED,
        WRITE,
        (voted,),
        meaning="Das Gremium hat beraten; jetzt wird die Entscheidung vorbereitet.",
        done="Die Beratung ist festgehalten.",
        asks="Anmerkung",
        locks=True,
        fits=is_whole,
    ),
    A.TAKE_ADVICE_BACK: Move(
        (S.ADVISED,),
        S.CHECKED,
        WRITE,
        (nothing_prepared,),
        meaning="Der Antrag wartet wieder auf die Beratung; die Prüfung bleibt abgeschlossen.",
        done="Die Beratung ist zurückgenommen.",
        asks="Grund",
        must_say=True,
        locks=True,
        fits=is_whole,
    ),
    A.SKIP_ADVICE: Move(
        (S.CHECKED,),
        S.CHECKED,
        WRITE,
        (office_decides,),
        meaning="Über diesen Antrag entscheidet eine Stelle; kein Gremium berät ihn vorher.",
        done="Der Antrag wird ohne Beratung entschieden.",
        asks="Grund",
        must_say=True,
        locks=True,
        fits=is_whole,
    ),
    A.DECIDE: Move(
        (S.CHECKED, S.ADVISED),
        S.DECIDED,
        RELEASE,
        (advised,),
        meaning="Der freigegebene Bescheid gilt für diesen Antrag.",
        done="Der Antrag ist beschieden.",
        locks=True,
        fits=has_one,
    ),
    A.REFUSE: Move(
        (S.CHECKED, S.ADVISED),
        S.REFUSED,
        RELEASE,
        (advised,),
        meaning="Die freigegebene Ablehnung gilt für diesen Antrag.",
        done="Der Antrag ist abgelehnt.",
        locks=True,
        fits=is_refused,
    ),
    A.ASSIGN: Move(
        (S.DECIDED,),
        S.DECIDED,
        WRITE,
        meaning="Der Antrag gehört zu dieser Maßnahme des Plans.",
        done="Der Antrag ist der Maßnahme zugeordnet.",
        locks=True,
        fields=("measure",),
    ),
    A.CHANGE_BANK: Move(
        (S.DECIDED,),
        S.DECIDED,
        WRITE,
        (no_payment_on_its_way,),
        meaning="Künftige Auszahlungen gehen auf dieses Konto.",
        done="Die Bankverbindung ist geändert.",
        asks="Woher die Angabe stammt",
        must_say=True,
        locks=True,
        fields=("iban", "account_holder"),
    ),
}
ENDS: dict[str, Move] = {
    A.CLOSE: Move(
        (S.DECIDED,),
        S.CLOSED,
        WRITE,
        (money_settled,),
        meaning="Der Vorgang ist zu Ende.",
        done="Der Vorgang ist abgeschlossen.",
        asks="Anmerkung",
        locks=True,
    ),
    A.WITHDRAW: Move(
        (S.SKETCH, S.INVITED, S.RECEIVED, S.CHECKING, S.ASKED, S.CHECKED, S.ADVISED, S.DECIDED),
        S.WITHDRAWN,
        WRITE,
        (nothing_paid,),
        meaning="Der Träger verfolgt seinen Antrag nicht weiter.",
        done="Die Rücknahme ist festgehalten.",
        asks="Wie und wann zurückgenommen",
        must_say=True,
        locks=True,
    ),
    A.LAPSE: Move(
        (S.INVITED, S.ASKED),
        S.LAPSED,
        WRITE,
        meaning="Die Frist ist verstrichen, ohne dass der Träger geantwortet hat.",
        done="Der Antrag ist verfallen.",
        asks="Grund",
        must_say=True,
        locks=True,
    ),
}
SAYS: Mapping[str, str] = {
    S.SKETCH: "Die Skizze liegt vor. Laden Sie zum Antrag ein, oder sagen Sie ab.",
    S.INVITED: "Der Träger ist zum Antrag eingeladen. Halten Sie den Eingang fest, wenn er da ist.",
    S.DRAFT: "Der Antrag ist noch nicht als eingegangen festgehalten. Halten Sie zuerst den Eingang fest.",
    S.RECEIVED: "Der Antrag ist eingegangen und noch nicht geprüft. Beginnen Sie mit der Prüfung.",
    S.CHECKING: "Die Sozialplanung prüft den Antrag. Schließen Sie zuerst die Prüfung ab.",
    S.ASKED: "Unterlagen sind nachgefordert; der Träger ist am Zug. Sind sie da, prüfen Sie weiter.",
    S.CHECKED: "Der Antrag ist geprüft und ändert sich nicht mehr. Nehmen Sie die Prüfung mit einem Grund wieder auf.",
    S.ADVISED: "Der Antrag ist beraten und ändert sich nicht mehr. Nehmen Sie die Prüfung mit einem Grund wieder auf.",
    S.DECIDED: "Der Antrag ist beschieden und ändert sich nicht mehr. Änderungen gehen über einen Änderungsbescheid.",
    S.CLOSED: "Der Vorgang ist abgeschlossen. Es ist nichts mehr zu tun.",
    S.REFUSED: "Der Antrag ist abgelehnt. Für ein neues Vorhaben legen Sie einen neuen Antrag an.",
    S.WITHDRAWN: "Der Antrag ist zurückgezogen. Für ein neues Vorhaben legen Sie einen neuen Antrag an.",
    S.LAPSED: "Der Antrag ist verfallen. Für ein neues Vorhaben legen Sie einen neuen Antrag an.",
}
STANDS_AT: Mapping[str, str] = MappingProxyType(
    {S.ASKED: S.CHECKING, S.REFUSED: S.DECIDED, S.WITHDRAWN: S.CLOSED, S.LAPSED: S.CLOSED}
)


def row_of(record: FundingApplication) -> tuple[str, ...]:
    """The states of this application in a row: with a sketch, light, or as most have them."""
    here = STANDS_AT.get(record.state, record.state)
    begin = (S.SKETCH, S.INVITED) if here in (S.SKETCH, S.INVITED) else (S.DRAFT,)
    whole = (*begin, S.RECEIVED, S.CHECKING, S.CHECKED, S.ADVISED, S.DECIDED, S.CLOSED)
    if not record.is_light:
        return whole
    return tuple(state for state in whole if state not in (S.CHECKING, S.ADVISED) or state == here)


def numbered(move: Move, record: FundingApplication) -> dict[str, Any]:
    """What is received has its number."""
    return {"case_number": next_case_number(record.municipality, record.year)} if move.target == S.RECEIVED else {}


def with_criteria(action: str, attempt: Attempt, prepared: Any, outweighed: list[Unmet]) -> dict[str, Any]:
    """What is approved gives its criteria to its measure; what a written reason has outweighed stands in the step."""
    measure = attempt.values.get("measure") or attempt.record.measure
    if action in (A.DECIDE, A.ASSIGN) and isinstance(measure, Measure):
        take_over_criteria(attempt.record, measure, attempt.actor if action == A.ASSIGN else None)
    return {"details": {"outweighed": [each.text for each in outweighed]}} if outweighed else {}


LIFE = Life(
    model=FundingApplication,
    steps=ApplicationStep,
    owner="application",
    states=S,
    actions=A,
    moves={**SKETCHED, **CHECKS, **DECISIONS, **ENDS},
    start=S.DRAFT,
    says=SAYS,
    slugs={
        A.HAND_IN_SKETCH: "skizze",
        A.INVITE: "einladen",
        A.DECLINE: "nicht-einladen",
        A.RECEIVE: "eingang",
        A.BEGIN_CHECK: "pruefen",
        A.ASK: "nachfordern",
        A.ANSWER: "weiter-pruefen",
        A.FINISH_CHECK: "geprueft",
        A.CHECK_AGAIN: "neu-pruefen",
        A.ADVISE: "beraten",
        A.TAKE_ADVICE_BACK: "beratung-zuruecknehmen",
        A.SKIP_ADVICE: "ohne-beratung",
        A.DECIDE: "beschieden",
        A.REFUSE: "abgelehnt",
        A.ASSIGN: "massnahme",
        A.CHANGE_BANK: "bankverbindung",
        A.CLOSE: "abschliessen",
        A.WITHDRAW: "ruecknahme",
        A.LAPSE: "verfallen",
    },
    row=(S.DRAFT, S.RECEIVED, S.CHECKING, S.CHECKED, S.ADVISED, S.DECIDED, S.CLOSED),
    stands_at=STANDS_AT,
    ahead={S.DECIDED: "durch die Leitung"},
    main=(A.RECEIVE, A.INVITE, A.BEGIN_CHECK, A.FINISH_CHECK, A.ANSWER, A.ADVISE, A.DECIDE, A.REFUSE, A.CLOSE),
    parts=((CostPosition, "application"), (FinancePosition, "application"), (OfferedCriterion, "application")),
    row_of=row_of,
    sets=numbered,
    columns=with_criteria,
)
