"""The life of a proof of use on one screen: awaited, received, checked by one person, recognised by another."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.enums import Action
from funding.domain.papers import freeze_paper
from funding.domain.payments.conditions import day_of, granting_of
from funding.domain.proofs.papers import CONTENTS, draw_recognition
from funding.domain.proofs.result import day_of_check, result_of
from funding.enums import ProofAction, ProofForm, ProofState
from funding.models import InventoryItem, ProofIncome, ProofOfUse, ProofPosition, ProofStep, Receipt
from records.life.people import another_person
from records.life.table import Attempt, Life, Move, Unmet, condition

A, S = ProofAction, ProofState
WRITE, RELEASE = Action.WRITE, Action.RELEASE


@condition("Der Tag des Eingangs liegt nicht in der Zukunft")
def received_until_today(attempt: Attempt) -> Iterable[Unmet]:
    """What lies ahead has not come."""
    day = attempt.values.get("received_on")
    if isinstance(day, date) and day > day_of(attempt):
        yield Unmet("future", "Der Tag des Eingangs liegt in der Zukunft. Prüfen Sie das Datum.")


@condition("Zu jeder Ausgabe des Bescheids ist gesagt, was ausgegeben wurde")
def reckoned(attempt: Attempt) -> Iterable[Unmet]:
    """The result can be worked out."""
    for text in result_of(attempt.record).missing:
        yield Unmet("missing", text)


@condition("Der Sachbericht liegt vor")
def reported(attempt: Attempt) -> Iterable[Unmet]:
    """What was done is told, or somebody says why not."""
    if not attempt.record.done:
        yield Unmet(
            "report",
            "Im Sachbericht fehlt, was getan wurde. Fordern Sie es nach, oder schreiben Sie den Grund.",
            by_reason=True,
        )


@condition("Die Einnahmen sind angegeben")
def incomes_told(attempt: Attempt) -> Iterable[Unmet]:
    """Without them nobody knows of new Deckungsmittel."""
    if not attempt.record.incomes.exists():
        yield Unmet(
            "incomes",
            "Die Einnahmen fehlen; neue Deckungsmittel werden so nicht erkannt. Fordern Sie sie nach, "
            "oder schreiben Sie den Grund.",
            by_reason=True,
        )


@condition("Die Belegliste liegt vor, soweit der Bescheid sie verlangt")
def receipts_listed(attempt: Attempt) -> Iterable[Unmet]:
    """Expenses without receipts are recognised for a written reason alone."""
    proof: ProofOfUse = attempt.record
    decision = granting_of(proof.application, day_of_check(proof))
    if decision is None or decision.proof_form != ProofForm.RECEIPTS or proof.receipts.exists():
        return
    if proof.positions.filter(actual__gt=0).exists():
        way = ("Belege erfassen", reverse("funding:proof-entry", args=[proof.municipality.slug, proof.pk]))
        yield Unmet("receipts", "Der Bescheid verlangt eine Belegliste; sie fehlt.", by_reason=True, way=way)


def arrived(record: ProofOfUse) -> dict[str, Any]:
    """Received today, unless another day is known."""
    return {"received_on": record.received_on or timezone.localdate()}


def is_whole(record: ProofOfUse) -> bool:
    """Not the light procedure of Mikroprojekte."""
    return not record.application.is_light


CHECKS = (reckoned, reported, incomes_told, receipts_listed)
DESPITE = "Grund, warum es trotzdem weitergeht"
MOVES: dict[str, Move] = {
    A.RECEIVE: Move(
        (S.DUE,),
        S.RECEIVED,
        WRITE,
        (received_until_today,),
        meaning="Der Nachweis ist da und wird geprüft. Ein geheimer Link des Trägers öffnet ihn nicht mehr.",
        done="Eingang festgehalten.",
        fields=("received_on",),
        initial=arrived,
    ),
    A.ASK: Move(
        (S.RECEIVED,),
        S.ASKED,
        WRITE,
        meaning="Der Träger ist am Zug.",
        done="Nachforderung festgehalten.",
        asks="Was fehlt und bis wann",
        must_say=True,
        fits=is_whole,
    ),
    A.ANSWER: Move(
        (S.ASKED,),
        S.RECEIVED,
        WRITE,
        meaning="Die Prüfung geht weiter.",
        done="Die Prüfung geht weiter.",
        asks="Was nachgereicht wurde",
    ),
    A.CHECK: Move(
        (S.RECEIVED,),
        S.CHECKED,
        WRITE,
        CHECKS,
        meaning="Das Ergebnis geht an eine zweite Person. Angaben und Kürzungen ändern sich so lange nicht.",
        done="Prüfung abgeschlossen.",
        asks=DESPITE,
        reason_only=True,
        locks=True,
    ),
    A.RECOGNISE: Move(
        (S.CHECKED,),
        S.RECOGNISED,
        RELEASE,
        (another_person(A.CHECK, content=True), *CHECKS),
        meaning="Es steht fest, was anerkannt ist und welche Zuwendung zusteht. Der Prüfvermerk und, am Ende des "
        "Vorhabens, der Schlussbescheid werden festgeschrieben.",
        done="Nachweis anerkannt.",
        prepare=lambda attempt: draw_recognition(attempt.record, attempt.at),
        doing="Schlussbescheid und Prüfvermerk zu „{record.application}“ werden festgeschrieben",
        asks=DESPITE,
        reason_only=True,
        locks=True,
    ),
    A.RETURN: Move(
        (S.CHECKED,),
        S.RECEIVED,
        RELEASE,
        meaning="Angaben und Kürzungen lassen sich wieder ändern.",
        done="Zur Prüfung zurückgegeben.",
        asks="Was zu ändern ist",
        must_say=True,
    ),
}


def settled(move: Move, record: ProofOfUse) -> dict[str, Any]:
    """What the recognition fixes: the expenses that count, and for a final proof the grant that is due."""
    if move.target != S.RECOGNISED:
        return {}
    found = result_of(record)
    return {"recognised": found.recognised, "grant_due": found.due.amount if found.due else None}


def columns_of(action: str, attempt: Attempt, prepared: Any, outweighed: list[Unmet]) -> dict[str, Any]:
    """What a reason outweighed; a recognition freezes its papers, of which the first is named. Raises StepRefused."""
    details: dict[str, Any] = {"outweighed": [each.text for each in outweighed]} if outweighed else {}
    proof, papers = attempt.record, []
    for drawn in prepared if action == A.RECOGNISE else ():
        content = CONTENTS[drawn.kind](proof, drawn.at)
        papers.append(freeze_paper(drawn, application=proof.application, subject=proof, content=content))
    if papers:
        first = papers[0]
        details |= {"number": first.number, "sha256": first.data_sha256, "pdf_sha256": first.pdf_sha256}
    return {"details": details} if details else {}


LIFE = Life(
    model=ProofOfUse,
    steps=ProofStep,
    owner="proof",
    states=S,
    actions=A,
    moves=MOVES,
    start=S.DUE,
    says={
        S.DUE: "Der Nachweis wird vom Träger erwartet. Halten Sie den Eingang fest, wenn er da ist.",
        S.RECEIVED: "Der Nachweis ist eingegangen und wird geprüft. Schließen Sie zuerst die Prüfung ab.",
        S.ASKED: "Zum Nachweis ist etwas nachgefordert; der Träger ist am Zug. Ist es da, prüfen Sie weiter.",
        S.CHECKED: "Der Nachweis ist geprüft. Eine zweite Person erkennt ihn an oder gibt ihn zurück.",
        S.RECOGNISED: (
            "Der Nachweis ist anerkannt und ändert sich nicht mehr. Was zurückzuzahlen ist, regelt eine Rückforderung."
        ),
    },
    slugs={
        A.RECEIVE: "eingang",
        A.ASK: "nachfordern",
        A.ANSWER: "weiter-pruefen",
        A.CHECK: "geprueft",
        A.RECOGNISE: "anerkennen",
        A.RETURN: "zurueckgeben",
    },
    row=(S.DUE, S.RECEIVED, S.CHECKED, S.RECOGNISED),
    stands_at={S.ASKED: S.RECEIVED},
    ahead={S.RECEIVED: "durch den Träger", S.RECOGNISED: "durch die Leitung"},
    main=(A.RECOGNISE, A.RECEIVE, A.CHECK, A.ANSWER),
    parts=((ProofPosition, "proof"), (ProofIncome, "proof"), (Receipt, "proof"), (InventoryItem, "proof")),
    sets=settled,
    columns=columns_of,
)
