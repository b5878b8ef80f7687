"""The main way with the keyboard alone: log in, write offer, need and measure, check the plan, propose and release it.

Wherever the tab key leads, an outline stands around what has the focus, and it can be seen.
"""

from unittest import mock

import pytest
from playwright.sync_api import expect

from accounts.enums import Role
from planning.models import Measure, Need, Offer, PlanningCycle
from plans.domain import freezing
from plans.enums import PlanState
from tests.browser.portal import picture
from tests.browser.test_keyboard import FOCUS
from tests.cast import PASSWORD, another_municipality, make_person
from tests.factories import make
from tests.plans.life.released import make_plan, small_pdf

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STOPS = 120  # of the tab key inside a page's content


@pytest.fixture
def place(portal):
    """A municipality whose plan has everything but what is typed here."""
    home = another_municipality("Tastaturkreis")
    cycle = make(PlanningCycle, home, full=False, first_year=2017, last_year=2019)
    home.plan = make_plan(home, 2018, cycle=cycle)
    make_person("planung-tas", Role.PLANNER, home)
    make_person("leitung-tas", Role.LEAD, home)
    return home


class Keyboard:
    """A person without a mouse."""

    def __init__(self, page):
        self.page, self.press, self.type = page, page.keyboard.press, page.keyboard.type
        self.pictures, self.unseen = 0, []

    def tab_to(self, control):
        node = control.first.element_handle()
        stop = self.page.evaluate(FOCUS, node)
        for _ in range(STOPS):
            if stop and stop["here"]:
                return
            self.press("Tab")
            stop = self.page.evaluate(FOCUS, node)
            if stop and not (stop["ring"] and stop["seen"]):
                self.unseen.append(f"{self.page.url}: {stop['what']}")
        raise AssertionError(f"the tab key does not lead to {control}")

    def enter(self):
        self.pictures += 1
        picture(self.page, f"weg-tastatur-{self.pictures:02}", whole=False)
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.press("Enter")

    def skip_to_main(self):
        self.page.evaluate("document.activeElement.blur()")
        self.tab_to(self.page.locator("a.skip"))
        self.press("Enter")

    def follow(self, role, name):
        self.skip_to_main()
        self.tab_to(self.page.locator("main").get_by_role(role, name=name))
        self.enter()

    def jump(self, words):
        """Through the search, which every page has."""
        self.press("Control+k")
        self.type(words)
        self.page.locator(".find-pop a", has_text=words).first.wait_for()
        self.tab_to(self.page.locator(".find-pop a", has_text=words))
        self.enter()

    def log_in(self, name):
        self.page.goto("/anmelden/")
        self.tab_to(self.page.locator("[name=username]"))
        self.type(name)
        self.tab_to(self.page.locator("[name=password]"))
        self.type(PASSWORD)
        self.enter()

    def write(self, title, choice=""):
        """Type the title, take the first of the choices, and press the button."""
        form = self.page.locator("main form.form")
        self.tab_to(form.locator("[name=title]"))
        self.type(title)
        if choice:
            self.tab_to(form.locator(f"[name={choice}]"))
            self.press("ArrowDown")
        self.tab_to(form.locator(".actions .kern-btn--primary"))
        self.enter()


def test_need_measure_and_plan_are_written_and_released_with_the_keyboard_alone(portal, place):
    context = portal.browser.new_context(base_url=portal.url, locale="de-DE")
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")  # what has the focus is in sight at once
    hands = Keyboard(page)
    write_and_propose(hands, place)
    context.clear_cookies()
    release(hands, place)
    expect(page.locator(".flashes")).to_be_focused()
    picture(page, "weg-tastatur-ende", whole=False)
    assert not hands.unseen, "\n".join(hands.unseen)
    context.close()


def write_and_propose(hands, place):
    hands.log_in("planung-tas")
    hands.jump("Angebote")
    hands.follow("link", "Angebot anlegen")
    hands.write("Mit der Tastatur erfasst")
    assert Offer.objects.filter(municipality=place, title="Mit der Tastatur erfasst").exists()
    hands.jump("Bedarfe")
    hands.follow("link", "Bedarf anlegen")
    hands.write("Mit der Tastatur geschrieben")
    assert Need.objects.filter(municipality=place, title="Mit der Tastatur geschrieben").exists()
    hands.jump("Maßnahmen")
    hands.follow("link", "Maßnahme anlegen")
    hands.write("Mit der Tastatur geplant", "action_field")
    assert Measure.objects.filter(municipality=place, title="Mit der Tastatur geplant").exists()
    hands.jump("Plausibilitätsprüfung")
    hands.follow("link", "2018")
    hands.jump("Pläne")
    hands.follow("link", "2018")
    hands.follow("link", "Zur Freigabe geben")
    hands.follow("button", "Zur Freigabe geben")
    assert state_of(place) == PlanState.PROPOSED


def release(hands, place):
    hands.log_in("leitung-tas")
    hands.jump("Pläne")
    hands.follow("link", "2018")
    hands.follow("link", "Freigeben")
    if hands.page.locator("[name=note]").count():
        hands.tab_to(hands.page.locator("[name=note]"))
        hands.type("Die offenen Punkte folgen.")
    with mock.patch.object(freezing, "plan_pdf", small_pdf):
        hands.follow("button", "Freigeben")
    assert state_of(place) == PlanState.RELEASED


def state_of(place):
    place.plan.refresh_from_db()
    return place.plan.state
