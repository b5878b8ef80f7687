"""No payment, proof or claim by one person alone: every step by every role, by the same and by another person."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Action, Role
from accounts.models import RoleAssignment
from funding.domain.payments import life as payment_life
from funding.domain.proofs import claim_life
from funding.domain.proofs import life as proof_life
from funding.enums import ApplicationAction, ClaimAction, PaymentAction, PaymentState, ProofAction
from funding.models import FundingDecision, Payment, RepaymentClaim
from funding.queries.case_money import on_its_way
from records.domain.saving import update_record
from records.errors import RecordLocked, StepRefused
from tests.cast import PEOPLE, make_cast, make_person
from tests.factories import make
from tests.funding.cases import (
    base_rates,
    eur,
    go,
    make_case,
    make_payment,
    make_proof,
    money_rule,
    paid,
    without_drawing,
)
from tests.records.test_interleaving import at_once

PAY, PROVE, CLAIM = PaymentAction, ProofAction, ClaimAction
NOW = date(2022, 10, 3)
ALONE = "zweite Person"


pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture(autouse=True)
def no_drawing(monkeypatch):
    without_drawing(monkeypatch)


@pytest.fixture
def both(cast):
    """A person who is planner and Leitung at once."""
    person = make_person("beides", Role.PLANNER, cast.home)
    RoleAssignment.objects.create(user=person, role=Role.LEAD, municipality=cast.home, valid_from=date(2016, 1, 1))
    return person


def payment_at(cast, state: str, by) -> Payment:
    """A payment that the person has entered, and prepared where it stands behind that."""
    money_rule()
    payment = make_payment(make_case(cast.home), "1.000,00", actor=by)
    if state != PaymentState.PLANNED:
        go(payment, PAY.PREPARE, by)
    if state == PaymentState.RELEASED:
        go(payment, PAY.RELEASE, cast.lead)
    return payment


def proof_at(cast, state: str, by):
    """A proof that the person has checked, where it stands behind that."""
    money_rule()
    proof = make_proof(make_case(cast.home), ("24.000,00", "3.000,00", "2.000,00", "1.000,00"), (("own", "6.000,00"),))
    if state != "due":
        go(proof, PROVE.RECEIVE, by, values={"received_on": NOW})
    if state == "asked":
        go(proof, PROVE.ASK, by, note="Die Liste.")
    if state == "checked":
        go(proof, PROVE.CHECK, by)
    return proof


def claim_at(cast, state: str, by):
    """A claim that the person has put forward, where it stands behind that."""
    money_rule()
    base_rates()
    case = make_case(cast.home)
    paid(case, "24.000,00", date(2022, 3, 1))
    claim = make(
        RepaymentClaim, cast.home, full=False, application=case, ground="unused", principal=eur("100,00"), answer="Ja."
    )
    days = {"heard_on": NOW, "answer_until": date(2022, 10, 20)}
    if state != "draft":
        go(claim, CLAIM.HEAR, by, values=days)
    if state in ("prepared", "demanded"):
        go(claim, CLAIM.PREPARE, by)
    if state == "demanded":
        go(claim, CLAIM.DEMAND, cast.lead, values={"demanded_on": NOW, "due": date(2022, 11, 3)})
    return claim


PLACES = {
    "payment": (payment_life.LIFE, payment_at),
    "proof": (proof_life.LIFE, proof_at),
    "claim": (claim_life.LIFE, claim_at),
}
VALUES = {
    (PAY, PAY.PAY): {"paid_on": NOW},
    (PROVE, PROVE.RECEIVE): {"received_on": NOW},
    (CLAIM, CLAIM.HEAR): {"heard_on": NOW, "answer_until": date(2022, 10, 20)},
    (CLAIM, CLAIM.DEMAND): {"demanded_on": NOW, "due": date(2022, 11, 3)},
    (CLAIM, CLAIM.PAY): {"paid_on": NOW},
}
EVERY = [
    pytest.param(name, action, origin, id=f"{name}-{action}-{origin}")
    for name, (life, _) in PLACES.items()
    for action, move in life.moves.items()
    for origin in move.origins
]


@pytest.mark.once
@pytest.mark.parametrize(("name", "action", "origin"), EVERY)
def test_every_step_needs_its_right_and_who_prepared_does_not_release(cast, both, name, action, origin):
    life, at = PLACES[name]
    move = life.moves[action]
    record = at(cast, origin, both)
    values = VALUES.get((life.actions, action), {})
    told = {"values": values, "note": "Grund"} if move.asks else {"values": values}
    holding = {"planner", "lead"} if move.right == Action.WRITE else {"lead"}
    for who in PEOPLE:
        if who not in holding:
            with pytest.raises(PermissionDenied):
                go(record, action, getattr(cast, who), **told)
    is_second = move.right == Action.RELEASE and move.target in ("released", "recognised", "demanded")
    if is_second:
        assert origin in ("prepared", "checked")
        with pytest.raises(StepRefused, match=ALONE):
            go(record, action, both, **told)
    step = go(record, action, cast.lead if move.right == Action.RELEASE else cast.planner, **told)
    assert (step.from_state, step.to_state) == (origin, move.target)
    if move.locks:
        record.refresh_from_db()
        with pytest.raises(RecordLocked):
            update_record(record, version=record.version, actor=cast.planner)


def test_who_wrote_the_amount_does_not_release_it(cast, both):
    money_rule()
    payment = make_payment(make_case(cast.home), "1.000,00", actor=both)
    go(payment, PAY.PREPARE, cast.planner)
    with pytest.raises(StepRefused, match="mitgeschrieben"):
        go(payment, PAY.RELEASE, both)
    bank = {"iban": "DE02120300000000202051", "account_holder": "Anderes Konto"}
    with pytest.raises(StepRefused, match="liegt zur Freigabe"):
        go(payment.application, ApplicationAction.CHANGE_BANK, cast.planner, values=bank, note="Anruf")
    go(payment, PAY.RELEASE, cast.lead)
    with pytest.raises(StepRefused, match="Holen Sie sie zuerst zurück"):  # the second person saw another account
        go(payment.application, ApplicationAction.CHANGE_BANK, cast.planner, values=bank, note="Anruf")
    go(payment, PAY.WITHDRAW, cast.lead, note="Anderes Konto")
    go(payment.application, ApplicationAction.CHANGE_BANK, cast.planner, values=bank, note="Schreiben vom 01.10.")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"final": False}, "nicht bestandskräftig"),
        ({"amount": "24.000,01"}, "wären 24.000,01 € angewiesen; bewilligt sind 24.000,00 €"),
        ({"needed_until": date(2022, 12, 4)}, "nur, was bis 03.12.2022 gebraucht wird"),
        ({"need": ""}, "wofür das Geld gebraucht"),
        ({"iban": ""}, "die IBAN des Trägers"),
        ({"grant": None}, "gilt an diesem Tag keine Bewilligung"),
    ],
)
def test_what_hinders_a_payment_is_said(cast, change, sentence):
    money_rule()
    case = make_case(cast.home, final=change.get("final", True))
    if change.get("final") is False:
        case.decisions.update(final_on=None)
    if "iban" in change:
        type(case).objects.update(iban="")
    if "grant" in change:
        case.decisions.update(dated=date(2022, 12, 1))
    told = {name: value for name, value in change.items() if name in ("need", "needed_until")}
    payment = make_payment(case, change.get("amount", "24.000,00"), **told)
    with pytest.raises(StepRefused, match=sentence):
        go(payment, PAY.PREPARE, cast.planner)


def test_an_overdue_proof_of_the_same_traeger_is_outweighed_by_a_reason_alone(cast):
    money_rule()
    owing = make_case(cast.home, year=2021)
    proof = make_proof(owing)
    type(proof).objects.update(due=date(2022, 6, 30))
    payment = make_payment(make_case(cast.home), "1.000,00")
    with pytest.raises(StepRefused, match=r"Seit 30\.06\.2022 überfällig"):
        go(payment, PAY.PREPARE, cast.planner)
    step = go(payment, PAY.PREPARE, cast.planner, note="Der Nachweis ist zugesagt.")
    assert "überfällig" in step.details["outweighed"][0]
    stranger = make_payment(make_case(cast.home, applicant="Anderer Verein"), "1.000,00")
    go(stranger, PAY.PREPARE, cast.planner)


@pytest.mark.django_db(transaction=True)
def test_releases_at_the_same_moment_never_exceed_the_grant():
    people = make_cast()
    money_rule()
    case = make_case(people.home)
    rows = [make_payment(case, "3.000,00") for _ in range(20)]
    for row in rows:
        go(row, PAY.PREPARE, people.planner)
    refused = []

    def work(row):
        try:
            go(row, PAY.RELEASE, people.lead)
        except StepRefused as error:
            refused.append(str(error.reasons))

    at_once(*(lambda row=row: work(row) for row in rows))
    assert Payment.objects.filter(state=PaymentState.RELEASED).count() == 8, refused
    assert on_its_way(case, 0) == eur("24.000,00")


def test_what_was_revoked_as_a_whole_is_over_when_the_money_has_come_back(cast):
    """There is nothing to prove then; a part that has not come back is named to the cent."""
    case = make_case(cast.home)
    paid(case, "5.000,00", date(2022, 3, 1))
    with pytest.raises(StepRefused, match="Verwendungsnachweis ist noch nicht anerkannt"):
        go(case, ApplicationAction.CLOSE, cast.planner)
    decision = make(
        FundingDecision,
        cast.home,
        full=False,
        application=case,
        outcome="refused",
        dated=date(2022, 6, 1),
        grant=None,
    )
    FundingDecision.objects.filter(pk=decision.pk).update(state="final", edition=2, final_on=date(2022, 7, 1))
    claim = make(RepaymentClaim, cast.home, full=False, application=case, ground="revoked", principal=eur("4.000,00"))
    RepaymentClaim.objects.filter(pk=claim.pk).update(state="paid", paid_on=date(2022, 8, 1))
    with pytest.raises(StepRefused, match=r"Ausgezahlt sind 5\.000,00"):
        go(case, ApplicationAction.CLOSE, cast.planner)
    RepaymentClaim.objects.filter(pk=claim.pk).update(principal=eur("5.000,00"))
    go(case, ApplicationAction.CLOSE, cast.planner)
    case.refresh_from_db()
    assert case.state == "closed"
