"""The ministry's table of money: by name, by year, as file; nothing ranks, nothing of an application is read."""

from decimal import Decimal

import pytest
from django.utils.html import strip_tags

from accounts.models import Municipality
from funding.models import FundsCall, StateGrant, StateNotice, StateProof
from records.vague import VagueDate
from tests.factories import make

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def day(text):
    return VagueDate.from_iso(text)


def fill(place, granted, changed=None):
    """A grant of 2018 with its notices, a call that came, and a proof."""
    grant = make(StateGrant, place, full=False, year=2018, applied_amount=Decimal("700000.01"), note="Geheimer Text")
    notice = make(StateNotice, place, full=False, grant=grant, dated=day("2018-03-15"), amount=granted)
    if changed is not None:
        make(StateNotice, place, full=False, grant=grant, kind="change", dated=day("2018-07-01"), amount=changed)
    call = {"requested_on": day("2018-05-02"), "received_on": day("2018-05-20"), "received_amount": Decimal("99.99")}
    make(FundsCall, place, full=False, notice=notice, amount=Decimal("100.00"), **call)
    make(StateProof, place, full=False, grant=grant, submitted_on=day("2019-06-30"), recognised=Decimal("98.01"))


def test_all_municipalities_by_name_with_what_is_in_force(cast, django_assert_max_num_queries):
    fill(cast.home, Decimal("10000.00"), changed=Decimal("12500.00"))
    fill(cast.away, Decimal("900000.00"))
    client = cast.client("ministry")
    with django_assert_max_num_queries(12):
        answer = client.get("/ministerium/landeszuwendungen/?jahr=2018")
    words = " ".join(strip_tags(answer.content.decode()).replace("\u202f", " ").split())
    assert [line.row.municipality.name for line in answer.context["lines"]] == ["Altenburger Land", "Kyffhäuserkreis"]
    assert "Kyffhäuserkreis 700.000,01 € 12.500,00 € 100,00 € 99,99 € 30.06.2019 98,01 €" in words
    assert "Alle Kommunen 1.400.000,02 € 912.500,00 € 200,00 € 199,98 € 196,02 €" in words
    assert "Geheimer Text" not in words
    for word in ("Rang", "Platz ", "Durchschnitt", "höchste"):
        assert word not in words
    assert f"/{cast.home.slug}/landeszuwendung/?jahr=2018" in answer.content.decode()
    lines = client.get("/ministerium/landeszuwendungen.csv?jahr=2018").content.decode("utf-8-sig").splitlines()
    assert lines[2] == "16065;Kyffhäuserkreis;2018;700000,01;12500,00;100,00;99,99;98,01;2019-06-30"


def test_a_year_of_which_nothing_is_known_says_nothing_and_no_zeros(cast):
    answer = cast.client("ministry").get("/ministerium/landeszuwendungen/?jahr=1&seite=x")
    assert {amount for line in answer.context["lines"] for amount in line.row.amounts} == {None}
    assert answer.context["sums"] == [None] * 5
    assert "0,00" not in answer.content.decode()
    assert cast.client().get("/ministerium/landeszuwendungen/").status_code == 403
    Municipality.objects.update(valid_until="2017-12-31")
    assert (
        "ist keine Kommune erfasst" in cast.client("ministry").get("/ministerium/landeszuwendungen/").content.decode()
    )
