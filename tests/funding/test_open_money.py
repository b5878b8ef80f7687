"""What of money is open: who acts, until when."""

from decimal import Decimal

import pytest
import time_machine

from funding.models import FundsCall, NoticeCondition, StateGrant, StateNotice, StateProof
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


def test_everything_open_stands_on_one_page_by_who_acts(cast, notice, django_assert_max_num_queries):
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
    assert {title for title, _ in groups["Sozialplanung"]} == {"Sachbericht", "Ohne Frist"}
    assert ("Sachbericht", "seit 15 Tagen fällig") in groups["Sozialplanung"]
    assert "Offene Geldsachen: 3" in start
    assert "Erfüllt?" in inbox
    assert read.context["total"] == 3
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
