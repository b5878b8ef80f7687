"""Check list, votes and decision: one page each, stored as a whole, nothing typed lost."""

from datetime import date

import pytest
from django.urls import reverse

from funding.models import (
    CostKind,
    CostPosition,
    DecidedCost,
    DecidedFinance,
    FinancePosition,
    FundingDecision,
    Instalment,
    LocalFundingRule,
)
from tests.factories import make
from tests.funding.deciding import call, checked, remedy, step_by_page
from tests.html import read_form

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
    rule(cast.home, maximum_share="80", proof_months=6)
    period = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 12, 31)}
    case = with_money(checked(cast.home, call=call(cast.home, "900"), **period))
    url, planner = reverse("funding:decision", args=[cast.home.slug, case.pk]), cast.client("planner")
    page = planner.get(url).content.decode().replace("\xa0", " ")
    assert all(words in page for words in ("80 % × 1.000,01 €", "800,00", "abgerundet", "900,00 € − 0,00 €"))
    sent = opened(planner, url)
    assert (sent["grant"], sent["outcome"], sent["proof_due"]) == (["800,00"], ["partly"], ["30.06.2027"])
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
