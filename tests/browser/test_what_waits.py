"""A plan goes from hand to hand without JavaScript: each person finds the next task on the own start page."""

import re
from unittest import mock

import pytest

from accounts.enums import Role
from plans.domain import freezing
from plans.enums import PlanState
from tests.browser.portal import follow
from tests.cast import another_municipality, make_person
from tests.plans.life.released import make_plan, small_pdf

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACE = "Reihenkreis"


@pytest.fixture
def pages(portal):
    """A window for each of the three, and the plan as a draft; releases cost milliseconds."""
    place = another_municipality(PLACE)
    portal.guests |= {
        "row_planner": make_person("planung-rei", Role.PLANNER, place),
        "row_lead": make_person("leitung-rei", Role.LEAD, place),
    }
    people = {"planner": "row_planner", "lead": "row_lead", "ministry": "ministry"}
    with mock.patch.object(freezing, "plan_pdf", small_pdf):
        opened = {name: portal.page(who) for name, who in people.items()}
        yield opened, make_plan(place)
        for page in opened.values():
            page.close()


def tasks(page, start):
    """What waits for the person from this municipality, as its button says it."""
    page.goto(start)
    rows = page.locator("main .wait").filter(has=page.locator("a", has_text="Plan"))
    own = rows.filter(has_text=PLACE) if start == "/ministerium/" else rows
    return [re.sub(r":.*", "", row.locator("a").last.text_content()) for row in own.all()]


def take(page, start, task):
    """Open the task from the start page, say something where it is asked, and press the button of its page."""
    assert tasks(page, start) == [task]
    row = page.locator("main .wait").filter(has_text=task)
    follow((row.filter(has_text=PLACE) if start == "/ministerium/" else row).locator("a").last)
    press(page, task)


def press(page, step):
    if page.locator("[name=note]").count():
        page.fill("[name=note]", f"Begründung zu „{step}“")
    follow(page.locator("main form").get_by_role("button", name=step, exact=True))


def way(page, step):
    """A step from the page of the plan."""
    follow(page.locator("main").get_by_role("link", name=step, exact=True).first)


def put_forward(planner, own):
    planner.goto(own)
    way(planner, "Zur Freigabe geben")
    press(planner, "Zur Freigabe geben")


def test_a_plan_passes_from_start_page_to_start_page(pages):
    (planner, lead, ministry), plan = pages[0].values(), pages[1]
    home, office = "/reihenkreis/", "/ministerium/"
    own = f"/reihenkreis/plaene/{plan.pk}/"

    put_forward(planner, own)
    assert tasks(planner, home) == []
    take(lead, home, "Freigeben")
    take(planner, home, "Einreichen")
    assert tasks(lead, home) == []
    take(ministry, office, "Prüfung beginnen")
    way(ministry, "Anmerkung schreiben")
    ministry.fill("[name=text]", "Bitte nennen Sie, wer berät.")
    follow(ministry.locator("main form.form button[type=submit]").first)
    assert tasks(ministry, office) == ["Weiter prüfen"]
    ministry.goto(own)
    way(ministry, "Zurückgeben")
    press(ministry, "Zurückgeben")
    assert tasks(ministry, office) == []

    planner.goto(home)
    assert "zurückgegeben mit 1 Anmerkung" in planner.locator("main .wait").first.inner_text()
    take(planner, home, "Nächste Fassung beginnen")
    assert "Begründung zu „Zurückgeben“" in planner.locator("main .note").first.inner_text()
    assert tasks(planner, home) == ["Anmerkungen bearbeiten"]
    put_forward(planner, own)
    take(lead, home, "Freigeben")
    take(planner, home, "Einreichen")
    take(ministry, office, "Prüfung beginnen")
    way(ministry, "Bewilligen")
    press(ministry, "Bewilligen")
    take(lead, home, "Veröffentlichen")
    assert [tasks(page, start) for page, start in ((planner, home), (lead, home), (ministry, office))] == [[], [], []]
    plan.refresh_from_db()
    assert (plan.state, plan.edition) == (PlanState.PUBLISHED, 2)
