"""Planned, approved, paid and spent side by side: versions never add up, and great differences need a sentence."""

from datetime import date
from decimal import Decimal

import pytest

from funding.domain.reckoning.difference import needs_sentence
from funding.models import (
    BudgetExplanation,
    DecidedCost,
    FundingApplication,
    FundingDecision,
    OwnExpense,
    Payment,
    ProofOfUse,
    ProofPosition,
)
from funding.queries.money_flow import flows_of
from planning.models import Measure
from tests.factories import make
from tests.funding.plans import add, line, year_of

pytestmark = pytest.mark.usefixtures("quiet")


def page(cast, who="planner"):
    return cast.client(who).get(f"/{cast.home.slug}/finanzplan/vergleich/?jahr=2018")


def state(row, value):
    type(row).objects.filter(pk=row.pk).update(state=value)


@pytest.fixture
def year(cast):
    return year_of(cast.home)


@pytest.fixture
def case(cast, year):
    """A measure with 20.000 € planned, an application, and a decision of 10.000 € that became 12.500 €."""
    measure = make(Measure, cast.home, full=False, cycle=year.cycle, title="Rufbus", state="planned")
    line(year, "Rufbus", measure=measure, land="15000.00", municipal="5000.00")
    application = make(FundingApplication, cast.home, full=False, year=2018, measure=measure)
    own = {"outcome": "granted", "application": application}
    for place, (dated, grant) in enumerate((("2018-03-01", "10000.00"), ("2018-07-01", "12500.00")), 1):
        decision = make(
            FundingDecision, cast.home, full=False, **own, dated=date.fromisoformat(dated), grant=Decimal(grant)
        )
        make(DecidedCost, cast.home, full=False, decision=decision, amount=Decimal("20000.00"))
        FundingDecision.objects.filter(pk=decision.pk).update(state="sent", edition=place)
    return measure, application, decision


def test_approved_is_the_version_in_force_and_never_the_sum(case, year):
    measure, *_ = case
    assert flows_of(year, date(2018, 2, 28)).get(measure.pk) is None
    assert flows_of(year, date(2018, 6, 30))[measure.pk].approved == Decimal("10000.00")
    assert flows_of(year, date(2018, 7, 1))[measure.pk].approved == Decimal("12500.00")


def test_a_great_difference_needs_a_sentence_that_is_stored_beside_the_line(cast, case, year):
    _, application, decision = case
    payment = make(Payment, cast.home, full=False, application=application, amount=Decimal("12000.00"))
    state(payment, "paid")
    make(Payment, cast.home, full=False, application=application, amount=Decimal("7.00"))  # planned only
    shown = page(cast).content.decode()
    assert "12.500,00" in shown
    assert "12.000,00" in shown
    assert "Ein Satz ist nötig." not in shown  # nothing is known of what was spent
    cost = DecidedCost.objects.get(decision=decision)
    proof = make(ProofOfUse, cast.home, full=False, application=application)
    make(ProofPosition, cast.home, full=False, proof=proof, cost=cost, actual=Decimal("18999.99"))
    assert "18.999,99" not in page(cast).content.decode()  # not recognised yet
    state(proof, "recognised")
    shown = page(cast).content.decode()
    assert "−1.000,01" in shown
    assert "Ein Satz ist nötig." in shown
    pk = year.lines.get().pk
    url = f"/{cast.home.slug}/finanzplan/vergleich/?jahr=2018"
    assert cast.client().post(url, {f"satz-{pk}": "Später begonnen.", "form_key": "eins"}).status_code == 302
    assert cast.client().post(url, {f"satz-{pk}": "Später begonnen.", "form_key": "eins"}).status_code == 302
    assert BudgetExplanation.objects.get().text == "Später begonnen."
    assert "Ein Satz ist nötig." not in page(cast).content.decode()
    assert cast.client().post(url, {f"satz-{pk}": "x" * 501}).status_code == 422
    assert cast.client().post(url, {f"satz-{pk}": ""}).status_code == 302
    assert not BudgetExplanation.objects.exists()


def test_what_the_kommune_pays_itself_counts_as_spent(cast, year):
    row = line(year, "Planerstelle", municipal="58909.15")
    for amount in ("30000.00", "28909.14"):
        add(OwnExpense, municipality=cast.home, line=row, paid_on="2018", amount=Decimal(amount))
    shown = page(cast).content.decode()
    assert "58.909,14" in shown
    assert shown.count("−0,01") == 2  # of the line, and of all
    assert "Ein Satz ist nötig." not in shown
    line(year, "Sachkosten", municipal="2500.00")
    assert page(cast).content.decode().count("−0,01") == 1  # a sum that leaves out a line is no difference of all


@pytest.mark.parametrize(
    ("planned", "spent", "needed"),
    [
        ("100.00", "110.00", True),
        ("100.00", "109.99", False),
        ("100000.00", "101000.00", True),
        ("100000.00", "100999.99", False),
        ("0.00", "0.01", True),
        ("0.00", "0.00", False),
        ("100.00", "90.00", True),
    ],
)
def test_from_ten_percent_or_a_thousand_euro_on(planned, spent, needed):
    assert needs_sentence(Decimal(planned), Decimal(spent), None, None) == needed


def test_who_sees_it(cast, case):
    assert page(cast, "lead").status_code == 200
    for who in ("adviser", "ministry"):
        assert page(cast, who).status_code == 403
    assert page(cast, "foreign_planner").status_code == 404
