"""Check list, votes and decision: one page each, stored as a whole, nothing typed lost."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from funding.models import (
    BoardVote,
    CheckAnswer,
    CheckItem,
    CostKind,
    CostPosition,
    DecidedCost,
    DecidedFinance,
    FinancePosition,
    FundingApplication,
    FundingDecision,
    Inquiry,
    Instalment,
    LocalFundingRule,
    Payment,
)
from participation.models import Session
from records.errors import StepRefused
from records.life.moving import take_step
from records.registry import kind_of
from tests.factories import make
from tests.funding.deciding import call, checked, drafted, go, remedy, step_by_page
from tests.html import read_form
from tests.reporting.papers.conftest import assert_valid, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet", "quick_letters")]


def rule(place, **given):
    """The Kommune's own rule for Mikroprojekte since 2020."""
    found = make(LocalFundingRule, place, full=False, project_class="micro", **given)
    LocalFundingRule.objects.filter(pk=found.pk).update(valid_from=date(2020, 1, 1), valid_until=None)
    return found


def with_money(case, cost="1000.01"):
    """Costs and financing of an application, as they would have been entered before the check ended."""
    kind = CostKind.objects.first() or make(CostKind, None, title="Sachkosten", code="SK")
    owned = {"application": case, "municipality": case.municipality, "amount": cost}
    CostPosition(cost_kind=kind, title="Miete", **owned).save()
    FinancePosition(source="municipal", **owned).save()
    return case


def opened(client, url):
    return dict(read_form(client.get(url).content).values)


def test_a_decision_is_prepared_on_one_page_and_changed_the_same_way(cast):
    remedy(cast.home)
    rule(cast.home, maximum_share="80", proof_months=6, proof_day="31.03.")
    period = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 12, 31)}
    case = with_money(checked(cast.home, call=call(cast.home, "900"), **period))
    url, planner = reverse("funding:decision", args=[cast.home.slug, case.pk]), cast.client("planner")
    page = planner.get(url).content.decode().replace("\xa0", " ")
    assert all(words in page for words in ("80 % × 1.000,01 €", "800,00", "abgerundet", "900,00 € − 0,00 €"))
    sent = opened(planner, url)
    assert (sent["grant"], sent["outcome"], sent["proof_due"]) == (["800,00"], ["partly"], ["31.03.2027"])
    sent |= {"decided_by": "Amtsleitung", "decided_on": "01.03.2026"}
    answer = planner.post(url, sent | {"ausgaben-n0-amount": "1.000,0x"})
    assert (answer.status_code, "1.000,0x" in answer.content.decode()) == (422, True)
    assert not FundingDecision.objects.exists()
    sent |= {"finanzierung-l0-source": "own", "finanzierung-l0-amount": "200,01"}
    assert planner.post(url, sent).status_code == 302
    planner.post(url, sent)  # the same form, sent twice
    found = FundingDecision.objects.get()
    amounts = [str(row.amount) for model in (DecidedCost, DecidedFinance, Instalment) for row in model.objects.all()]
    assert (str(found.grant), amounts) == ("800.00", ["1000.01", "800.00", "200.01", "800.00"])
    again = opened(planner, url)
    assert planner.post(url, again | {"decided_by": "Amt für Soziales"}).status_code == 302
    late = cast.client("lead").post(url, again | {"decided_by": "Anders", "form_key": "zweites Fenster"})
    assert (late.status_code, "Anders" in late.content.decode()) == (422, True)
    assert "Inzwischen hat hier jemand gespeichert" in late.content.decode()
    assert FundingDecision.objects.get().decided_by == "Amt für Soziales"
    assert step_by_page(planner, found, "prepare") == 302
    assert step_by_page(cast.client("lead"), found, "release") == 302
    change = opened(planner, url)
    assert (change["grant"], "change_reason" in change, FundingDecision.objects.count()) == (["800,00"], True, 1)


def with_grant(decision, grant, own):
    """The decision grants so much, in every place that names it."""
    FundingDecision.objects.filter(pk=decision.pk).update(grant=grant)
    decision.instalments.update(amount=grant)
    decision.finances.filter(source="municipal").update(amount=grant)
    decision.finances.filter(source="own").update(amount=own)


