"""The Finanzplan in a browser: forty rows pasted in three steps, and sums that follow a keystroke."""

import pytest

from accounts.models import Municipality
from funding.models import BudgetLine, BudgetYear
from planning.models import FundingRule, PlanningCycle
from records.registry import kind_of
from tests.browser.portal import follow
from tests.funding.plans import add

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KEYSTROKE = """async () => {
  const box = document.querySelector('[name="z0-land"]');
  const begin = performance.now();
  box.value = "680.999,99";
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return [performance.now() - begin, document.querySelector('[data-limit="maximum"] dd').textContent];
}"""


@pytest.fixture
def year(portal):
    home: Municipality = portal.cast.home
    add(FundingRule, year=2093, applies_to=home, maximum_grant="681000.00", maximum_share=70)
    cycle = add(PlanningCycle, municipality=home, title="Zyklus 2093", first_year=2093, last_year=2093)
    return add(BudgetYear, municipality=home, cycle=cycle, year=2093)


def test_forty_rows_are_pasted_in_three_steps_and_sums_follow_a_keystroke(portal, year):
    page = portal.page()  # without JavaScript
    page.goto(f"/{portal.cast.home.slug}/finanzplan/?jahr=2093")
    follow(page.get_by_role("link", name="Aus Excel übernehmen").first)
    rows = "".join(f"Posten {number}\t{number}.100,{number:02d}\t50,5\n" for number in range(1, 41))
    page.get_by_label("Tabelle einfügen").fill(f"Posten\tLand\tKommune\n{rows}")  # 1: paste
    follow(page.get_by_role("button", name="Vorschau zeigen"))  # 2: look
    assert "40 neue Einträge" in page.locator("main").inner_text()
    follow(page.get_by_role("button", name="40 neue Einträge übernehmen"))  # 3: take over
    assert BudgetLine.objects.filter(budget_year=year).count() == 40
    page.close()
    page, errors = portal.page(script=True), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{kind_of(BudgetYear).url('detail', portal.cast.home, year.pk)}tabelle/posten/")
    assert page.locator("output[data-sum=land]").inner_text() == "824.008,20"
    took, said = page.evaluate(KEYSTROKE)
    assert took <= 50
    assert said == "1.503.908,18 € von 681.000,00 €: 822.908,18 € über dem Höchstbetrag"
    page.locator("[name=z0-land]").fill("1.234")  # two readings: not counted until it is clear
    assert page.locator("#zeile-0 output[data-row]").inner_text() == "50,50"
    assert errors == []
    page.close()
