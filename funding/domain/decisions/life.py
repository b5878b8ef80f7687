"""The life of a decision: prepared by one person, released by another, then its notice stands for ever."""

from typing import Any

from django.utils import timezone

from accounts.enums import Action
from funding.domain.cases.advice import mark_decided
from funding.domain.decisions.conditions import (
    after_sending,
    appeal_over,
    balanced,
    by_the_right_one,
    can_be_sent,
    case_ready,
    complete,
    final_items,
    follows,
    sent_after_release,
    within_plan,
    within_pot,
    within_quotas,
)
from funding.domain.decisions.notices import draw_notice, notice_content
from funding.domain.papers import freeze_paper, hold_numbers, next_paper_number
from funding.enums import DecisionAction, DecisionState
from funding.models import (
    DecidedCost,
    DecidedFinance,
    DecisionCondition,
    DecisionStep,
    FundingDecision,
    Instalment,
)
from funding.queries.in_force import next_edition
from records.life.people import another_person
from records.life.table import Attempt, Life, Move, Unmet

A, S = DecisionAction, DecisionState
WRITE, RELEASE = Action.WRITE, Action.RELEASE
CHECKED = (
    case_ready,
    complete,
    balanced,
    follows,
    final_items,
    within_quotas,
    within_pot,
    within_plan,
    by_the_right_one,
    can_be_sent,
)
WHY = "Warum trotzdem"


def today(name: str) -> Any:
    """Suggests today for a day of a step."""
    return lambda record: {name: timezone.localdate()}


MOVES: dict[str, Move] = {
    A.PREPARE: Move(
        (S.DRAFT,),
        S.PREPARED,
        WRITE,
        CHECKED,
        meaning="Die Entscheidung liegt einer zweiten Person zur Freigabe vor und ändert sich so lange nicht.",
        done="Die Entscheidung liegt zur Freigabe.",
        asks=WHY,
        reason_only=True,
        locks=True,
    ),
    A.TAKE_BACK: Move(
        (S.PREPARED,),
        S.DRAFT,
        WRITE,
        meaning="Die Entscheidung lässt sich wieder ändern.",
        done="Die Entscheidung ist wieder in Vorbereitung.",
        asks="Was noch zu tun ist",
    ),
    A.RETURN: Move(
        (S.PREPARED,),
        S.DRAFT,
        RELEASE,
        meaning="Die Entscheidung geht an die Person zurück, die sie vorbereitet hat.",
        done="Die Entscheidung ist zurückgegeben.",
        asks="Grund",
        must_say=True,
    ),
    A.RELEASE: Move(
        (S.PREPARED,),
        S.RELEASED,
        RELEASE,
        (another_person(A.PREPARE, content=True), *CHECKED),
        meaning="Der Bescheid bekommt seine Nummer; Daten und PDF werden festgeschrieben und ändern sich nie mehr.",
        done="Bescheid {record.notice_number} freigegeben und festgeschrieben.",
        asks=WHY,
        reason_only=True,
        locks=True,
        prepare=lambda attempt: draw_notice(attempt.record, attempt.at),
        doing="Der Bescheid zu „{record.application}“ wird freigegeben",
    ),
    A.SEND: Move(
        (S.RELEASED,),
        S.SENT,
        WRITE,
        (sent_after_release,),
        meaning="Ab diesem Tag läuft die Rechtsbehelfsfrist.",
        done="Der Versand ist festgehalten.",
        locks=True,
        fields=("sent_on",),
        initial=today("sent_on"),
    ),
    A.WAIVE: Move(
        (S.SENT,),
        S.FINAL,
        WRITE,
        (after_sending("waiver_on"),),
        meaning="Der Träger verzichtet auf Rechtsbehelfe; der Bescheid ist bestandskräftig.",
        done="Der Rechtsbehelfsverzicht ist festgehalten.",
        locks=True,
        fields=("waiver_on",),
    ),
    A.BECOME_FINAL: Move(
        (S.SENT,),
        S.FINAL,
        WRITE,
        (after_sending("final_on"), appeal_over),
        meaning="Die Rechtsbehelfsfrist ist verstrichen; der Bescheid ist bestandskräftig.",
        done="Die Bestandskraft ist festgehalten.",
        asks=WHY,
        reason_only=True,
        locks=True,
        fields=("final_on",),
    ),
}


def numbered(move: Move, record: FundingDecision) -> dict[str, Any]:
    """What is released has its edition and the number of its notice; others wait until it is stored."""
    if move.target != S.RELEASED:
        return {}
    hold_numbers(record.municipality)
    return {"edition": next_edition(record), "notice_number": next_paper_number(record.application)}


def columns_of(action: str, attempt: Attempt, drawn: Any, outweighed: list[Unmet]) -> dict[str, Any]:
    """Releasing freezes the notice and decides the application; what a reason has outweighed is noted.

    Raises StepRefused where the records have changed since the notice was drawn.
    """
    decision: FundingDecision = attempt.record
    details: dict[str, Any] = {"outweighed": [each.text for each in outweighed]} if outweighed else {}
    if action == A.RELEASE:
        content = notice_content(decision, drawn.at)
        paper = freeze_paper(drawn, application=decision.application, subject=decision, content=content)
        details |= {"number": paper.number, "sha256": paper.data_sha256, "pdf_sha256": paper.pdf_sha256}
        stored = FundingDecision.objects.select_related("application__municipality").get(pk=decision.pk)
        mark_decided(stored.application, stored, attempt.actor, attempt.at)
    return {"details": details}


SAYS: dict[str, str] = {
    S.DRAFT: "Die Entscheidung ist in Vorbereitung. Geben Sie sie zur Freigabe, wenn alles darin steht.",
    S.PREPARED: "Die Entscheidung liegt bei der zweiten Person. Bitten Sie sie, sie zurückzugeben, oder holen Sie sie "
    f"selbst zurück: „{A.TAKE_BACK.label}“.",
    S.RELEASED: "Der Bescheid ist freigegeben und ändert sich nicht mehr. Was anders werden soll, wird eine neue "
    "Fassung mit Änderungsbescheid.",
    S.SENT: "Der Bescheid ist versandt und ändert sich nicht mehr. Was anders werden soll, wird eine neue Fassung mit "
    "Änderungsbescheid.",
    S.FINAL: "Der Bescheid ist bestandskräftig. Was anders werden soll, wird eine neue Fassung mit Änderungsbescheid.",
}

LIFE = Life(
    model=FundingDecision,
    steps=DecisionStep,
    owner="decision",
    states=S,
    actions=A,
    moves=MOVES,
    start=S.DRAFT,
    says=SAYS,
    slugs={
        A.PREPARE: "vorlegen",
        A.TAKE_BACK: "zurueckholen",
        A.RETURN: "zurueckgeben",
        A.RELEASE: "freigeben",
        A.SEND: "versand",
        A.WAIVE: "verzicht",
        A.BECOME_FINAL: "bestandskraft",
    },
    row=(S.DRAFT, S.PREPARED, S.RELEASED, S.SENT, S.FINAL),
    ahead={S.RELEASED: "durch die Leitung"},
    main=(A.RELEASE, A.PREPARE, A.SEND, A.BECOME_FINAL),
    parts=(
        (DecidedCost, "decision"),
        (DecidedFinance, "decision"),
        (DecisionCondition, "decision"),
        (Instalment, "decision"),
    ),
    sets=numbered,
    columns=columns_of,
)
