"""With the keyboard alone, and with the settings of people who need them: order, visible focus, errors, less motion."""

import re

import pytest

from tests.browser.portal import DESKTOP, PHONE, main_form, save

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STOPS = 400  # more than any page has
# Where the focus is: landmark, what it is, whether a thick outline stands around it or around what holds it, the
# outline's contrast with canvas and panel (SC 1.4.11), whether it can be seen (SC 2.4.11), and on what is looked for.
FOCUS = """wanted => {
    const lights = window.lightOfColours ??= new Map();
    const measured = colour => {
        const dot = new OffscreenCanvas(1, 1).getContext("2d"); dot.fillStyle = colour; dot.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...dot.getImageData(0, 0, 1, 1).data].map(c => c / 255)
            .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b; };
    const light = colour => lights.get(colour) ?? lights.set(colour, measured(colour)).get(colour);
    const contrast = (a, b) => (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const now = document.activeElement;
    if (!now || now === document.body) return null;
    let shown = null;
    for (let e = now, up = 0; e && up < 3 && !shown; e = e.parentElement, up++) {
        const style = getComputedStyle(e);
        const drawn = ["solid", "auto"].includes(style.outlineStyle) && parseFloat(style.outlineWidth) >= 2;
        if (drawn) shown = style.outlineColor;
    }
    const grounds = [getComputedStyle(document.body), getComputedStyle(document.querySelector(".head"))]
        .map(style => light(style.backgroundColor));
    const box = now.getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 8), 1), innerWidth - 1);
    const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const mark = now.closest(".skip, body > header, nav.nav, details.menu, main, footer");
    return {
        here: now === wanted, what: now.outerHTML.slice(0, 90),
        place: mark.className === "skip" ? "skip" : mark.localName,
        ring: shown !== null, contrast: shown ? Math.min(...grounds.map(g => contrast(g, light(shown)))) : 0,
        seen: inside && (now.contains(top) || !!top?.closest("label")?.contains(now) || top?.contains(now)),
    };
}"""
ORDER = ["skip", "header", "details", "nav", "main", "footer"]


def tabbed(page):
    """Every stop of the tab key, from the top of the page until the browser's own controls."""
    stops = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("the focus does not leave the page")


@pytest.fixture
def window(portal):
    opened = []

    def window(who="planner", scheme="light", width=DESKTOP):
        page = portal.page(who, script=True, scheme=scheme, width=width)
        page.emulate_media(reduced_motion="reduce")
        opened.append(page)
        return page

    yield window
    for page in opened:
        page.close()


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        # a start page, a form and a drawing; in the dark the outline alone is another, and one page shows it
        *(("", "light"), ("bedarfe/neu/", "light"), ("bedarfe/neu/", "dark"), ("zeitstrahl/", "light")),
        *(
            pytest.param(path, scheme, marks=pytest.mark.long)
            for path, scheme in (("bedarfe/", "light"), ("", "dark"), ("bedarfe/", "dark"), ("zeitstrahl/", "dark"))
        ),
    ],
)
def test_the_focus_goes_in_order_and_can_be_seen_everywhere(portal, window, path, scheme):
    page = window(scheme=scheme)
    page.goto(f"/{portal.cast.home.slug}/{path}")
    stops = tabbed(page)
    places = [ORDER.index(stop["place"]) for stop in stops]
    assert places == sorted(places)
    assert {"skip", "header", "main", "footer"} <= {stop["place"] for stop in stops}
    assert [stop["what"] for stop in stops if not stop["ring"]] == []
    assert [stop for stop in stops if stop["contrast"] < 3] == []
    assert [stop["what"] for stop in stops if not stop["seen"]] == []
    assert page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count() == 0


