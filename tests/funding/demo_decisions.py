"""The money of the demonstration: votes, notices, one change, one refusal, payments, proofs and a claim."""

import io
import re
from datetime import date

from django.utils import timezone
from pypdf import PdfReader

from exchange.dossier.demo_decisions import load_decisions
from exchange.dossier.demo_payments import load_payments
from funding.domain.budget.from_decisions import missing_payments
from funding.domain.verifying import verify_papers
from funding.models import (
    BoardVote,
    ClaimStep,
    FrozenPaper,
    FundingDecision,
    Payment,
    PaymentStep,
    PaymentUse,
    ProofIncome,
    ProofOfUse,
    ProofPosition,
    ProofStep,
    Receipt,
    RepaymentClaim,
    StateProof,
)
from reporting.papers.state_proof import proof_pdf


def check_decisions():
    """What is checked is decided, in both model municipalities, and loading again decides nothing more."""
    assert [load(ags) for ags in ("16065", "16077") for load in (load_decisions, load_payments)] == [0] * 4
    kinds = FrozenPaper.objects.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["change", "final", "notice", "notice", "notice", "refusal", "repayment", "review"]
    assert list(FundingDecision.objects.filter(state="prepared").values_list("application__title", flat=True)) == [
        "Pflegelotsen in drei Gemeinden"
    ]
    assert all(FundingDecision.objects.values_list("is_example", flat=True))
    assert BoardVote.objects.count() == 3
    check_payments()
    check_proofs()
    check_papers_agree()
    assert verify_papers().problems == []


def check_payments():
    """Planned, released and paid in both, by two people, on days of the story."""
    for ags, states in (("16065", "paid paid paid planned released"), ("16077", "paid planned released")):
        rows = Payment.objects.filter(municipality__ags=ags)
        assert sorted(rows.values_list("state", flat=True)) == states.split()
        assert missing_payments(rows[0].municipality, timezone.localdate()) == [], "the change is carried by the last"
    released = PaymentStep.objects.filter(action="release").values_list("actor__username", flat=True)
    assert set(released) == {"leitung-kyf", "leitung-abg"}
    days = [
        timezone.localdate(step.at) for model in (PaymentStep, ProofStep, ClaimStep) for step in model.objects.all()
    ]
    days += [timezone.localdate(each.created_at) for each in Payment.objects.all()]
    assert {day.year for day in days} == {2019}
    assert max(days) == date(2019, 8, 28)


def check_proofs():
    """One is recognised and its rest paid back, one is checked and waits for the Leitung; the others are awaited."""
    told = ProofOfUse.objects.order_by("pk").values_list("kind", "state", "received_on")
    assert sorted(row for row in told if row[2]) == [
        ("final", "recognised", date(2019, 7, 8)),
        ("interim", "checked", date(2019, 6, 24)),
    ]
    claim = RepaymentClaim.objects.get()
    assert (claim.state, str(claim.principal), str(claim.proof.recognised)) == ("paid", "54.10", "612.35")
    assert str(claim.interest) == "1.25"  # 205 days until it was paid, at 4,12 %
    papers = FrozenPaper.objects.filter(kind__in=("final", "repayment", "review")).order_by("kind")
    assert list(papers.values_list("kind", "made_at__date")) == [
        ("final", date(2019, 7, 22)),
        ("repayment", date(2019, 8, 7)),
        ("review", date(2019, 7, 22)),
    ]
    for model in (Payment, PaymentUse, ProofOfUse, ProofPosition, ProofIncome, Receipt, RepaymentClaim):
        assert set(model.objects.values_list("is_example", flat=True)) == {True}, model


def check_papers_agree():
    """Notice, final notice, note of the check, claim and the annex for the Land name the same amounts of a case."""
    rows = FrozenPaper.objects.filter(application__case_number="KYF-2019-003")
    texts = {row.kind: words_of(bytes(row.pdf)) for row in rows}
    granted = amount_in(texts["notice"], "eine Zuwendung von {}")
    recognised, paid, due = (
        amount_in(texts["final"], words)
        for words in ("Zuwendung nach dem Nachweis: {}", "Ausgezahlt sind {}", "Zu erstatten sind {}")
    )
    spent = amount_in(texts["review"], "Die Liste nennt 4 Belege über {}")
    land = StateProof.objects.select_related("municipality", "grant").get(municipality__ags="16065", grant__year=2019)
    annex = words_of(proof_pdf(land, timezone.now()))
    assert f"Zuwendung {granted} €" in texts["review"]
    assert f"{spent} {recognised}" in texts["final"]
    assert f"{spent} {recognised}" in texts["review"]
    assert f"fordern wir {due} € zurück" in texts["repayment"]
    assert re.search(rf"Erzählcafé der Generationen (?:Beispiel )?08\.07\.2019 {paid} {spent} {recognised}", annex)
    assert (granted, paid) == ("666,45", "666,45"), "all of it was paid out"


def words_of(pdf):
    """All words of a PDF on one line."""
    words = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(words.replace("\u00a0", " ").replace("\u202f", " ").split())


def amount_in(text, words):
    """The amount of which a sentence speaks."""
    return re.search(words.replace("{}", r"([\d.]+,\d\d) €"), text)[1]
