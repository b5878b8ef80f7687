"""What of money is open: who acts, until when; the database reckons the time to use money as the page does."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from funding.domain.grants import use_until
from funding.enums import DecisionState
from funding.models import (
    Call,
    DecisionCondition,
    FundingApplication,
    FundingDecision,
    FundsCall,
    NoticeCondition,
    StateGrant,
    StateNotice,
    StateProof,
)
from funding.queries.use_until import calls_in_use
from planning.models import FundingRule
from planning.queries.funding_rules import rule_of
from records.vague import VagueDate
from tests.factories import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def day(text):
    return VagueDate.from_iso(text)


@pytest.fixture
def notice(cast):
    grant = make(StateGrant, cast.home, full=False, year=2018)
    return make(StateNotice, cast.home, full=False, grant=grant, dated=day("2018-01-02"), amount=Decimal(100_000))


def came(cast, notice, on, **values):
    values = {"received_on": day(on), "received_amount": Decimal(5)} | values
    return make(FundsCall, cast.home, full=False, notice=notice, requested_on=day("2018-01-10"), **values)


def rule(**values):
    return make(FundingRule, None, full=False, year=2018, **values)


DAYS = ("2018-01-31", "2018-12-31", "2019-12-31", "2018-03-30", "2018-02-28", "2018-07-04")


@pytest.mark.parametrize(("number", "unit"), [(2, "months"), (14, "months"), (42, "days"), (1, "days")])
def test_the_database_reckons_as_the_page_does(cast, notice, number, unit):
    calls = [came(cast, notice, on) for on in DAYS]
    came(cast, notice, "2018-01-31", used_on=day("2018-02-01"))
    assert not calls_in_use().exists()  # not set, not reckoned
    rule(use_within=number, use_unit=unit)
    expected = {call.pk: use_until(call, rule_of(cast.home.pk, 2018)) for call in calls}
    assert {call.pk: call.use_until.first for call in calls_in_use()} == expected
    assert all(expected.values())


def test_two_months_from_the_last_of_december_end_in_february_and_the_own_rule_goes_before(cast, notice):
    call = came(cast, notice, "2018-12-31")
    rule(use_within=2, use_unit="months")
    assert str(calls_in_use().get().use_until) == "28.02.2019"
    rule(use_within=42, use_unit="days", applies_to=cast.home)
    rule(use_within=1, use_unit="days", applies_to=cast.away)
    assert str(calls_in_use().get().use_until) == "11.02.2019"
    assert use_until(call, rule_of(cast.home.pk, 2018)) == calls_in_use().get().use_until.first


def test_everything_open_stands_on_one_page_by_who_acts(cast, notice, django_assert_max_num_queries):
    rule(use_within=2, use_unit="months")
    make(NoticeCondition, cast.home, full=False, notice=notice, title="Sachbericht", due=day("2018-06-30"))
    make(NoticeCondition, cast.home, full=False, notice=notice, title="Ohne Frist")
    make(NoticeCondition, cast.home, full=False, notice=notice, title="Erfüllt", done_on=day("2018-02-01"))
    came(cast, notice, "2018-05-02")
    make(
        FundsCall, cast.home, full=False, notice=notice, requested_on=day("2018-05-20"), needed_until=day("2018-07-31")
    )
    make(
        StateProof,
        cast.home,
        full=False,
        grant=notice.grant,
        due=day("2019-06-30"),
        submitted_on=day("2019-06-01"),
        repayment=0,
    )
    with time_machine.travel("2018-07-15T12:00:00+02:00", tick=False):
        client = cast.client()
        with django_assert_max_num_queries(8):
            shown = client.get(f"/{cast.home.slug}/geld-offen/")
        start = cast.client().get(f"/{cast.home.slug}/").content.decode()
        inbox = cast.client().get("/posteingang/").content.decode()
        read = cast.client("ministry").get(f"/{cast.home.slug}/geld-offen/")
        away = cast.client("foreign_planner").get(f"/{cast.away.slug}/geld-offen/").content.decode()
    groups = {actor: [(item.title, item.since) for item in items] for actor, items in shown.context["groups"]}
    assert groups["Land"] == [("Mittelabruf vom 20.05.2018", "in 16 Tagen")]
    assert set(groups) == {"Sozialplanung", "Land"}
    assert {title for title, _ in groups["Sozialplanung"]} == {
        "Sachbericht",
        "Mittelabruf vom 10.01.2018",
        "Ohne Frist",
    }
    assert ("Mittelabruf vom 10.01.2018", "seit 13 Tagen fällig") in groups["Sozialplanung"]
    assert ("Sachbericht", "seit 15 Tagen fällig") in groups["Sozialplanung"]
    assert "Offene Geldsachen: 4" in start
    assert "Erfüllt?" in inbox
    assert read.context["total"] == 4
    assert "Zurzeit ist nichts offen." in away


def test_a_repayment_is_open_until_it_is_paid(cast, notice):
    proof = make(
        StateProof,
        cast.home,
        full=False,
        grant=notice.grant,
        submitted_on=day("2019-06-01"),
        repayment=Decimal("2039.56"),
    )
    url = f"/{cast.home.slug}/geld-offen/"
    assert [actor for actor, _ in cast.client().get(url).context["groups"]] == ["Kasse"]
    StateProof.objects.filter(pk=proof.pk).update(repaid_on=day("2019-08-01"))
    assert not cast.client().get(url).context["groups"]


def test_of_decisions_planner_and_leitung_learn_who_acts_and_others_nothing(cast):
    soon, past = date(2018, 8, 1), date(2018, 6, 1)
    for state, title in ((DecisionState.PREPARED, "Noch kein Bescheid"), (DecisionState.RELEASED, "Sachbericht")):
        decision = make(FundingDecision, cast.home, full=False)
        make(DecisionCondition, cast.home, full=False, decision=decision, title=title, due=past)
        FundingDecision.objects.filter(pk=decision.pk).update(state=state)
    FundingApplication.objects.update(state="decided")
    make(Call, cast.home, full=False, title="Aufruf 2018", opens_on=past, closes_on=soon)
    with time_machine.travel("2018-07-15T12:00:00+02:00", tick=False):
        people = ("planner", "lead", "ministry")
        shown = {who: cast.client(who).get(f"/{cast.home.slug}/geld-offen/") for who in people}
        inbox = {who: cast.client(who).get("/posteingang/").content.decode() for who in people}
    asked = {
        who: {actor: sorted(item.ask.label for item in items) for actor, items in answer.context["groups"]}
        for who, answer in shown.items()
    }
    assert asked["planner"] == asked["lead"]
    assert asked["planner"] == {
        "Sozialplanung": ["Versandt?"],
        "Leitung": ["Freigeben?"],
        "Träger": ["Erfüllt?", "Öffnen"],
    }
    assert asked["ministry"] == {"Träger": ["Öffnen"]}  # a call is told to everybody, cases stay in the Kommune
    assert "Freigeben?" in inbox["lead"]
    assert "Freigeben?" not in inbox["planner"]
    call = next(item for actor, items in shown["planner"].context["groups"] for item in items if item.kind == "Aufruf")
    assert call.since == "in 17 Tagen"
