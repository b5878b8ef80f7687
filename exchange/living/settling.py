"""The money of the model phase is settled: nothing of 2019 waits in a portal that stands some years later."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from exchange.dated import written_on
from exchange.dossier.demo import ABG, KYF
from exchange.dossier.demo_cases import enter
from exchange.dossier.demo_decisions import CHANGED, WAITING, move
from exchange.dossier.demo_payments import BREAKFAST, CAFE, Way, case_of, pay
from exchange.living.calendar import on
from exchange.living.place import Place
from funding.enums import ApplicationAction, DecisionAction, PaymentAction, PaymentState, ProofAction, ProofKind
from funding.models import (
    FundsCall,
    NoticeCondition,
    Payment,
    PaymentUse,
    ProofIncome,
    ProofOfUse,
    ProofPosition,
    Receipt,
    StateProof,
)
from funding.queries.in_force import in_force

ENDED, NEED, CLOSED = date(2018, 12, 6), "Ausgaben der folgenden Wochen", timedelta(days=21)
SELF_FINANCED = "Beispiel: Der Träger setzt das Vorhaben aus eigenen Mitteln um; Schreiben vom 04.12.2018."
NO_ANSWER = "Beispiel: Die Unterlagen sind auch nach einer Erinnerung nicht gekommen."


@dataclass(frozen=True)
class Proved:
    """When the proof of a case came and was recognised, and what was done."""

    title: str
    came: date
    recognised: date
    done: str


PROVED = {
    KYF: (
        Proved(
            CHANGED, date(2020, 3, 16), date(2020, 4, 8), "Beispiel: Kurse in sechs Gemeinden, fünf Termine je Kurs."
        ),
    ),
    ABG: (Proved(BREAKFAST, date(2020, 1, 27), date(2020, 2, 12), "Beispiel: Zwölf Frühstücke im Quartier."),),
}
GIVEN_UP = {KYF: "Jugendtreff unterwegs", ABG: "Garten der Generationen"}
LAPSED = "Familienlotsen in den Kindertagesstätten"


def settle_2019(place: Place) -> None:
    """What was asked for, granted and paid for 2019 comes to its end, each step on its day."""
    ags = place.municipality.ags
    give_up(place, GIVEN_UP[ags], ApplicationAction.WITHDRAW, SELF_FINANCED)
    if ags == KYF:
        give_up(place, LAPSED, ApplicationAction.LAPSE, NO_ANSWER)
        change = case_of(place.municipality, CHANGED).decisions.latest("pk")
        move(change, DecisionAction.BECOME_FINAL, place.people.planner, date(2019, 7, 29), final_on=date(2019, 7, 29))
        hand_over(place, CHANGED, date(2019, 7, 2))
        pay_last(place, CHANGED, date(2019, 10, 1))
        move(case_of(place.municipality, CAFE), ApplicationAction.CLOSE, place.people.planner, date(2019, 9, 16))
    else:
        withdraw_waiting(place)
        hand_over(place, BREAKFAST, date(2019, 5, 3))
        halfway = ProofOfUse.objects.get(municipality=place.municipality, kind=ProofKind.INTERIM)
        move(halfway, ProofAction.RECOGNISE, place.people.lead, date(2019, 7, 9))
        pay_last(place, BREAKFAST, date(2019, 9, 2))
    for told in PROVED[ags]:
        prove(place, told)
    settle_grant(place)


def give_up(place: Place, title: str, action: ApplicationAction, why: str, day: date = ENDED) -> None:
    """An application that leads to nothing."""
    move(case_of(place.municipality, title), action, place.people.planner, day, why)


def hand_over(place: Place, title: str, day: date) -> None:
    """The cash office pays what is released, and the Träger uses it."""
    case = case_of(place.municipality, title)
    payment = Payment.objects.get(application=case, state=PaymentState.RELEASED)
    reference = f"Beispiel-{payment.pk:04}"
    move(payment, PaymentAction.PAY, place.people.planner, day, paid_on=day, reference=reference)
    used_on = payment.needed_until or day
    with written_on(used_on):
        values = {"payment": payment, "used_on": used_on, "amount": payment.amount}
        enter(PaymentUse, place.municipality, place.people.planner, **values)


def pay_last(place: Place, title: str, day: date) -> None:
    """A planned payment goes its whole way."""
    until, prepared, released = (day + timedelta(days=each) for each in (45, -7, -4))
    way = Way(title, day, NEED, until, prepared, released, day)
    pay(place.municipality, way, place.people.planner, place.people.lead)


def withdraw_waiting(place: Place) -> None:
    """The decision that lay with the Leitung comes back, and the application is withdrawn."""
    case, day = case_of(place.municipality, WAITING), date(2018, 12, 14)
    move(case.decisions.get(), DecisionAction.RETURN, place.people.lead, day, SELF_FINANCED)
    give_up(place, WAITING, ApplicationAction.WITHDRAW, SELF_FINANCED, day)


def prove(place: Place, told: Proved) -> None:
    """Everything was spent as granted; the proof is checked, recognised by a second person, and the case closed."""
    case, planner = case_of(place.municipality, told.title), place.people.planner
    proof = ProofOfUse.objects.get(application=case, kind=ProofKind.FINAL)
    with written_on(told.came):
        tell_spent(place, proof, told.came)
        place.change(proof, done=told.done)
    move(proof, ProofAction.RECEIVE, planner, told.came, received_on=told.came)
    move(proof, ProofAction.CHECK, planner, told.recognised - timedelta(days=2))
    move(proof, ProofAction.RECOGNISE, place.people.lead, told.recognised)
    move(case, ApplicationAction.CLOSE, planner, told.recognised + CLOSED)


def tell_spent(place: Place, proof: ProofOfUse, day: date) -> None:
    """Expenses, receipts and incomes as the decision has them."""
    decision: Any = in_force(proof.application, day)

    def keep(model: Any, **values: Any) -> None:
        enter(model, place.municipality, place.people.planner, proof=proof, **values)

    for number, cost in enumerate(decision.costs.order_by("pk"), start=1):
        keep(ProofPosition, cost=cost, actual=cost.amount)
        paid_on = date(proof.application.year, 11, 20)
        paid = {"payee": "Beispiel-Betrieb", "purpose": cost.title, "paid_on": paid_on, "amount": cost.amount}
        keep(Receipt, cost=cost, number=str(number), **paid)
    for row in decision.finances.exclude(source="land").order_by("pk"):
        keep(ProofIncome, source=row.source, amount=row.amount)


def settle_grant(place: Place) -> None:
    """What the Land demanded is met, what was called has come, and the year is proved to it."""
    own = {"municipality": place.municipality}
    for condition in NoticeCondition.objects.filter(done_on__isnull=True, **own):
        with written_on(condition.due.first - timedelta(days=3)):
            place.change(condition, done_on=on(condition.due.first - timedelta(days=3)))
    for call in FundsCall.objects.filter(received_on__isnull=True, **own):
        came = call.requested_on.first + timedelta(days=14)
        with written_on(came):
            place.change(call, received_on=on(came), received_amount=call.amount, used_on=on(date(came.year, 9, 10)))
    for proof in StateProof.objects.filter(submitted_on__isnull=True, **own):
        day = (proof.extended_to or proof.due).first - timedelta(days=4)
        with written_on(day):
            place.change(proof, submitted_on=on(day))