def test_the_quota_of_application_and_decision_counts_the_eligible_costs_only(cast):
    remedy(cast.home)
    rule(cast.home, maximum_share="80", minimum_own_share="10")
    period = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 12, 31)}
    case = checked(cast.home, **period)
    for name, cost, eligible in (("Fachkraft", "27300", True), ("Anhänger", "4200", False)):
        made = make(CostKind, None, title=name, code=name[:2], eligible=eligible)
        owned = {"application": case, "municipality": cast.home, "amount": cost}
        CostPosition(cost_kind=made, title=name, eligible=eligible, **owned).save()
    for source, amount in (("municipal", "21840.01"), ("own", "9659.99")):
        FinancePosition(application=case, municipality=cast.home, source=source, amount=amount).save()
    planner, url = cast.client("planner"), reverse("funding:decision", args=[cast.home.slug, case.pk])
    page = planner.get(kind_of(FundingApplication).url("detail", cast.home, case.pk)).content.decode()
    page = page.replace("\xa0", " ")
    assert "Förderquote: nicht eingehalten" in page
    assert "21.840,01 € von höchstens 80 % × 27.300,00 € = 21.840,00 €" in page
    assert "9.659,99 € von mindestens 10 % × 31.500,00 € = 3.150,00 €" in page
    sent = opened(planner, url) | {"decided_by": "Amtsleitung", "decided_on": "01.03.2026"}
    sent |= {"proof_due": "30.06.2027", "finanzierung-n1-amount": "9.660,00"}
    assert (sent["grant"], sent["finanzierung-n0-amount"]) == (["21.840,00"], ["21.840,00"])
    assert planner.post(url, sent).status_code == 302
    found = FundingDecision.objects.get()
    with_grant(found, "21840.01", "9659.99")
    with pytest.raises(StepRefused, match=r"Förderquote der Kommune: 21.840,01.€ statt höchstens 21.840,00.€"):
        go(found, "prepare", cast.planner)
    with_grant(found, "21840.00", "9660.00")
    assert go(found, "prepare", cast.planner).state == "prepared"


def points(place):
    """Three points of the check list, two of them needed before a notice."""
    return [
        make(CheckItem, None, full=False, title=title, final=final, position=number)
        for number, (title, final) in enumerate((("Satzung liegt vor", True), ("Konto", True), ("Flyer", False)), 1)
    ]


def test_a_check_is_one_form_and_its_points_hold_the_notice_back(cast):
    remedy(cast.home)
    case = with_money(checked(cast.home), "500")
    first, second, third = points(cast.home)
    url, planner = reverse("funding:check", args=[cast.home.slug, case.pk]), cast.client("planner")
    sent = opened(planner, url)
    sent |= {f"punkte-{first.pk}-answer": "yes", f"punkte-{third.pk}-note": "kommt noch"}
    answer = planner.post(url, sent)
    assert (answer.status_code, "kommt noch" in answer.content.decode()) == (422, True), "a note without an answer"
    sent |= {f"punkte-{third.pk}-answer": "not_needed"}
    sent |= {"fehlt-n0-title": "Bankbestätigung", "fehlt-n0-until": "01.02.2027"}
    assert planner.post(url, sent).status_code == 302
    assert sorted(CheckAnswer.objects.values_list("item__title", "answer")) == [
        ("Flyer", "not_needed"),
        ("Satzung liegt vor", "yes"),
    ]
    asked = Inquiry.objects.get()
    assert (asked.title, asked.until, asked.answered_on) == ("Bankbestätigung", date(2027, 2, 1), None)
    found = drafted(case, "500")
    with pytest.raises(StepRefused, match="Beantworten Sie zuerst den Prüfpunkt „Konto“"):
        go(found, "prepare", cast.planner)
    again = opened(planner, url)
    assert planner.post(url, again | {f"punkte-{second.pk}-answer": "no"}).status_code == 302
    with pytest.raises(StepRefused, match="mit „nein“"):
        go(found, "prepare", cast.planner)
    assert go(found, "prepare", cast.planner, note="Konto folgt").state == "prepared"
    emptied = opened(planner, url) | {f"punkte-{third.pk}-answer": "", f"punkte-{third.pk}-note": ""}
    assert planner.post(url, emptied).status_code == 302
    assert CheckAnswer.objects.count() == 2
    assert cast.client("foreign_planner").get(url).status_code == 404


def advised_case(place, title):
    """An application of a Projekt that waits for its board."""
    case = make(FundingApplication, place, full=False, title=title, project_class="project", year=2027)
    for action, told in (("receive", {"received_on": date(2026, 6, 1)}), ("begin_check", {}), ("finish_check", {})):
        case.refresh_from_db()
        take_step(record=case, action=action, actor=None, version=case.version, values=told)
    return case


