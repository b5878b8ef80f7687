"""What the check says of cases of Träger and of the grant of the Land: each rule at its limit, and no case by name."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access import Access
from funding.enums import DecisionState, ProofState
from funding.models import (
    BudgetYear,
    DecidedFinance,
    DecisionCondition,
    FundingDecision,
    FundsCall,
    Inquiry,
    NoticeCondition,
    PaymentUse,
    ProofOfUse,
    ProofPosition,
    StateProof,
)
from plans.checks import check_plan, openable
from tests.factories import make
from tests.funding.cases import eur, make_case, make_proof, money_rule, paid
from tests.plans.checks import world
from tests.plans.checks.money_world import (
    SECRET,
    YEAR,
    ago,
    all_amiss,
    club,
    decided,
    granted_case,
    in_call,
    state_grant,
    vague,
)
from tests.plans.records import day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

MOST_QUERIES = 90
PAGES_OF_MONEY = ("plausibilitaet/", "geld-offen/", "phasen/umsetzung/")
OF_CASES = {
    "granted_over_plan",
    "pot_exceeded",
    "running_without_decision",
    "decided_without_payment",
    "paid_over_called",
    "money_used_late",
    "overrun_without_consent",
    "proofs_overdue",
    "conditions_overdue",
}
LINK = re.compile(r'<a\b[^>]*?\shref="(/[^"#?]*)')


@pytest.fixture
def money(plan):
    """The rules of the year and a case in order."""
    money_rule(YEAR, pay_within_days=60)
    return granted_case(plan)


@pytest.fixture
def grant(plan):
    return state_grant(plan)


def found(plan):
    return {code: one for code, one in world.found(plan).items() if code in OF_CASES}


def test_without_cases_and_grant_nothing_is_checked_and_the_check_says_why(plan):
    report = check_plan(plan)
    idle = {passed.note for passed in report.passed if passed.is_idle}
    assert not report.findings
    assert {"Für 2018 gibt es keine Anträge von Trägern.", "Für 2018 sind keine Geldvorgänge erfasst."} <= idle


def test_a_case_in_order_is_no_finding(plan, money, grant):
    assert found(plan) == {}


@pytest.mark.parametrize(("cents", "codes"), [("24.000,00", []), ("24.000,01", ["granted_over_plan"])])
def test_what_is_granted_of_the_land_stays_within_the_plan(plan, money, cents, codes):
    """The plan holds 24 000 euro of the Land in all its lines."""
    world.budget_line(BudgetYear.objects.get(), "Weiterleitung", land="24000.00")
    decided(money, DecidedFinance, source="land", amount=eur(cents))
    assert list(found(plan)) == codes
    if codes:
        assert "0,01 € mehr" in found(plan)["granted_over_plan"].explanation


@pytest.mark.parametrize(("pot", "codes"), [("24000.00", []), ("23999.99", ["pot_exceeded"])])
def test_a_pot_holds_to_the_cent(plan, money, pot, codes):
    in_call(plan, money, pot)
    assert list(found(plan)) == codes
    if codes:
        assert "0,01 €" in found(plan)["pot_exceeded"].explanation


def test_a_measure_that_runs_with_money_of_the_land_through_a_traeger_needs_a_grant(plan, money):
    running = world.measure(plan, title="Läuft", state="running", provider=club(plan))
    own = world.measure(plan, title="Läuft im Amt", state="running")  # of a public Träger
    world.budget_line(BudgetYear.objects.get(), "Läuft im Amt", measure=own, land="1.00")
    world.budget_line(BudgetYear.objects.get(), "Läuft", measure=running, land="1.00")
    world.budget_line(BudgetYear.objects.get(), "Läuft ohne Land", measure=running, municipal="1.00")
    assert [label for label, _ in found(plan)["running_without_decision"].items] == [running.label]
    money.measure = running
    money.save()
    assert found(plan) == {}
    FundingDecision.objects.update(outcome="refused", grant=None)
    assert "running_without_decision" in found(plan)


@pytest.mark.parametrize(("days", "codes"), [(60, []), (61, ["decided_without_payment"])])
def test_a_grant_waits_sixty_days_for_its_first_payment(plan, money, days, codes):
    unpaid = make_case(plan.municipality, year=YEAR, grant="10,00")
    FundingDecision.objects.filter(application=unpaid).update(dated=ago(days))
    assert list(found(plan)) == codes
    if codes:
        told = found(plan)["decided_without_payment"]
        assert told.count == 1
        assert "10,00 €" in told.explanation
    paid(unpaid, "1,00", ago(1))
    assert found(plan) == {}


def test_a_change_notice_does_not_begin_the_time_anew(plan, money):
    unpaid = make_case(plan.municipality, year=YEAR)
    first = unpaid.decisions.get()
    own = {"full": False, "application": unpaid, "outcome": "granted", "financing": "fixed", "grant": eur("99,00")}
    later = make(FundingDecision, plan.municipality, dated=ago(3), **own)
    FundingDecision.objects.filter(pk=later.pk).update(state=DecisionState.SENT, edition=2)
    assert first.dated < ago(60)
    assert "99,00 €" in found(plan)["decided_without_payment"].explanation


@pytest.mark.parametrize(("more", "codes"), [("0,00", []), ("0,01", ["paid_over_called"])])
def test_no_more_is_paid_than_called(plan, money, grant, more, codes):
    paid(money, more, ago(1))
    assert list(found(plan)) == codes


@pytest.mark.parametrize(
    ("used", "codes"), [("2018-04-15", []), ("2018-04-16", ["money_used_late"]), ("", ["money_used_late"])]
)
def test_money_of_the_land_is_used_within_two_months(plan, money, grant, used, codes):
    call = FundsCall.objects.get()
    call.received_on, call.received_amount = day("2018-02-15"), eur("1.000,00")
    call.used_on = day(used) if used else None
    call.save()
    assert list(found(plan)) == codes


@pytest.mark.parametrize(("used", "codes"), [(date(2018, 12, 1), []), (date(2018, 12, 2), ["money_used_late"])])
def test_money_of_a_traeger_is_used_within_two_months(plan, money, used, codes):
    payment = paid(money, "500,00", date(2018, 10, 1))
    make(PaymentUse, plan.municipality, full=False, payment=payment, used_on=used, amount=eur("500,00"))
    assert list(found(plan)) == codes
    if codes:
        assert "500,00 €" in found(plan)["money_used_late"].explanation


@pytest.mark.parametrize(("spent", "codes"), [("2.400,00", []), ("2.400,01", ["overrun_without_consent"])])
def test_a_position_is_exceeded_by_a_cent_above_twenty_percent(plan, money, spent, codes):
    proof = make_proof(money, ("23.100,00", "3.600,00", spent, "899,99"))
    ProofOfUse.objects.update(state=ProofState.RECEIVED)
    assert list(found(plan)) == codes
    if codes:
        assert "0,01 €" in found(plan)["overrun_without_consent"].explanation
        over = proof.positions.get(actual=eur(spent))
        ProofPosition.objects.filter(pk=over.pk).update(cut=eur("0,01"), reason="Nicht belegt")
        assert found(plan) == {}
        ProofPosition.objects.filter(pk=over.pk).update(cut=None, consent=True)
        assert found(plan) == {}


@pytest.mark.parametrize(("days", "count"), [(0, 0), (1, 1)])
def test_proofs_are_overdue_the_day_after(plan, money, grant, days, count):
    make_proof(money)
    ProofOfUse.objects.update(due=ago(days))
    assert [one.count for one in found(plan).values()] == [1] * count
    ProofOfUse.objects.update(extended_to=ago(0), extension_reason="Urlaub")
    assert found(plan) == {}
    make(StateProof, plan.municipality, full=False, grant=grant, due=vague(ago(days)))
    assert len(found(plan)) == count


@pytest.mark.parametrize(("days", "count"), [(0, 0), (1, 2)])
def test_conditions_of_the_land_and_of_own_notices_are_overdue_the_day_after(plan, money, grant, days, count):
    decided(money, DecisionCondition, due=ago(days), title=SECRET)
    make(NoticeCondition, plan.municipality, notice=grant.notices.get(), due=vague(ago(days)), full=False)
    assert [one.count for one in found(plan).values()] == ([count] if count else [])
    DecisionCondition.objects.update(done_on=ago(0))
    assert [one.count for one in found(plan).values()] == ([1] if count else [])


def test_the_ministry_reads_counts_and_sums_and_opens_no_case(cast, plan, money, grant):
    all_amiss(plan, money, grant)
    asked = {"application": money, "sent_on": date(2018, 3, 1), "until": date(2018, 4, 1), "full": False}
    inquiry = make(Inquiry, plan.municipality, title=SECRET, **asked)
    Inquiry.objects.filter(pk=inquiry.pk).update(answered_on=date(2018, 2, 1))  # a contradiction
    told = found(plan)
    assert set(told) == OF_CASES
    for role in ("planner", "ministry"):
        page = cast.client(role).get(reverse("plans:checks", args=[cast.home.slug])).content.decode()
        assert SECRET not in page
        assert money.case_number not in page
    client = cast.client("ministry")
    ways = {openable(one, Access(cast.ministry), cast.home).url for one in told.values()} - {""}
    assert len(ways) < len({one.url for one in told.values()}), "pages of cases are no ways of the ministry"
    assert [client.get(url).status_code for url in ways] == [200] * len(ways)


@pytest.mark.slow
@pytest.mark.parametrize("role", ["ministry", "adviser"])
def test_who_reads_is_led_to_no_page_that_refuses(cast, plan, money, grant, role):
    all_amiss(plan, money, grant)
    client, home = cast.client(role), f"/{cast.home.slug}/"
    pages = [client.get(f"{home}{page}").content.decode() for page in PAGES_OF_MONEY]
    ways = {way for page in pages for way in LINK.findall(page) if way.startswith(home)}
    assert f"{home}landeszuwendung/" in ways
    assert {way: status for way in ways if (status := client.get(way).status_code) >= 400} == {}


def test_the_queries_do_not_grow_with_cases(plan, money, grant):
    all_amiss(plan, money, grant)
    check_plan(plan)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            check_plan(plan)
        counts.append(len(captured))
        for _ in range(3):
            case = make_case(plan.municipality, year=YEAR)
            paid(case, "1,00", ago(1))
            make_proof(case, ("1,00",))
    assert counts[0] == counts[1] <= MOST_QUERIES
