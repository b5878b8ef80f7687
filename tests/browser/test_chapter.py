"""Writing a chapter in a browser: printed pages follow what is typed, buttons insert markup, nothing is lost."""

import itertools

import pytest

from planning.models import PlanningCycle
from plans.models import ChapterText, Plan
from tests.browser.portal import PHONE, follow, main_form, save
from tests.factories import make

pytestmark = pytest.mark.browser
years = itertools.count(2031)
WAIT = 30_000  # ms; the first picture starts the warm process


@pytest.fixture
def address(portal):
    year = next(years)
    cycle = make(PlanningCycle, portal.cast.home, first_year=year, last_year=year)
    plan = make(Plan, portal.cast.home, cycle=cycle, year=year)
    return f"/{portal.cast.home.slug}/plaene/{plan.pk}/kapitel/bedarf/"


def picture(page):
    image = page.locator("#seiten img").first
    image.wait_for(timeout=WAIT)
    return image.get_attribute("src")


def is_preview(response):
    return response.request.method == "POST" and "/kapitel/" in response.url


def test_the_pages_follow_what_is_typed(portal, address):
    page = portal.page(script=True)
    page.goto(address)
    before = picture(page)
    with page.expect_response(is_preview, timeout=WAIT) as answer:
        page.locator("textarea[name=text]").press_sequentially("# Auftakt", delay=10)
    answer.value.finished()
    page.wait_for_function("old => document.querySelector('#seiten img').src !== old", arg=before, timeout=WAIT)
    assert page.locator("textarea[name=text]").input_value() == "# Auftakt"
    assert not ChapterText.objects.filter(text__contains="Auftakt").exists()
    save(page)
    page.get_by_role("heading", name="4.1 Auftakt").wait_for()
    page.close()


def test_a_newer_text_replaces_an_older_request(portal, address):
    page = portal.page(script=True)
    page.goto(address)
    picture(page)
    held = []

    def hold_the_first(route):
        if "Eins" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route("**/kapitel/**", hold_the_first)
    text = page.locator("textarea[name=text]")
    with page.expect_request(lambda request: "/kapitel/" in request.url and "Eins" in (request.post_data or "")):
        text.fill("Eins")
    with (
        page.expect_event("requestfailed", lambda request: "/kapitel/" in request.url, timeout=WAIT),
        page.expect_response(lambda r: is_preview(r) and "Zwei" in (r.request.post_data or ""), timeout=WAIT) as answer,
    ):
        text.fill("Zwei")
    shown = answer.value.text().split('src="')[1].split('"')[0]
    page.wait_for_function("src => document.querySelector('#seiten img').src === src", arg=shown, timeout=WAIT)
    assert len(held) == 1
    page.close()


def test_without_script_a_button_shows_the_same(portal, address):
    page = portal.page()
    page.goto(address)
    assert page.locator(".markup-bar").is_hidden()
    page.locator("textarea[name=text]").fill("Ohne Skript")
    follow(page.get_by_role("button", name="Vorschau"))
    assert picture(page).startswith("data:image/png")
    assert page.locator("textarea[name=text]").input_value() == "Ohne Skript"
    save(page)
    assert ChapterText.objects.filter(text="Ohne Skript").count() == 1
    page.close()


def test_buttons_insert_markup_by_keyboard(portal, address):
    page = portal.page(script=True)
    page.goto(address)
    text = page.locator("textarea[name=text]")
    text.fill("eins zwei")
    text.evaluate("field => field.setSelectionRange(0, 4)")
    page.get_by_role("button", name="Fett").press("Enter")
    assert text.input_value() == "**eins** zwei"
    text.press("Control+z")
    assert text.input_value() == "eins zwei"
    page.get_by_role("button", name="Liste").press("Space")
    assert text.input_value() == "- eins zwei"
    text.press("End")
    page.get_by_role("button", name="Fußnote").press("Enter")
    assert text.input_value() == "- eins zwei[^1]\n\n[^1]: "
    page.close()


def test_a_preview_that_does_not_come_leaves_the_text_alone(portal, address):
    page = portal.page(script=True)
    page.goto(address)
    picture(page)
    page.route("**/kapitel/**", lambda route: route.abort())
    page.locator("textarea[name=text]").fill("Bleibt stehen")
    page.get_by_text("Die Vorschau ist gerade nicht erreichbar.").wait_for(timeout=WAIT)
    assert main_form(page).locator("textarea[name=text]").input_value() == "Bleibt stehen"
    page.close()


def test_on_a_phone_the_pages_stand_below(portal, address):
    page = portal.page(script=True, width=PHONE)
    page.goto(address)
    picture(page)
    below = page.locator(".chapter-pages").bounding_box()["y"]
    text = page.locator(".chapter-text").bounding_box()
    assert below >= text["y"] + text["height"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