def test_every_link_and_field_of_a_phone_page_is_reached(portal, window):
    page = window(width=PHONE)
    page.goto(f"/{portal.cast.home.slug}/bedarfe/neu/")
    stops = tabbed(page)
    shown = page.locator("main :is(a[href], button, input, select, textarea):visible:not([tabindex='-1'])").count()
    radios = page.locator("main input[type=radio]:visible").count()
    groups = page.locator("main .seg-ctl:visible").count()
    assert sum(stop["place"] == "main" for stop in stops) >= shown - radios + groups
    assert [stop["what"] for stop in stops if not stop["ring"] or not stop["seen"]] == []


def test_a_missing_outline_would_be_found(portal, window):
    page = window()
    page.goto(f"/{portal.cast.home.slug}/")
    page.evaluate("document.querySelector('main a').style.outline = 'none'")
    assert [stop for stop in tabbed(page) if not stop["ring"]]


def test_skip_link_leads_past_header_and_navigation(portal, window):
    page = window()
    page.goto(f"/{portal.cast.home.slug}/bedarfe/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Zum Inhalt springen"
    assert page.locator(":focus").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("script", [True, False])
def test_focus_goes_to_the_errors_and_from_there_into_the_field(portal, script):
    page = portal.page("planner", script=script)
    page.goto(f"/{portal.cast.home.slug}/sitzungen/neu/")
    main_form(page).locator("[name=held_on_precision][value=D]").evaluate("choice => choice.checked = true")
    main_form(page).locator("[name=held_on_day]").fill("30.02.2018")
    save(page)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    links = page.get_by_role("alert").get_by_role("link")
    for number in range(links.count()):
        target = links.nth(number).get_attribute("href").removeprefix("#")
        links.nth(number).click()
        focus = page.evaluate("[document.activeElement.id, document.activeElement.matches('input, select, textarea')]")
        assert focus[0] == target
        control = page.locator(f"#{target}")
        assert focus[1] or control.get_attribute("tabindex") == "-1", target
        described = control.get_attribute("aria-describedby") or ""
        assert [name for name in described.split() if name.endswith("_error")], target
    assert links.count() >= 1
    page.close()


def test_menus_and_filters_open_and_close_by_keyboard(portal, window):
    page = window()
    page.goto(f"/{portal.cast.home.slug}/bedarfe/")
    summary = page.locator("details.account > summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Mein Konto").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/konto/"))


def test_a_vague_date_is_chosen_by_keyboard(portal, window):
    page = window()
    page.goto(f"/{portal.cast.home.slug}/huerden/neu/")
    form = main_form(page)
    form.locator("[name=begin_precision][value=D]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert form.locator("[name=begin_precision][value=M]").is_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name").startswith("begin_")


def test_people_who_want_less_motion_see_none(portal, window):
    page = window()
    page.goto(f"/{portal.cast.home.slug}/")
    seconds = "[...document.querySelectorAll('*')].map(e => parseFloat(getComputedStyle(e).transitionDuration))"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(f"Math.max(...{seconds})") > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(f"Math.max(...{seconds})") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0


def test_with_forced_colours_states_and_focus_stay_visible(portal, window):
    page = window()
    page.emulate_media(forced_colors="active")
    page.goto(f"/{portal.cast.home.slug}/bedarfe/neu/")
    assert [stop["what"] for stop in tabbed(page) if not stop["ring"]] == []
    assert page.locator(".ck").first.evaluate("box => getComputedStyle(box).appearance") == "auto"

    page.goto(f"/{portal.cast.home.slug}/")
    drawn = "parts => parts.map(e => [getComputedStyle(e).fill, getComputedStyle(e).stroke])"
    states = {state: page.locator(f".ring-large .seg.{state}").evaluate_all(drawn) for state in ("done", "run", "none")}
    assert any(states.values())
    assert all(fill != stroke for state in ("run", "none") for fill, stroke in states[state])
    assert page.locator(".nav [aria-current]").evaluate("link => getComputedStyle(link).borderTopWidth") == "2px"

    page.goto(f"/{portal.cast.home.slug}/bedarfe/")
    dot = page.locator(".thread i:not(.o)").first
    assert dot.evaluate("dot => getComputedStyle(dot).forcedColorAdjust") == "none"
