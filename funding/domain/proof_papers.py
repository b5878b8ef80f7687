"""Schlussbescheid and Erstattungsbescheid: made of the result with every step written out, and frozen on release."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from funding.domain.claim_interest import interest_of
from funding.domain.letters import Blocks, blocks_of, money, said, section, table, words
from funding.domain.papers import DrawnPaper, draw_paper
from funding.domain.proof_result import Result, result_of
from funding.domain.steps import NOTHING, Step, euro
from funding.domain.steps import day as in_days
from funding.enums import PaperKind, ProofKind, TextPlace
from funding.models import ProofOfUse, RepaymentClaim

P = TextPlace


def reckoning(caption: str, steps: Iterable[Step]) -> Any:
    """The steps of a reckoning as a table."""
    rows = [
        [words(s.label), words(f"{s.formula}{f', {s.rounded}' if s.rounded else ''}"), money(s.result)] for s in steps
    ]
    return table(caption, [("Schritt", False), ("Rechnung", False), ("Euro", True)], rows, [])


def spent_table(result: Result) -> Any:
    """What was granted, spent and recognised of each position."""
    columns = [("Ausgabe", False), ("Bewilligt", True), ("Ausgegeben", True), ("Anerkannt", True)]
    rows = [
        [
            words(line.cost.title),
            money(line.cost.amount),
            money(line.spent),
            money(line.result.recognised if line.result else NOTHING),
        ]
        for line in result.lines
    ]
    return table("Ausgaben in Euro", columns, rows, [])


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
    cuts = [
        f"{line.cost.title}: {euro(line.left_out)} nicht anerkannt. {reason}"
        for line in result.lines
        for reason in line.reasons
    ]
    steps = [
        replace(step, label=f"{each.position.title}: {step.label}")
        for each in result.overrun.positions
        for step in each.steps
    ]
    return {
        "figures": {"recognised": str(result.overrun.recognised), "due": str(due.amount), "paid": str(result.paid)},
        "sections": said(
            [
                section("", [f"Ihren Verwendungsnachweis zum Vorhaben „{proof.application.title}“ haben wir geprüft."]),
                section("Anerkannte Ausgaben", cuts, [spent_table(result)]),
                section("Ergebnis", [*outcome, *blocks[P.PROOF]]),
                section(
                    "So ist gerechnet",
                    tables=[
                        reckoning("Anerkannte Ausgaben", [*steps, *result.overrun.steps]),
                        reckoning("Zuwendung", [*result.new_funds_steps, *due.steps, *back.steps]),
                    ],
                ),
                *ended(blocks),
            ]
        ),
    }


def draw_final(proof: ProofOfUse, at: datetime) -> DrawnPaper | None:
    """The Schlussbescheid before the recognition; none after a Zwischennachweis. Raises RenderError."""
    if proof.kind != ProofKind.FINAL:
        return None
    return draw_paper(proof.application, PaperKind.FINAL, at, final_content(proof, at))


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
