"""Applications that are checked and decisions about them, made in a few lines; PDFs may be small stand-ins."""

import io
import zlib
from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from funding.domain import papers
from funding.models import (
    Call,
    CostKind,
    DecidedCost,
    DecidedFinance,
    FrozenPaper,
    FundingApplication,
    FundingDecision,
    TextBlock,
)
from records.life.moving import take_step
from tests.factories import make
from tests.html import read_form


def small_pdf(data: bytes, at: datetime, *, note: str = "") -> bytes:
    """The beginning of a PDF with the data as a packed stream, as the real one has it."""
    return b"%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile >>\nstream\n" + zlib.compress(data) + b"\nendstream"


@pytest.fixture
def quick_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notices cost milliseconds."""
    monkeypatch.setattr(papers, "paper_pdf", small_pdf)


def one_real(draw: Any) -> Any:
    """Draws the notice as it is printed; the papers after it cost milliseconds."""
    return lambda data, at, **more: (draw if b'"kind":"notice"' in data else small_pdf)(data, at, **more)


def printed_notice(place: Any) -> str:
    """The words of the notice that went out."""
    notice = FrozenPaper.objects.get(municipality=place, kind="notice")
    return " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(bytes(notice.pdf))).pages)


def remedy(place: Any, **given: Any) -> Any:
    """The Rechtsbehelfsbelehrung, without which a notice needs a reason."""
    values = {"place": "remedy", "title": "Rechtsbehelf", "text": "Widerspruch binnen eines Monats (Beispiel)."}
    return make(TextBlock, place, full=False, **values | {"valid_from": date(2020, 1, 1)} | given)


def checked(place: Any, title: str = "Ferienspiele", **given: Any) -> FundingApplication:
    """An application that is checked and waits for its decision; a Mikroprojekt needs no board."""
    values = {"title": title, "applicant": "Beispiel-Verein", "address": "Markt 1", "year": 2027}
    case: FundingApplication = make(
        FundingApplication, place, full=False, project_class="micro", received_on=date(2026, 6, 1), **values | given
    )
    for action, told in (("receive", {"received_on": date(2026, 6, 1)}), ("finish_check", {})):
        case.refresh_from_db()
        take_step(record=case, action=action, actor=None, version=case.version, values=told)
    case.refresh_from_db()
    return case


def drafted(case: FundingApplication, amount: str = "10000", **given: Any) -> FundingDecision:
    """A decision in preparation, balanced."""
    values: dict[str, Any] = {
        "outcome": "granted",
        "dated": date(2026, 3, 1),
        "financing": "fixed",
        "grant": amount,
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 12, 31),
        "proof_due": date(2027, 6, 30),
        "decided_by": "Amtsleitung",
        "decided_on": date(2026, 2, 20),
    }
    found: FundingDecision = make(FundingDecision, case.municipality, full=False, application=case, **values | given)
    if found.outcome != "refused":
        kind = CostKind.objects.first() or make(CostKind, None, title="Sachkosten", code="SK")
        row = {"decision": found, "full": False, "amount": amount}
        make(DecidedCost, case.municipality, cost_kind=kind, title="Miete", **row)
        make(DecidedFinance, case.municipality, source="municipal", **row)
    return found


def go(decision: FundingDecision, action: str, actor: Any = None, note: str = "", **values: Any) -> FundingDecision:
    """Take a step with the decision as it is stored."""
    found = FundingDecision.objects.select_related("application__municipality", "municipality").get(pk=decision.pk)
    take_step(record=found, action=action, actor=actor, version=found.version, note=note, values=values)
    return FundingDecision.objects.get(pk=decision.pk)


def released(case: FundingApplication, amount: str = "10000", **given: Any) -> FundingDecision:
    """A decision whose notice is out."""
    found = go(drafted(case, amount, **given), "prepare")
    return go(found, "release")


def step_by_page(client: Any, decision: FundingDecision, action: str, **sent: str) -> int:
    """Take a step as a browser does; the status of the answer."""
    url = reverse(f"funding:fundingdecision-{action}", args=[decision.municipality.slug, decision.pk])
    form = read_form(client.get(url).content)
    status: int = client.post(url, dict(form.values) | sent).status_code
    return status


def call(place: Any, pot: str) -> Call:
    """A call with a pot."""
    found: Call = make(
        Call,
        place,
        full=False,
        title="Aufruf 2027",
        project_class="micro",
        year=2027,
        pot=pot,
        opens_on=date(2026, 1, 1),
        closes_on=date(2026, 12, 31),
    )
    return found
