"""The Prüfvermerk: what one person checked of a proof of use and what came out; for the file, not for the Träger."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from funding.domain.letters import money, said, section, table, words
from funding.domain.papers import letter, paper_pdf, to_json
from funding.domain.proofs.result import Result, result_of
from funding.domain.proofs.tables import cut_words, reckoned_tables, spent_table
from funding.domain.reckoning.steps import day as in_days
from funding.domain.reckoning.steps import euro, total
from funding.enums import PaperKind, ProofAction
from funding.models import ProofOfUse, ProofStep
from funding.queries.receipt_marks import marks_of

RUNNING = "Laufend, Angaben vom {}: noch nicht anerkannt, nicht festgeschrieben."
NO_RECEIPTS = "Es liegt keine Belegliste vor."


def review_content(proof: ProofOfUse, at: datetime) -> dict[str, Any]:
    """What a Prüfvermerk says (a constant number of queries); it goes to nobody and so greets nobody."""
    result = result_of(proof)
    figures = {"paid": str(result.paid)}
    if result.overrun is not None:
        figures["recognised"] = str(result.overrun.recognised)
    if result.due is not None:
        figures["due"] = str(result.due.amount)
    return {
        "recipient": [],
        "figures": figures,
        "sections": said(
            [
                section("Gegenstand", [], [facts(proof, result)]),
                section("Noch nicht auszurechnen", result.missing),
                section("Ausgaben", cut_words(result), [spent_table(result)] if result.lines else []),
                section("Belege", *receipts(proof, result)),
                section("Ergebnis", outcome(result)),
                section("So ist gerechnet", tables=reckoned_tables(result)),
                section("Vermerk", [proof.note]),
                section("Prüfung", checked(proof)),
            ]
        ),
    }


def facts(proof: ProofOfUse, result: Result) -> Any:
    """Which proof about which notice, and when it came."""
    decision, until = result.decision, proof.extended_to or proof.due
    rows = [("Antragsteller", proof.application.applicant), ("Art", proof.get_kind_display())]
    if decision is not None and decision.grant is not None:
        rows.append(("Bescheid", f"{decision.notice_number or 'ohne Nummer'}, Zuwendung {euro(decision.grant)}"))
        if decision.starts_on and decision.ends_on:
            rows.append(("Bewilligungszeitraum", f"{in_days(decision.starts_on)} bis {in_days(decision.ends_on)}"))
    rows.append(("Fällig", in_days(until) + (f" (verlängert: {proof.extension_reason})" if proof.extended_to else "")))
    rows.append(("Eingegangen", in_days(proof.received_on) if proof.received_on else "noch nicht"))
    columns = [("Angabe", False), ("Stand", False)]
    return table("Angaben zum Nachweis", columns, [[words(label), words(text)] for label, text in rows], [])


def receipts(proof: ProofOfUse, result: Result) -> tuple[list[str], list[Any]]:
    """How many there are, and those that are odd or were cut."""
    rows = list(proof.receipts.all())
    if not rows:
        return [NO_RECEIPTS], []
    odd = [
        [words(row.number or "–"), words(row.payee), words(", ".join(marks) or row.cut_reason), money(row.amount)]
        for row, marks in zip(rows, marks_of(rows, proof, result.decision), strict=True)
        if marks or row.cut
    ]
    number = "einen Beleg" if len(rows) == 1 else f"{len(rows)} Belege"
    text = f"Die Liste nennt {number} über {euro(total(row.amount for row in rows))}."
    columns = [("Nr.", False), ("Empfänger", False), ("Auffällig", False), ("Euro", True)]
    tables = [table("Auffällige Belege", columns, odd, [])] if odd else []
    return [text if odd else f"{text} Auffällig ist keiner."], tables


def outcome(result: Result) -> list[str]:
    """What is due, and what goes back or is still to be paid."""
    if result.due is None or result.back is None:
        return []
    found = [f"Zustehende Zuwendung: {euro(result.due.amount)}; ausgezahlt sind {euro(result.paid)}."]
    if result.back.amount:
        found.append(f"Zu erstatten: {euro(result.back.amount)}.")
    if result.back.open:
        found.append(f"Noch auszuzahlen: {euro(result.back.open)}.")
    return found


def checked(proof: ProofOfUse) -> list[str]:
    """Who has checked it when, and what a written reason has outweighed."""
    step = ProofStep.objects.filter(proof=proof, action=ProofAction.CHECK).order_by("number").last()
    if step is None:
        return []
    who = f" von {step.actor_name}" if step.actor_name else ""
    outweighed = step.details.get("outweighed", []) if isinstance(step.details, dict) else []
    found = [f"Geprüft am {in_days(timezone.localdate(step.at))}{who}."]
    return [*found, *(f"Trotzdem weitergegangen: {text} {step.note}" for text in outweighed)]


def running_review_pdf(proof: ProofOfUse, at: datetime) -> bytes:
    """The Prüfvermerk as it stands, marked as running and without a number. Raises RenderError."""
    day = in_days(timezone.localdate(at))
    data = to_json(letter(proof.application, PaperKind.REVIEW, "noch keine", at, review_content(proof, at)))
    return paper_pdf(data, at, note=RUNNING.format(day))
