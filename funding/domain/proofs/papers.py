"""Schlussbescheid and Erstattungsbescheid: made of the result with every step written out, and frozen on release."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from funding.domain.letters import Blocks, blocks_of, said, section
from funding.domain.papers import DrawnPaper, draw_paper, next_paper_number
from funding.domain.payments.claim_interest import interest_of
from funding.domain.proofs.result import result_of
from funding.domain.proofs.review import review_content
from funding.domain.proofs.tables import cut_words, reckoned_tables, reckoning, spent_table
from funding.domain.reckoning.steps import NOTHING, euro
from funding.domain.reckoning.steps import day as in_days
from funding.enums import PaperKind, ProofKind, TextPlace
from funding.models import ProofOfUse, RepaymentClaim

P = TextPlace


def ended(blocks: Blocks) -> list[dict[str, Any]]:
    """Remedy and closing, as the Kommune has them."""
    return [section("Rechtsbehelfsbelehrung", blocks[P.REMEDY]), section("", blocks[P.CLOSING])]


def final_content(proof: ProofOfUse, at: datetime) -> dict[str, Any]:
    """What a Schlussbescheid says."""
    result = result_of(proof)
    blocks = blocks_of(proof.application, timezone.localtime(at).date())
    due, back = result.due, result.back
    if due is None or back is None or result.overrun is None:
        raise ValueError("A final notice needs a result.")
    outcome = [f"Zuwendung nach dem Nachweis: {euro(due.amount)}. Ausgezahlt sind {euro(result.paid)}."]
    if back.amount:
        outcome.append(f"Zu erstatten sind {euro(back.amount)}. Darüber ergeht ein eigener Bescheid.")
    if back.open:
        outcome.append(f"Noch auszuzahlen sind {euro(back.open)}.")
    cuts = cut_words(result)
    return {
        "figures": {"recognised": str(result.overrun.recognised), "due": str(due.amount), "paid": str(result.paid)},
        "sections": said(
            [
                section("", [f"Ihren Verwendungsnachweis zum Vorhaben „{proof.application.title}“ haben wir geprüft."]),
                section("Anerkannte Ausgaben", cuts, [spent_table(result)]),
                section("Ergebnis", outcome),
                section("So ist gerechnet", tables=reckoned_tables(result)),
                *ended(blocks),
            ]
        ),
    }


CONTENTS: dict[PaperKind, Callable[[ProofOfUse, datetime], dict[str, Any]]] = {
    PaperKind.FINAL: final_content,
    PaperKind.REVIEW: review_content,
}


def draw_recognition(proof: ProofOfUse, at: datetime) -> list[DrawnPaper]:
    """Schlussbescheid and Prüfvermerk before the recognition; the notice not after a Zwischennachweis.

    Raises RenderError.
    """
    kinds = [PaperKind.REVIEW] if proof.kind != ProofKind.FINAL else [PaperKind.FINAL, PaperKind.REVIEW]
    case = proof.application
    return [
        draw_paper(case, kind, at, CONTENTS[kind](proof, at), number=next_paper_number(case, before))
        for before, kind in enumerate(kinds)
    ]


def claim_content(claim: RepaymentClaim, due: date, at: datetime) -> dict[str, Any]:
    """What an Erstattungsbescheid says, with interest to the day before it is due. Raises MissingRate."""
    blocks = blocks_of(claim.application, timezone.localtime(at).date())
    interest = interest_of(claim, due)
    amount = claim.principal + (interest.amount if interest else NOTHING)
    demand = [f"Zum Vorhaben „{claim.application.title}“ fordern wir {euro(claim.principal)} zurück."]
    if interest:
        demand.append(f"Dazu kommen Zinsen von {euro(interest.amount)}; sie laufen bis zum Tag vor der Zahlung.")
    demand.append(f"Zahlen Sie bis {in_days(due)}: {euro(amount)}.")
    heard = [f"Ihre Äußerung: {claim.answer}"] if claim.answer else []
    return {
        "figures": {"principal": str(claim.principal), "interest": str(interest.amount if interest else NOTHING)},
        "sections": said(
            [
                section("Erstattung", [*demand, *blocks[P.REPAYMENT]]),
                section("Begründung", [f"Grund: {claim.get_ground_display()}.", claim.reasons, *heard]),
                section("Zinsen", tables=[reckoning("Zinsen", interest.steps)] if interest else []),
                *ended(blocks),
            ]
        ),
    }


def draw_claim(claim: RepaymentClaim, due: date, at: datetime) -> DrawnPaper:
    """The Erstattungsbescheid before the demand. Raises RenderError."""
    return draw_paper(claim.application, PaperKind.REPAYMENT, at, claim_content(claim, due, at))
