"""Every type of page: nothing for axe to find, no control lost at 320 pixels, no words over each other.

Nothing typed is lost, and who is sent back is led to the fields. A silent console, and no request to
anybody else.
"""

import pytest

from tests.browser.asking import found_by
from tests.browser.axe import COLOUR_RULES, violations
from tests.browser.eyes import Eyes
from tests.browser.names import REPEATED, repeated_names
from tests.browser.narrow import (
    CLIPPED,
    LOST,
    NARROW,
    RESHAPED,
    SMALL,
    TOO_WIDE,
    WIDE,
    lost_controls,
    overlapping_words,
    remember_controls,
)
from tests.browser.page_type import PageType
from tests.browser.page_types import PAGES, furnish
from tests.browser.portal import problems_of
from tests.browser.protection import CAME_BACK, HIDDEN_LABELS, UNPROTECTED

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What is asked besides axe; the labels last, for their links move focus and page.
AT_WIDE = {
    "sent back": CAME_BACK,
    "typed text is lost": UNPROTECTED,
    "said twice": REPEATED,
    "out of sight": HIDDEN_LABELS,
}
AT_NARROW = {
    "too wide": TOO_WIDE,
    "lost": LOST,
    "cut off": CLIPPED,
}


@pytest.fixture(scope="module")
def furnished(portal):
    furnish(portal)
    return portal


@pytest.fixture(scope="module")
def tabs(furnished):
    """A tab for each person, kept for all tests of the module, and what its console says."""
    opened = {}

    def tab(who):
        if who not in opened:
            page = furnished.page(who, script=True)
            page.emulate_media(reduced_motion="reduce")
            opened[who] = page, problems_of(page, furnished.url)
        return opened[who]

    yield tab
    for page, _ in opened.values():
        page.close()


@pytest.fixture(scope="module")
def eyes():
    """What was judged on a page before."""
    return Eyes()


def resized(page, width):
    page.set_viewport_size({"width": width, "height": 900})


def is_own_refusal(line):
    """The browser counts a page that was refused on purpose (404, 409, 422) as a resource that did not load."""
    return "Failed to load resource: the server responded with a status of 4" in line


@pytest.mark.parametrize(
    "page_type",
    [pytest.param(each, id=each.name, marks=[pytest.mark.long] if each.again else []) for each in PAGES],
)
def test_page_type_is_accessible(furnished, tabs, eyes, page_type: PageType):
    page, told = tabs(page_type.who)
    page.evaluate("document.body.remove()")  # of the page before, which need not be laid out again
    page.emulate_media(color_scheme="light")
    resized(page, WIDE)
    told.clear()
    page_type.open(furnished, page)
    problems = eyes.wide(page) + found_by(page, AT_WIDE)
    page.emulate_media(color_scheme="dark")
    problems += eyes.in_the_dark(page)
    resized(page, NARROW)
    problems += [f"at {NARROW}: {found}" for found in found_by(page, AT_NARROW)] + eyes.narrow(page)
    problems += [line for line in told if not is_own_refusal(line)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<input>", "label"),
        ("<button></button>", "button-name"),
        ("<p style='color: #999; background: #fff'>Zu blass</p>", "color-contrast"),
        ("<h2>Zwei</h2><h4>Vier</h4>", "heading-order"),
        ("<table><tr><th></th></tr></table>", "empty-table-header"),
        ("<button style='width: 9px; height: 9px; padding: 0'>a</button><button>b</button>", "target-size"),
    ],
)
def test_a_violation_would_be_found(furnished, html, rule):
    page = furnished.page("anonymous", script=True)
    page.set_content(f"<!DOCTYPE html><html lang=de><title>T</title><main><h1>T</h1>{html}</main></html>")
    assert [found for found in violations(page) if found.startswith(f"{rule}:")]
    page.close()


def test_a_pair_of_colours_is_judged_once_and_no_other_in_its_place(furnished):
    page, met = furnished.page("anonymous", script=True), set()
    shown = "<!DOCTYPE html><html lang=de><title>T</title><main><h1>T</h1><p>gut</p>{}</main></html>"
    pale, good = "<p style='color: #777; background: #fff'>Wort</p>", "<p style='color: #707070'>Wort</p>"
    for html, count in ((good, 0), (pale, 1), (pale, 0), (f"<div style='background: #ddd'>{good}</div>", 1)):
        page.set_content(shown.format(html))
        assert len(violations(page, rules=COLOUR_RULES, met=met)) == count, html
    page.close()


def test_a_small_control_would_be_found(furnished):
    page = furnished.page("anonymous", script=True)
    page.set_content("<button style='height: 20px'>klein</button><p>Ein <a href='/'>Verweis</a> im Satz</p>")
    assert len(page.evaluate(SMALL)) == 1
    page.close()


def test_what_a_narrow_page_loses_would_be_found(furnished):
    page = furnished.page("anonymous", script=True)
    resized(page, WIDE)
    page.set_content(
        "<h1>da</h1><h3 class=wide>weg</h3>"
        "<style>@media (max-width: 40rem) { .wide, .folded > p { display: none } }</style>"
        "<a class=wide href=/weg>weg</a><a class=wide href=/da>da</a><a href=/da>da</a><button class=wide>weg</button>"
        "<details><summary>Mehr</summary><a href=/hinter>hinter</a></details>"
        "<div style='overflow: hidden; width: 50px'><p style='width: 900px'><input style='margin-left: 50em'></p></div>"
        "<p style='position: absolute; top: 9rem; margin: 0'>Bezeichnung</p>"
        "<p style='position: absolute; top: 9rem; margin: 0; left: 3rem'>Wert</p>"
    )
    page.locator("details").evaluate("part => part.open = true")
    remember_controls(page)
    page.locator("details").evaluate("part => part.open = false")
    resized(page, NARROW)
    assert [found[:9] for found in lost_controls(page)] == ["<a class=", "<button c", "<input st"]
    assert len(overlapping_words(page)) == 1
    assert page.evaluate(RESHAPED) == "h3weg"
    page.close()


def test_a_name_that_says_a_part_twice_would_be_found(furnished):
    page = furnished.page("anonymous", script=True)
    page.set_content(
        "<a href=/>Maßnahme: Maßnahme löschen</a><button aria-label='Protokoll Protokoll'>P</button>"
        "<h2>Plan 2018: Plan 2019</h2><a href=/>Sitzung der Sitzungen</a>"
    )
    assert len(repeated_names(page)) == 2
    page.close()


def test_every_page_of_the_portal_declares_its_language(furnished, tabs):
    for who, path in (("anonymous", "/anmelden/"), ("planner", f"/{furnished.cast.home.slug}/")):
        page, _ = tabs(who)
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == "de"


def test_a_form_that_loses_what_is_typed_and_a_label_out_of_sight_would_be_found(furnished):
    page = furnished.page("anonymous", script=True)
    link, tall = "<div class='kern-alert--danger'><a href='#feld'>Feld</a></div>", "<p style='height: 200vh'></p>"
    field = "<label for=feld>Feld</label><p style='height: 2000px'></p><input id=feld name=feld>"
    page.set_content(f"<!DOCTYPE html><main><form method=post>{link}{tall}{field}</form></main>")
    assert (len(page.evaluate(UNPROTECTED)), page.evaluate(HIDDEN_LABELS)) == (1, ["#feld"])
    page.close()
