"""Papers of the Landeszuwendung: amounts as they were on the day of the paper, to the cent, and of one's own only."""

from decimal import Decimal

import pytest

from funding.models import (
    BudgetLine,
    BudgetYear,
    DecidedCost,
    FundingApplication,
    FundingDecision,
    FundsCall,
    OwnExpense,
    ProofOfUse,
    ProofPosition,
    StateGrant,
    StateNotice,
    StateProof,
)
from planning.models import ActionField, PlanningCycle
from records.vague import VagueDate
from reporting.queries.state_report import read_state_year
from reporting.reports.state import state_report
from tests.cast import another_municipality
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


# ---------------------------------------------------------------- application and proof, with the Finanzplan
A = (  # oracle A of the domain, invented: title, Handlungsfeld, Land, Kommune, Träger, Dritte
    ("Planerstelle", 1, "41236.40", "17672.75", None, None),
    ("Planerstelle Sachkosten", 1, "1750.00", "750.00", None, None),
    ("Eltern-Kind-Kurse", 3, "28963.27", "9654.42", "4290.86", None),
    ("EEFLB", 4, "104573.00", "52286.50", "17428.83", None),
    ("Frauen- und Familienzentrum", 4, "56000.00", "18666.67", "7466.66", "1500.00"),
    ("Dorfkümmerer", 5, "4200.00", "1800.00", None, None),
    ("Mikroprojekte", 6, "15000.00", None, "1666.67", None),
    ("Jugendberatung (ohne Land)", 4, None, "38412.19", None, None),
)


def money(text):
    return None if text is None else Decimal(text)


def plan_money(place, year=2018):
    """The Finanzplan of oracle A."""
    cycle = make(PlanningCycle, place, full=False, first_year=year, last_year=year)
    budget = make(BudgetYear, place, full=False, cycle=cycle, year=year)
    fields = {}
    for _, number, *_ in A:
        fields[number] = fields.get(number) or ActionField.objects.filter(number=number).first()
        fields[number] = fields[number] or make(ActionField, None, full=False, number=number, title=f"Feld {number}")
    names = ("land", "municipal", "own", "third")
    return [
        make(
            BudgetLine,
            place,
            full=False,
            budget_year=budget,
            title=title,
            action_field=fields[number],
            position=position,
            **dict(zip(names, map(money, amounts), strict=True)),
        )
        for position, (title, number, *amounts) in enumerate(A)
    ]


def test_the_application_says_what_the_finanzplan_says(cast, grant):
    url = f"/{cast.home.slug}/landeszuwendungen/{grant.pk}/antrag.pdf"
    assert "Ein Finanzplan 2018 ist nicht beigefügt." in text_of(cast.client().get(url).content)
    plan_money(cast.home)
    answer = cast.client().get(url)
    assert_attached(answer, f"{cast.home.ags}-{cast.home.slug}-antrag-auf-landeszuwendung-2018.pdf", "application/pdf")
    assert_valid(answer.content)
    text = text_of(answer.content)
    for words in (
        "Beantragter Betrag 492.000,00 Euro",
        "Land 251.722,67 59,4642 %",
        "Kommune 139.242,53 32,8931 %",
        "Land und Kommune zusammen ist 64,3849 %",
        "Der Finanzplan sieht 251.722,67 Euro vom Land vor; beantragt sind 492.000,00 Euro",
        "EEFLB 104.573,00 52.286,50 17.428,83 – 174.288,33",
        "Zwischensumme 160.573,00 109.365,36 24.895,49 1.500,00 296.333,85",
        "Gesamt 251.722,67 139.242,53 30.853,02 1.500,00 423.318,22",
    ):
        assert words in text, words


def test_the_proof_sets_what_was_spent_beside_what_was_planned_and_annexes_the_proofs_of_traeger(cast, grant):
    notice = notice_of(grant, "2018-03-15", "471236.40")
    notice_of(grant, "2018-09-28", "489318.75", kind="change")
    came = {"received_on": day("2018-04-17"), "received_amount": Decimal("118000.00")}
    make(FundsCall, cast.home, full=False, notice=notice, requested_on=day("2018-04-03"), amount=118_000, **came)
    lines = plan_money(cast.home)
    make(OwnExpense, cast.home, full=False, line=lines[0], amount=Decimal("41236.39"), source="land")
    make(OwnExpense, cast.home, full=False, line=lines[0], amount=Decimal("17000.00"), source="municipal")
    named = {"applicant": "Verein Nord", "title": "Eltern-Café"}
    application = make(FundingApplication, cast.home, full=False, year=2018, **named)
    spent = make(ProofOfUse, cast.home, full=False, application=application)
    decision = make(FundingDecision, cast.home, full=False, application=application)
    for amount, cut in (("2000.50", None), ("999.50", "100.25")):
        cost = make(DecidedCost, cast.home, full=False, decision=decision, amount=Decimal(amount))
        values = {"actual": Decimal(amount), "cut": money(cut), "reason": "Bewirtung" if cut else ""}
        make(ProofPosition, cast.home, full=False, proof=spent, cost=cost, **values)
    proof = make(StateProof, cast.home, full=False, grant=grant, due=day("2019-06-30"))
    url = f"/{cast.home.slug}/landesnachweise/{proof.pk}/verwendungsnachweis.pdf"
    answer = cast.client().get(url)
    assert_attached(answer, f"{cast.home.ags}-{cast.home.slug}-verwendungsnachweis-2018.pdf", "application/pdf")
    assert_valid(answer.content)
    text = text_of(answer.content)
    for words in (
        "Bewilligt nach dem geltenden Bescheid 489.318,75",
        "03.04.2018 17.04.2018 – 118.000,00 118.000,00",
        "Planerstelle 58.909,15 41.236,40 58.236,39 41.236,39",
        "EEFLB 174.288,33 104.573,00 – –",
        "Gesamt 423.318,22 251.722,67 58.236,39 41.236,39",
        "Verein Nord",
        "Eltern-Café steht aus 0,00 3.000,00 –",
        "Gesamt 0,00 3.000,00 –",
    ):
        assert words in text, words
    assert "ingereicht" not in text, "nothing said is no statement"
    ProofOfUse.objects.filter(pk=spent.pk).update(state="recognised")
    assert "steht aus 0,00 3.000,00 2.899,75" in text_of(cast.client().get(url).content)
    assert cast.client("ministry").get(url).status_code == 403  # the annex speaks of cases that stay in the Kommune


def test_the_landesbericht_plans_money_by_field_and_never_by_amount(cast):
    plan_money(cast.home)
    plan_money(cast.away)
    assert state_report(read_state_year(2018)).money == (), "of two no sum is told"
    plan_money(another_municipality("Reihenkreis"))
    report = state_report(read_state_year(2018))
    assert [(line.title[:1], line.total) for line in report.money] == [
        ("1", Decimal("184227.45")),
        ("3", Decimal("128725.65")),
        ("4", Decimal("889001.55")),
        ("5", Decimal("18000.00")),
        ("6", Decimal("50000.01")),
    ]
    assert (report.money_total.land, report.money_total.total) == (Decimal("755168.01"), Decimal("1269954.66"))
    assert report.money_places == 3
    assert state_report(read_state_year(2017)).money_total is None
