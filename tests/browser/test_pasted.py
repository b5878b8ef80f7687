"""A text from Word is pasted into a chapter and into a long field: shown first, taken over, taken back."""

import pytest

from planning.models import Need, PlanningCycle
from plans.models import Plan
from tests.browser.axe import violations
from tests.browser.portal import PHONE
from tests.factories import make

pytestmark = pytest.mark.browser
WORD = "<h2>Vorgehen</h2><ul><li>Eltern</li><li><b>Kinder</b></li></ul><table><tr><td>Ort</td></tr></table>"
READ = "# Vorgehen\n\n- Eltern\n- **Kinder**\n\nOrt"
PASTE = """(field, html) => {
  const data = new DataTransfer();
  data.setData("text/plain", "Vorgehen\\nEltern\\nKinder\\nOrt");
  data.setData("text/html", html);
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def addresses(portal):
    home = portal.cast.home
    cycle = make(PlanningCycle, home, first_year=2061, last_year=2061)
    plan, need = make(Plan, home, cycle=cycle, year=2061), make(Need, home, cycle=cycle)
    return {
        "text": f"/{home.slug}/plaene/{plan.pk}/kapitel/bedarf/",
        "description": f"/{home.slug}/bedarfe/{need.pk}/bearbeiten/",
    }


@pytest.mark.parametrize(("name", "width"), [("text", 1280), ("description", PHONE)])
def test_what_word_gives_is_shown_taken_over_and_taken_back(portal, addresses, name, width):
    page = portal.page(script=True, width=width)
    page.goto(addresses[name])
    field = page.locator(f"textarea[name={name}]")
    field.fill("")
    field.evaluate(PASTE, WORD)
    dialog = page.get_by_role("dialog", name="So wird Ihr eingefügter Text gelesen")
    dialog.get_by_role("heading", name="Vorgehen", exact=True).wait_for()
    assert dialog.get_by_role("listitem").all_inner_texts() == ["Eltern", "Kinder"]
    assert field.input_value() == ""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    dialog.get_by_role("button", name="Übernehmen").click()
    assert field.input_value() == READ
    field.press("Control+z")
    assert field.input_value() == ""
    field.press_sequentially("☐ offen")
    if name == "description":
        page.get_by_text("Diese Zeichen kann der Druck nicht zeigen").wait_for()
    page.close()
