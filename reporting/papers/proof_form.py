"""The form of a proof of use for a Träger that reports on paper: what is known is filled in, the rest is free."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from funding.domain.proofs.result import positions_by_cost
from funding.domain.reckoning.steps import total
from funding.enums import ProofForm
from funding.models import FundingDecision, ProofOfUse
from funding.queries.case_money import paid_out
from planning.queries.office import office_lines
from printing.papers.frame import frame_of, running_origin
from printing.papers.making import document_pdf
from records.display import label_of

KIND, NOTE = "Verwendungsnachweis", "Formular: Was frei ist, füllt der Zuwendungsempfänger aus."
PARTS = ("done", "results", "participants", "deviations", "outlook")
FREE_INCOMES, FREE_RECEIPTS = 3, 12  # empty rows to write into
Pair = tuple[str, Decimal | None, Decimal | None]


def form_pdf(proof: ProofOfUse, decision: FundingDecision, at: datetime) -> bytes:
    """The form with positions and incomes of the notice and what was entered until now. Raises RenderError."""
    place, today = proof.municipality, timezone.localdate(at)
    receipts = list(proof.receipts.select_related("cost"))
    frame = frame_of(
        place,
        KIND,
        as_of=today,
        subject=proof.application.title,
        note=NOTE,
        example=proof.is_example,
        office=office_lines(place),
    )
    context = {
        "frame": frame,
        "proof": proof,
        "case": proof.application,
        "decision": decision,
        "place": place,
        "paid": total(paid_out(proof.application).values_list("amount", flat=True)),
        "parts": [(label_of(ProofOfUse, name), getattr(proof, name)) for name in PARTS],
        "costs": cost_rows(proof, decision),
        "incomes": income_rows(proof, decision),
        "free_incomes": range(FREE_INCOMES),
        "asks_receipts": decision.proof_form == ProofForm.RECEIPTS,
        "receipts": receipts,
        "free_receipts": range(max(0, FREE_RECEIPTS - len(receipts))),
        "origin": running_origin(today),
    }
    title = f"{KIND}: {proof.application.title}"
    return document_pdf("reporting/papers/proof_form.html", context, title=title, created=at)


def cost_rows(proof: ProofOfUse, decision: FundingDecision) -> list[Pair]:
    """Each position with what was granted and, where it was said, spent."""
    told = positions_by_cost(proof, decision)
    costs: Any = decision.costs.order_by("pk")
    return [(cost.title, cost.amount, told[cost.pk].actual if cost.pk in told else None) for cost in costs]


def income_rows(proof: ProofOfUse, decision: FundingDecision) -> list[Pair]:
    """Each source with what was decided and, where it was said, came in; what nobody decided stands below."""
    came = {(row.source, row.giver): row for row in proof.incomes.all()}
    found: list[Pair] = []
    for row in decision.finances.all():
        income = came.pop((row.source, row.giver), None)
        found.append((named(row), row.amount, income.amount if income else None))
    return [*found, *((named(row), None, row.amount) for row in came.values())]


def named(row: Any) -> str:
    """The source and, where it is known, who gives."""
    return f"{row.get_source_display()}, {row.giver}" if row.giver else str(row.get_source_display())