def test_a_board_votes_about_twelve_applications_on_one_page(cast, django_assert_max_num_queries):
    cases = [advised_case(cast.home, f"Vorhaben {number:02}") for number in range(12)]
    session = make(Session, cast.home, full=False)
    url, planner = reverse("funding:votes", args=[cast.home.slug, session.pk]), cast.client("planner")
    sent = opened(planner, url)
    for number, case in enumerate(cases):
        cell = f"voten-{case.pk}-"
        sent |= {f"{cell}recommendation": "for", f"{cell}votes_for": str(9 - number % 3), f"{cell}votes_against": "1"}
        sent |= {f"{cell}abstentions": "0", f"{cell}biased": str(number % 2)}
    last = f"voten-{cases[-1].pk}-"
    sent |= {f"{last}recommendation": "later", f"{last}votes_for": "", f"{last}votes_against": ""}
    odd = f"voten-{cases[0].pk}-votes_against"
    asked = planner.post(url, sent | {odd: "10"})
    question = "„befürwortet“ mit 9 Ja- und 10 Nein-Stimmen. Stimmt das?"
    assert (asked.status_code, question in asked.content.decode()) == (422, True)
    assert not BoardVote.objects.exists()
    form = read_form(asked.content)
    assert planner.post(url, sent | {odd: "10", "bestaetigt": form.options["bestaetigt"]}).status_code == 302
    assert BoardVote.objects.count() == 12
    states = dict(FundingApplication.objects.values_list("pk", "state"))
    assert [states[case.pk] for case in cases] == ["advised"] * 11 + ["checked"]
    vote = BoardVote.objects.get(application=cases[1])
    assert (vote.votes_for, vote.votes_against, vote.biased, vote.amount) == (8, 1, 1, None)
    with django_assert_max_num_queries(30):
        planner.get(url)


@pytest.mark.once
@pytest.mark.slow
def test_papers_of_a_case_say_what_is_recorded(cast, monkeypatch):
    monkeypatch.undo()
    case = with_money(checked(cast.home), "500")
    make(Inquiry, cast.home, full=False, application=case, title="Satzung", sent_on="2026-06-01", until="2026-07-01")
    session = make(Session, cast.home, full=False)
    make(BoardVote, cast.home, full=False, application=case, session=session, recommendation="for", votes_for=7)
    found = drafted(case, "500")
    client = cast.client()
    for name, pk, told in (
        ("inquiry", case.pk, ("Nachforderung von Unterlagen", "Satzung", "01.07.2026")),
        ("board-list", session.pk, ("befürwortet", "500,00", "7")),
        ("notice-preview", found.pk, ("Vorschau: nicht freigegeben", "500,00 €", "noch keine")),
    ):
        answer = client.get(reverse(f"reporting:{name}", args=[cast.home.slug, pk]))
        words = text_of(answer.content)
        assert [each for each in told if each not in words] == [], name
        assert_valid(answer.content)
    FundingApplication.objects.filter(pk=case.pk).update(title="=1+1")
    table = client.get(reverse("reporting:board-table", args=[cast.home.slug, session.pk])).content
    heads, row = load_workbook(BytesIO(table)).active.iter_rows()
    assert [cell.value for cell in heads][3:10] == [
        "beantragt in Euro",
        "empfohlen in Euro",
        "Votum",
        "Ja",
        "Nein",
        "Enthaltungen",
        "befangen",
    ]
    told = [cell.value for cell in row]
    assert (told[3], told[5:8], row[1].data_type) == (500, ["befürwortet", 7, None], "s")


@pytest.mark.once
@pytest.mark.slow
def test_the_cash_office_gets_what_is_released_as_a_paper(cast, monkeypatch):
    monkeypatch.undo()
    case, client = checked(cast.home, iban="DE89370400440532013000", account_holder="Kasse e. V."), cast.client()
    order, page = (reverse(name, args=[cast.home.slug]) for name in ("reporting:cash-order", "funding:payments"))
    assert client.get(order).url == page, "nothing is at the cash office"
    for amount, state in (("1234.56", "released"), ("77.00", "planned"), ("5.44", "released")):
        row = make(Payment, cast.home, full=False, application=case, amount=amount, planned_on="2026-06-01")
        Payment.objects.filter(pk=row.pk).update(state=state)
    assert f'href="{order}"' in client.get(page).content.decode()
    answer = client.get(order)
    words = text_of(answer.content)
    assert [
        each for each in ("DE89 3704 0044 0532 0130 00", "Kasse e. V.", "1.234,56", "1.240,00") if each not in words
    ] == []
    assert "77,00" not in words
    assert_valid(answer.content)
