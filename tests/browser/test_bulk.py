"""Marking rows with JavaScript: the count, a range by the shift key, all and none, and the choice in the bar."""

import pytest

from planning.models import PlanningStep
from records.registry import kind_of
from tests.browser.portal import follow
from tests.factories import make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_rows_are_marked_counted_and_changed(portal):
    steps = [make(PlanningStep, portal.cast.home, title=f"Sammelschritt {n}", state="open") for n in range(5)]
    page = portal.page(script=True)
    page.goto(f"{kind_of(PlanningStep).url('list', portal.cast.home)}?q=sammelschritt&sortierung=title")
    boxes, count, every = (
        page.locator("input[name=zeile]"),
        page.locator("#sammeln output"),
        page.locator("[name=alle]"),
    )
    assert (boxes.count(), count.inner_text()) == (5, "0 ausgewählt")
    boxes.nth(1).check()
    boxes.nth(3).click(modifiers=["Shift"])
    assert count.inner_text() == "3 ausgewählt"
    assert every.evaluate("box => [box.checked, box.indeterminate]") == [False, True]
    every.check()
    assert count.inner_text() == "5 ausgewählt"
    page.get_by_role("button", name="Auswahl aufheben").click()
    assert count.inner_text() == "0 ausgewählt"
    boxes.nth(0).check()
    boxes.nth(4).check()

    choice = page.locator("#sammeln select[name=wert_state]")
    assert not choice.is_visible()
    page.locator("#sammeln summary", has_text="Stand").click()
    page.keyboard.press("Escape")
    assert not choice.is_visible()
    page.locator("#sammeln summary", has_text="Stand").click()
    choice.select_option("done")
    follow(page.get_by_role("button", name="Stand setzen"))
    assert page.get_by_text("2 Planungsschritte geändert (Stand: erledigt).").is_visible()
    assert page.locator("main input[name=q]").input_value() == "sammelschritt"
    assert [PlanningStep.objects.get(pk=step.pk).state for step in steps] == ["done", "open", "open", "open", "done"]
    page.close()


def test_rows_are_marked_and_changed_on_a_phone_without_javascript(portal):
    step = make(PlanningStep, portal.cast.home, title="Telefonschritt", state="open")
    page = portal.page(width=390)
    page.goto(f"{kind_of(PlanningStep).url('list', portal.cast.home)}?q=telefonschritt")
    page.locator("[name=alle]").check()
    assert not page.locator("#sammeln output").is_visible()
    page.locator("#sammeln summary", has_text="Stand").click()
    page.locator("#sammeln select[name=wert_state]").select_option("running")
    follow(page.get_by_role("button", name="Stand setzen"))
    step.refresh_from_db()
    assert step.state == "running"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
