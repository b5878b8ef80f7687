"""Papers of the Landeszuwendung: amounts as they were on the day of the paper, to the cent, and of one's own only."""

from decimal import Decimal

import pytest

from funding.models import FundsCall, StateGrant, StateNotice
from records.vague import VagueDate
from tests.factories import make
from tests.reporting.papers.conftest import HOSTILE, assert_attached, assert_valid, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]


def day(text):
    return VagueDate.from_iso(text)


@pytest.fixture
def grant(cast):
    return make(StateGrant, cast.home, full=False, year=2018, applied_amount=Decimal("492000.00"))


def notice_of(grant, on, amount, **values):
    place = grant.municipality
    return make(StateNotice, place, full=False, grant=grant, dated=day(on), amount=Decimal(amount), **values)


def test_the_sheet_of_a_call_reckons_from_the_notice_of_its_day(cast, grant):
    first = notice_of(grant, "2018-03-15", "471236.40", number="LSZ-7")
    second = notice_of(grant, "2018-09-28", "489318.75", kind="change")
    calls = [
        ("2018-04-03", "118000.00", first),
        ("2018-07-02", "160500.50", first),
        ("2018-10-04", "148318.25", second),
    ]
    stored = [
        make(
            FundsCall, cast.home, full=False, requested_on=day(on), amount=Decimal(amount), notice=notice, note=HOSTILE
        )
        for on, amount, notice in calls
    ]
    url = f"/{cast.home.slug}/mittelabrufe/{stored[1].pk}/mittelabruf.pdf"
    answer = cast.client().get(url)
    assert_attached(answer, f"{cast.home.ags}-{cast.home.slug}-mittelabruf-2018-07-02.pdf", "application/pdf")
    assert_valid(answer.content)
    text = text_of(answer.content)
    for words in (
        "Bewilligung LSZ-7 vom 15.03.2018",
        "Zuwendung nach diesem Bescheid 471.236,40",
        "Bisher abgerufen 118.000,00",
        "Mit diesem Abruf angefordert 160.500,50",
        "Danach noch abrufbar 192.735,90",
        "Laufende Angaben",
    ):
        assert words in text, words
    last = text_of(cast.client().get(url.replace(f"/{stored[1].pk}/", f"/{stored[2].pk}/")).content)
    assert "Zuwendung nach diesem Bescheid 489.318,75" in last
    assert "Bisher abgerufen 278.500,50" in last
    assert cast.client("foreign_planner").get(url).status_code == 404
    assert cast.client("foreign_planner").get(url.replace(cast.home.slug, cast.away.slug)).status_code == 404
    page = cast.client().get(f"/{cast.home.slug}/landeszuwendung/?jahr=2018").content.decode()
    assert url in page
