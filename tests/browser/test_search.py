"""The search field in the header with keyboard and JavaScript, the search page without, and the help of a phase."""

import pytest

from planning.models import Need
from records.registry import kind_of
from tests.browser.portal import PHONE, follow
from tests.factories import make

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def need(portal):
    return make(Need, portal.cast.home, full=False, title="Schwalbennest im Dorf", description="Für Ältere.")


def test_search_by_keyboard_alone(portal, need):
    page, kind = portal.page(script=True), kind_of(Need)
    page.goto(kind.url("list", portal.cast.home))
    page.keyboard.press("Control+k")
    page.keyboard.type("SCHWALBEN")
    page.locator(".find [role=status]", has_text="1 Treffer").wait_for(state="attached")
    link = page.locator(".find-pop .hits a")
    assert link.all_inner_texts() == [str(need)]
    page.keyboard.press("Escape")
    assert not link.is_visible()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.href").endswith(kind.url("detail", portal.cast.home, need.pk))
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == str(need)
    page.keyboard.press("Control+k")
    recent = page.locator(".find-pop .hits a").first
    recent.wait_for()
    assert recent.inner_text() == str(need)
    page.close()


@pytest.mark.parametrize("width", [1280, PHONE])
def test_search_without_javascript(portal, need, width):
    page = portal.page(width=width)
    page.goto(f"/{portal.cast.home.slug}/")
    if width == PHONE:
        follow(page.get_by_role("link", name="Suchen"))
    else:
        assert not page.locator("kbd").is_visible()
    box = page.locator(".find input:visible")
    box.fill("schwalbennest aelter")
    with page.expect_navigation(url="**q=**"):
        box.press("Enter")
    assert page.locator("main .hits a").all_inner_texts() == [str(need)]
    assert page.locator("main .hits mark").all_inner_texts() == ["Schwalbennest", "Älter"]
    page.close()


def test_help_of_the_phase_is_read_when_it_is_opened(portal):
    page = portal.page(script=True)
    page.goto(kind_of(Need).url("list", portal.cast.home))
    assert not page.locator(".help .note").is_visible()
    page.locator(".help summary").click()
    page.locator(".help-content").wait_for()
    assert page.locator(".help-content a", has_text="Alle Schritte und Entscheidungen der Phase").is_visible()
    page.close()
    plain = portal.page()
    plain.goto(kind_of(Need).url("list", portal.cast.home))
    plain.locator(".help summary").click()
    follow(plain.locator(".help-body a"))
    assert plain.locator("h1").inner_text() == "3 Bedarfsanalyse"
    plain.close()
