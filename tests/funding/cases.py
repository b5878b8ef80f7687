"""A decided case of a Träger, with its costs and financing, to be paid and proved."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from accounts.models import Municipality
from funding.enums import ApplicationState, DecisionState, PaymentState, ProofAction
from funding.models import (
    BaseRate,
    CostKind,
    DecidedCost,
    DecidedFinance,
    FundingApplication,
    FundingDecision,
    Payment,
    ProofIncome,
    ProofOfUse,
    ProofPosition,
)
from planning.models import FundingRule
from records.domain.saving import create_record
from records.life.moving import BERLIN, take_step
from tests.cast import Cast
from tests.factories import make

IBAN = "DE89370400440532013000"
KINDS = ("Personal", "Honorar", "Sach", "Verwaltung", "Weitere")


def eur(text: str) -> Decimal:
    """„24.000,00“."""
    return Decimal(text.replace(".", "").replace(",", "."))


def money_rule(year: int = 2022, **given: Any) -> FundingRule:
    """The rules of the worked examples: 20 %, two months, five points above the base rate, 365 days."""
    rule = {
        "overrun_percent": Decimal(20),
        "use_within": 2,
        "use_unit": "months",
        "interest_kind": "base",
        "interest_points": Decimal(5),
        "interest_from": "payment",
        "day_count": "365",
    }
    return create_record(FundingRule(year=year, **rule | given), actor=None)


def base_rates() -> None:
    """−0,88 % until the end of 2022, 1,62 % from 2023 on (money.md §1.2)."""
    for begin, end, percent in ((date(2016, 7, 1), date(2022, 12, 31), "-0.88"), (date(2023, 1, 1), None, "1.62")):
        create_record(BaseRate(valid_from=begin, valid_until=end, percent=Decimal(percent)), actor=None)


def make_case(
    place: Municipality,
    plan: tuple[str, ...] = ("24.000,00", "3.000,00", "2.000,00", "1.000,00"),
    *,
    grant: str = "24.000,00",
    financing: str = "share",
    share: str | None = "80",
    own: str = "6.000,00",
    final: bool = True,
    year: int = 2022,
    applicant: str = "Verein Beispiel",
    project_class: str = "project",
    proof_form: str = "simple",
) -> FundingApplication:
    """An application as it stands after the release of its decision."""
    case = make(
        FundingApplication,
        place,
        full=False,
        title="Treff",
        applicant=applicant,
        iban=IBAN,
        year=year,
        project_class=project_class,
    )
    decision = make(
        FundingDecision,
        place,
        full=False,
        application=case,
        outcome="granted",
        dated=date(year, 1, 15),
        financing=financing,
        share=None if share is None else Decimal(share),
        grant=eur(grant),
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        proof_form=proof_form,
    )
    for number, amount in enumerate(plan):
        kind = CostKind.objects.filter(label=KINDS[number]).first() or make(
            CostKind, None, full=False, code=f"k{number}", title=KINDS[number]
        )
        make(DecidedCost, place, full=False, decision=decision, cost_kind=kind, title=KINDS[number], amount=eur(amount))
    for source, amount in (("municipal", eur(grant)), ("own", eur(own))):
        make(DecidedFinance, place, full=False, decision=decision, source=source, amount=amount)
    state = DecisionState.FINAL if final else DecisionState.SENT
    FundingDecision.objects.filter(pk=decision.pk).update(state=state, edition=1, final_on=date(year, 2, 15))
    FundingApplication.objects.filter(pk=case.pk).update(
        state=ApplicationState.DECIDED, case_number=f"KYF-{year}-{case.pk:03}"
    )
    case.refresh_from_db()
    return case


def make_payment(case: FundingApplication, amount: str, **given: Any) -> Payment:
    """Planned, with its need told."""
    told = {"planned_on": date(case.year, 10, 1), "need": "Honorare", "needed_until": date(case.year, 11, 1)} | given
    payment: Payment = make(Payment, case.municipality, full=False, application=case, amount=eur(amount), **told)
    return payment


def paid(case: FundingApplication, amount: str, day: date) -> Payment:
    """Paid out on the day."""
    payment = make_payment(case, amount)
    Payment.objects.filter(pk=payment.pk).update(state=PaymentState.PAID, paid_on=day)
    payment.refresh_from_db()
    return payment


def make_proof(
    case: FundingApplication, actual: tuple[str, ...] = (), incomes: tuple[tuple[str, str], ...] = ()
) -> ProofOfUse:
    """Received, with what was spent and what came in."""
    told: dict[str, Any] = {"due": date(case.year + 1, 3, 31), "done": "Der Treff war offen."}
    proof: ProofOfUse = make(ProofOfUse, case.municipality, full=False, application=case, **told)
    decision = case.decisions.get()
    for cost, amount in zip(decision.costs.order_by("pk"), actual, strict=False):
        make(ProofPosition, case.municipality, full=False, proof=proof, cost=cost, actual=eur(amount))
    for source, amount in incomes:
        make(ProofIncome, case.municipality, full=False, proof=proof, source=source, amount=eur(amount))
    return proof


def go(record: Any, action: str, actor: Any, on: date = date(2022, 10, 3), **options: Any) -> Any:
    """Take a step with the record as it stands now, at noon of the day."""
    record.refresh_from_db()
    at = datetime.combine(on, time(12), BERLIN)
    return take_step(record=record, action=action, actor=actor, version=record.version, at=at, **options)


def without_drawing(monkeypatch: Any) -> None:
    """Papers are frozen with their data, and without the second that their PDF takes."""
    monkeypatch.setattr("funding.domain.papers.paper_pdf", lambda data, at, note="": b"%PDF-1.7 " + data)


def recognised(cast: Cast, proof: ProofOfUse) -> ProofOfUse:
    """Received and checked by the planner, recognised by the Leitung."""
    go(proof, ProofAction.RECEIVE, cast.planner, on=date(2023, 3, 1), values={"received_on": date(2023, 3, 1)})
    go(proof, ProofAction.CHECK, cast.planner, on=date(2023, 3, 2))
    go(proof, ProofAction.RECOGNISE, cast.lead, on=date(2023, 3, 3))
    proof.refresh_from_db()
    return proof
