"""Payments, proofs of use and a claim of the model municipalities in 2019, invented and marked as examples.

Two people everywhere: the planner prepares and checks, the Leitung releases and recognises.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import Municipality, User
from exchange.dated import written_on
from exchange.dossier.demo_cases import enter
from exchange.dossier.demo_decisions import CHANGED, SHORT, move
from funding.domain.budget.from_decisions import plan_payments, plan_proofs
from funding.domain.proofs.result import result_of
from funding.enums import ClaimAction, ClaimGround, MoneySource, PaymentAction, ProofAction, ProofKind
from funding.models import (
    FundingApplication,
    FundingDecision,
    Payment,
    PaymentUse,
    ProofIncome,
    ProofOfUse,
    ProofPosition,
    Receipt,
    RepaymentClaim,
)
from funding.queries.in_force import in_force
from records.domain.saving import create_record, update_record

PLANNED, FEWER = date(2019, 1, 21), date(2019, 6, 24)
KYF, ABG = "16065", "16077"
CAFE, BREAKFAST = "Erzählcafé der Generationen", "Familienfrühstück im Quartier"


@dataclass(frozen=True)
class Way:
    """How far the payment of a day came: called for, prepared, released and paid when (None: not yet)."""

    title: str
    planned_on: date
    need: str
    until: date
    prepared: date
    released: date
    paid: date | None = None


WAYS = {
    KYF: (
        Way(
            CHANGED,
            date(2019, 2, 1),
            "Kursleitung, Räume und Material bis März",
            date(2019, 3, 26),
            date(2019, 1, 28),
            date(2019, 1, 30),
            date(2019, 2, 4),
        ),
        Way(
            CAFE,
            date(2019, 2, 1),
            "Bewirtung und Material der ersten Treffen",
            date(2019, 3, 27),
            date(2019, 1, 28),
            date(2019, 1, 30),
            date(2019, 2, 4),
        ),
        Way(
            CHANGED,
            date(2019, 4, 1),
            "Kursleitung, Räume und Material bis Mai",
            date(2019, 5, 24),
            date(2019, 3, 25),
            date(2019, 3, 27),
            date(2019, 4, 2),
        ),
        Way(
            CHANGED,
            date(2019, 7, 1),
            "Kursleitung, Räume und Material bis August",
            date(2019, 8, 23),
            date(2019, 6, 25),
            date(2019, 6, 27),
        ),
    ),
    ABG: (
        Way(
            BREAKFAST,
            date(2019, 2, 1),
            "Lebensmittel und Raum bis März",
            date(2019, 3, 28),
            date(2019, 1, 29),
            date(2019, 1, 31),
            date(2019, 2, 5),
        ),
        Way(
            BREAKFAST,
            date(2019, 5, 2),
            "Lebensmittel und Raum bis Juni",
            date(2019, 6, 21),
            date(2019, 4, 24),
            date(2019, 4, 26),
        ),
    ),
}


@transaction.atomic
def load_payments(ags: str) -> int:
    """Pay, prove and claim back once; returns how many payments there are now (0: they were there, or nothing is)."""
    place = Municipality.objects.get(ags=ags)
    if Payment.objects.filter(municipality=place).exists():
        return 0
    if not FundingDecision.objects.filter(municipality=place, is_example=True, final_on__isnull=False).exists():
        return 0
    planner, lead = (User.objects.get(username=f"{who}-{SHORT[ags]}") for who in ("planung", "leitung"))
    with written_on(PLANNED):
        plan_payments(place, planner, PLANNED)
        plan_proofs(place, planner, PLANNED)
    for way in WAYS[ags]:
        pay(place, way, planner, lead)
    if ags == KYF:
        pay_less(place, planner)
        settle(place, planner, lead)
    else:
        report_halfway(place, planner)
    return Payment.objects.filter(municipality=place).count()


def case_of(place: Municipality, title: str) -> FundingApplication:
    """The example of that title."""
    return FundingApplication.objects.get(municipality=place, title=title, is_example=True)


def pay(place: Municipality, way: Way, planner: User, lead: User) -> None:
    """One payment, as far as it came."""
    payment = Payment.objects.get(application=case_of(place, way.title), planned_on=way.planned_on)
    payment.requested_on, payment.need, payment.needed_until = way.prepared, f"Beispiel: {way.need}", way.until
    with written_on(way.prepared):
        update_record(payment, version=payment.version, actor=planner)
    move(payment, PaymentAction.PREPARE, planner, way.prepared)
    move(payment, PaymentAction.RELEASE, lead, way.released)
    if way.paid:
        move(payment, PaymentAction.PAY, planner, way.paid, paid_on=way.paid, reference=f"Beispiel-{payment.pk:04}")
        with written_on(way.until):
            enter(PaymentUse, place, planner, payment=payment, used_on=way.until, amount=payment.amount)


def pay_less(place: Municipality, planner: User) -> None:
    """The change of the decision makes the last payment smaller."""
    case = case_of(place, CHANGED)
    decision: Any = in_force(case, date(2019, 7, 1))
    rate = decision.instalments.order_by("planned_on").last()
    payment = Payment.objects.get(application=case, planned_on=rate.planned_on)
    payment.decision, payment.instalment, payment.amount = decision, rate, rate.amount
    with written_on(FEWER):
        update_record(payment, version=payment.version, actor=planner)


def tell(proof: ProofOfUse, planner: User, spent: str, receipts: tuple[tuple[date, str, str, str], ...]) -> None:
    """What the Träger spent, from which money, with the list of receipts."""
    place, cost = proof.municipality, in_force(proof.application, PLANNED).costs.get()  # type: ignore[union-attr]
    enter(ProofPosition, place, planner, proof=proof, cost=cost, actual=Decimal(spent))
    own = proof.application.finances.get(source=MoneySource.OWN)
    enter(ProofIncome, place, planner, proof=proof, source=own.source, amount=own.amount)
    for number, (paid_on, payee, purpose, amount) in enumerate(receipts, start=1):
        values = {"number": str(number), "paid_on": paid_on, "payee": payee, "purpose": purpose}
        enter(Receipt, place, planner, proof=proof, cost=cost, amount=Decimal(amount), **values)


def settle(place: Municipality, planner: User, lead: User) -> None:
    """The Erzählcafé is proved: less was spent, a present is not recognised, the rest is paid back."""
    came, cut, checked, recognised = date(2019, 7, 8), date(2019, 7, 15), date(2019, 7, 16), date(2019, 7, 22)
    proof = ProofOfUse.objects.get(application=case_of(place, CAFE), kind=ProofKind.FINAL)
    proof.done = "Beispiel: Zehn Treffen im Bürgerhaus, bei denen Ältere und Kinder einander erzählt haben."
    proof.results = "Beispiel: Zwei Schulklassen kommen weiter regelmäßig."
    proof.participants = "Beispiel: 22 bis 31 Personen je Treffen."
    proof.deviations = "Beispiel: Zwei Treffen sind ausgefallen; deshalb wurde weniger ausgegeben."
    with written_on(came):
        update_record(proof, version=proof.version, actor=planner)
        bought = (
            (date(2019, 2, 12), "Beispiel-Bäckerei", "Kuchen für fünf Treffen", "281.40"),
            (date(2019, 3, 5), "Beispiel-Buchhandlung", "Papier und Alben", "143.15"),
            (date(2019, 3, 19), "Beispiel-Bäckerei", "Kuchen für fünf Treffen", "187.80"),
            (date(2019, 3, 27), "Beispiel-Blumenladen", "Geschenke für Mitwirkende", "27.85"),
        )
        tell(proof, planner, "640.20", bought)
    move(proof, ProofAction.RECEIVE, planner, came, received_on=came)
    position = proof.positions.get()
    position.cut, position.reason = Decimal("27.85"), "Beispiel: Geschenke dienen nicht dem Zweck."
    with written_on(cut):
        update_record(position, version=position.version, actor=planner)
    move(proof, ProofAction.CHECK, planner, checked)
    move(proof, ProofAction.RECOGNISE, lead, recognised)
    claim_back(proof, planner, lead)


def claim_back(proof: ProofOfUse, planner: User, lead: User) -> None:
    """Heard, answered, demanded with interest, paid."""
    heard, answered, prepared, demanded, paid = (
        date(2019, 7, 24),
        date(2019, 8, 1),
        date(2019, 8, 5),
        date(2019, 8, 7),
        date(2019, 8, 28),
    )
    back = result_of(proof).back
    assert back is not None
    claim = RepaymentClaim(municipality=proof.municipality, application=proof.application, proof=proof)
    claim.ground, claim.principal, claim.is_example = ClaimGround.UNUSED, back.amount, True
    claim.reasons = "Beispiel: Anerkannt sind weniger Ausgaben, als ausgezahlt wurde."
    with written_on(heard):
        create_record(claim, actor=planner)
    move(claim, ClaimAction.HEAR, planner, heard, heard_on=heard, answer_until=date(2019, 8, 7))
    claim.answer = "Beispiel: Der Verein ist einverstanden."
    with written_on(answered):
        update_record(claim, version=claim.version, actor=planner)
    move(claim, ClaimAction.PREPARE, planner, prepared)
    move(claim, ClaimAction.DEMAND, lead, demanded, demanded_on=demanded, due=date(2019, 9, 9))
    move(claim, ClaimAction.PAY, planner, paid, paid_on=paid)


def report_halfway(place: Municipality, planner: User) -> None:
    """A Zwischennachweis about the first months came, is checked and waits for the second person."""
    came, checked, case = date(2019, 6, 24), date(2019, 7, 3), case_of(place, BREAKFAST)
    with written_on(came):
        proof = enter(
            ProofOfUse,
            place,
            planner,
            application=case,
            kind=ProofKind.INTERIM,
            due=date(2019, 6, 28),
            done="Beispiel: Sechs Frühstücke im Quartier, einmal im Monat.",
            participants="Beispiel: 12 bis 17 Familien je Termin.",
        )
        bought = (
            (date(2019, 2, 16), "Beispiel-Markt", "Lebensmittel für drei Termine", "148.62"),
            (date(2019, 3, 9), "Beispiel-Gemeinde", "Raum, Januar bis März", "120.00"),
        )
        tell(proof, planner, "268.62", bought)
    move(proof, ProofAction.RECEIVE, planner, came, received_on=came)
    move(proof, ProofAction.CHECK, planner, checked)
