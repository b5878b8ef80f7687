"""The story of the demonstration goes on: votes, notices, one change, one refusal, payments, proofs and a claim."""

from datetime import date

import pytest
from django.utils import timezone

from exchange.dossier.catalogue import load_catalogue
from exchange.dossier.demo import load_dossier, load_people
from exchange.dossier.demo_cases import load_cases
from exchange.dossier.demo_decisions import load_decisions
from exchange.dossier.demo_payments import load_payments
from funding.domain.from_decisions import missing_payments
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
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_letters"), pytest.mark.once, pytest.mark.slow]


def test_the_demonstration_decides_about_what_is_checked():
    load_catalogue()
    load_people()
    for ags in ("16065", "16077"):
        load_dossier(ags)
        load_cases(ags)
        assert load_decisions(ags)
        assert not load_decisions(ags)
    assert sorted(FrozenPaper.objects.values_list("kind", flat=True)) == [
        "change",
        "notice",
        "notice",
        "notice",
        "refusal",
    ]
    assert list(FundingDecision.objects.filter(state="prepared").values_list("application__title", flat=True)) == [
        "Pflegelotsen in drei Gemeinden"
    ]
    assert all(FundingDecision.objects.values_list("is_example", flat=True))
    assert BoardVote.objects.count() == 3
    check_payments()
    check_proofs()
    assert verify_papers().problems == []


def check_payments():
    """Planned, released and paid in both, by two people, on days of the story; loaded once."""
    assert [load_payments("16065"), load_payments("16077")] == [5, 3]
    assert [load_payments("16065"), load_payments("16077")] == [0, 0]
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
    """One is recognised and its rest paid back, one is in check; the others are awaited."""
    told = ProofOfUse.objects.order_by("pk").values_list("kind", "state", "received_on")
    assert sorted(row for row in told if row[2]) == [
        ("final", "recognised", date(2019, 7, 8)),
        ("interim", "received", date(2019, 6, 24)),
    ]
    claim = RepaymentClaim.objects.get()
    assert (claim.state, str(claim.principal), str(claim.proof.recognised)) == ("paid", "54.10", "612.35")
    papers = FrozenPaper.objects.filter(kind__in=("final", "repayment")).order_by("kind")
    assert list(papers.values_list("kind", "made_at__date")) == [
        ("final", date(2019, 7, 22)),
        ("repayment", date(2019, 8, 7)),
    ]
    for model in (Payment, PaymentUse, ProofOfUse, ProofPosition, ProofIncome, Receipt, RepaymentClaim):
        assert set(model.objects.values_list("is_example", flat=True)) == {True}, model
