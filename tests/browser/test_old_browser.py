"""What a browser draws that knows none of the newer functions and selectors of the style sheets.

No such browser can be installed beside the others; Chromium is served the same sheets with their names changed.
"""

import re

import pytest

from planning.models import Need
from tests.browser.axe import violations
from tests.browser.narrow import clipped_controls, lost_controls, overlapping_words, remember_controls
from tests.browser.portal import DESKTOP
from tests.browser.test_accessibility import NARROW, resized
from tests.factories import make

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NEWER = re.compile(r"\b(oklch|color-mix|light-dark)\(|:(has)\(|(::details-content)")
PAGES = (
    ("planner", "{home}/zeitstrahl/?ansicht=grafik"),
    ("planner", "{home}/huerden/neu/"),
    ("planner", "{home}/bedarfe/"),
)
OTHER_PAGES = ("planner", "{home}/"), ("planner", "{home}/roter-faden/?ansicht=grafik"), ("ministry", "/ministerium/")
# A shape whose colour is lost is black; the portal draws in no black of its own.
BLACK = """() => [...document.querySelectorAll("main svg :is(path, rect, circle, line, polygon, text)")]
    .filter(e => e.checkVisibility() && !e.closest("defs, symbol, clipPath"))
    .filter(e => [getComputedStyle(e).fill, getComputedStyle(e).stroke].includes("rgb(0, 0, 0)"))
    .map(e => e.outerHTML.slice(0, 90))"""


def unknown(css: str) -> str:
    """The sheet as if a browser knew none of the newer names."""
    return NEWER.sub(lambda found: found[0].replace(next(filter(None, found.groups())), "older-knows-not"), css)


@pytest.fixture
def window(portal):
    """Tabs of browsers of before 2023, one for each person."""
    opened = {}

    def window(who):
        if who not in opened:
            context = portal.new_window(who, script=True)
            page = opened[who] = context.new_page()
            page.route("**/*.css", older)
        return opened[who]

    yield window
    for page in opened.values():
        page.context.close()


def older(route):
    answer = route.fetch()
    route.fulfill(response=answer, body=unknown(answer.text()))


@pytest.mark.parametrize("pages", [PAGES, pytest.param(OTHER_PAGES, marks=[pytest.mark.long])])
def test_older_browsers_draw_something_plain_and_keep_every_control(portal, window, pages):
    make(Need, portal.cast.home, full=False, title="Noch ein Bedarf")  # two rows can be sorted
    found = []
    for who, path in pages:
        page = window(who)
        resized(page, DESKTOP)
        page.goto(path.format(home=f"/{portal.cast.home.slug}"))
        assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--lsz-accent')") == "#2044aa"
        faults = page.evaluate(BLACK) + violations(page, rules=("color-contrast",), inside="main")
        remember_controls(page)
        resized(page, NARROW)
        faults += [*lost_controls(page), *clipped_controls(page), *overlapping_words(page)]
        found += [f"{path}: {fault}" for fault in faults]
    assert not found, "\n".join(found)
