"""What was wrong on one page is asked of at least three pages of its kind.

A part takes nothing that is done in another one for its own, labels know what is required, broken markup is named while
somebody writes, and what opens something says so.
"""

import pytest
from playwright.sync_api import expect

from participation.models import Body, Event, Finding
from planning.models import Goal, Need, PlanningCycle
from records.domain.saving import create_record
from records.registry import kind_of
from tests.browser.portal import follow, main_form
from tests.factories import make
from tests.plans.life.released import make_plan

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Everything that a script of the page could change: what stands in it, what is marked, and in which order.
CONTENT = """() => [document.querySelector("main").innerText, ...[...document.querySelectorAll("main *")]
    .filter(e => e.matches("input, select, textarea")).map(e => `${e.name} ${e.value} ${e.checked}`)]"""
WORDS = """e => [e.getAttribute("aria-label"), e.querySelector("title")?.textContent,
    e.querySelector("desc")?.textContent]"""
# Fields of the form that are seen, with what their labels say.
LABELS = """form => [...form.querySelectorAll("input:is([type=text], [type=email], :not([type])), textarea, select")]
    .filter(e => e.checkVisibility() && e.id && !e.closest(".vague") && e.labels.length)
    .map(e => [e.id, e.labels[0].innerText.includes("optional"), e.value.trim() === ""])"""


@pytest.fixture
def page(portal):
    opened = portal.page(script=True)
    opened.emulate_media(reduced_motion="reduce")
    yield opened
    opened.close(run_before_unload=False)


@pytest.fixture(scope="module")
def addresses(portal):
    """Pages whose scripts listen to keys."""
    home = portal.cast.home
    event = make(Event, home, title="Werkstatt der Tasten", kind="regional_conference", full=False)
    for text in ("Bus fehlt hier", "Arzt fehlt hier"):
        create_record(Finding(municipality=home, text=text, origin="event", event=event), actor=None)
    cycle, body = make(PlanningCycle, home, full=False), make(Body, home, title="Gremium der Tasten", full=False)
    for number in "12":
        make(Goal, home, full=False, cycle=cycle, level="guiding", title=f"Leitziel {number}")
    return {
        "sorting": f"/{home.slug}/erkenntnisse/sortieren/?veranstaltung={event.pk}",
        "goals": f"/{home.slug}/ziele/baum/?zyklus={cycle.pk}",
        "grid": f"{kind_of(Body).url('detail', home, body.pk)}tabelle/mitglieder/",
        "marked": f"/{home.slug}/bedarfe/",
    }


def versions():
    return [list(kind.objects.order_by("pk").values_list("pk", "version")) for kind in (Finding, Goal, Need)]


def test_what_is_typed_into_the_search_changes_nothing_below_it(page, addresses):
    field, found = page.locator(".find input"), []
    for name, address in addresses.items():
        page.goto(address)
        field.focus()
        before = page.evaluate(CONTENT), versions()
        for key in ("1", "0", "r", " ", "ArrowDown", "ArrowUp", "Alt+ArrowUp", "F2"):
            field.press(key)
        assert field.input_value().strip().startswith("10r"), name
        after = page.evaluate(CONTENT), versions()
        found += [f"{name}: {new}" for new in after[0] if new not in before[0]] + ([name] if after != before else [])
    assert not found, "\n".join(found)


def test_what_opens_something_says_whether_it_is_open(page, addresses):
    page.goto(addresses["goals"])
    for kind in ("g", "r", "n"):  # the grip, the way to another name, the way to a new goal below
        handle = page.locator(f"#baum a[id^='{kind}-']").first
        expect(handle).to_have_attribute("aria-expanded", "false")
        name = handle.get_attribute("id")
        handle.click()
        expect(page.locator(f"#{name}")).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
    for address in (addresses["marked"], addresses["grid"], addresses["sorting"]):
        page.goto(address)
        silent = "all => all.filter(e => e.getAttribute('aria-controls') && !e.hasAttribute('aria-expanded')).length"
        assert page.locator("a, button").evaluate_all(silent) == 0
        for summary in page.locator(".head summary, main summary").all():
            assert summary.get_attribute("role") is None  # a summary says by itself whether it is open
            assert summary.evaluate("e => e.parentElement.matches('details')")


def test_broken_markup_is_named_while_it_is_written(portal, page):
    home = portal.cast.home
    need = make(Need, home, full=False, title="Mit Auszeichnung")
    for address, name in (
        (kind_of(Need).url("update", home, need.pk), "description"),
        (f"/{home.slug}/sitzungen/nacherfassen/", "summary"),
        (f"/{home.slug}/massnahmen/neu/", "description"),
    ):
        page.goto(address)
        box = page.locator(f".long-text textarea[name={name}]")
        box.press_sequentially("Siehe [Bericht](https://")
        told = box.locator("xpath=ancestor::*[contains(@class, 'long-text')]").locator("[data-faults]")
        expect(told).to_contain_text("Der Verweis ist nicht geschlossen.")


def judged(page, form):
    """Send the form as it is, and compare what its labels say with what is refused."""
    labels = form.evaluate(LABELS)
    follow(form.locator(".kern-btn--primary").last)
    links = page.locator("main .kern-alert--danger a[href^='#']")
    wrong = {link.get_attribute("href").removeprefix("#") for link in links.all()}
    optional = {name for name, is_optional, _ in labels if is_optional}
    needed = {name for name, is_optional, is_empty in labels if is_empty and not is_optional}
    return needed - wrong, wrong & optional, labels


@pytest.mark.parametrize("where", ["bedarfe/neu/", "veranstaltungen/neu/", "sitzungen/neu/"])
def test_a_label_says_optional_where_a_field_may_be_left_out_and_nowhere_else(portal, page, where):
    page.goto(f"/{portal.cast.home.slug}/{where}")
    forgotten, wrongly, labels = judged(page, main_form(page))
    assert (forgotten, wrongly) == (set(), set())
    assert any(is_optional for _, is_optional, _ in labels)


def test_the_label_of_a_step_says_whether_its_reason_is_needed(portal, page):
    """Hardly anything stands in the plan: its proposal needs no words, its release a reason."""
    home = portal.cast.home
    cycle = make(PlanningCycle, home, full=False, first_year=2011, last_year=2012)
    plan = make_plan(home, 2011, cycle=cycle)
    page.goto(f"/{home.slug}/plaene/{plan.pk}/schritt/vorlegen/")
    assert judged(page, main_form(page)) == (set(), set(), [["id_note", True, True]])
    expect(page.locator(".flashes")).to_contain_text("Plan zur Freigabe gegeben.")
    lead = portal.page("lead")
    lead.goto(f"/{home.slug}/plaene/{plan.pk}/schritt/freigeben/")
    assert judged(lead, main_form(lead)) == (set(), set(), [["id_note", False, True]])
    lead.close()


def test_a_drawing_says_in_words_what_it_shows(portal, page):
    """Its name, or what describes it, is a sentence of its content and not the word „Diagramm“."""
    home, told = portal.cast.home, {}
    for path in ("", "zeitstrahl/?ansicht=grafik", "roter-faden/?ansicht=grafik", "beteiligung/"):
        page.goto(f"/{home.slug}/{path}")
        for svg in page.locator("main svg:is([role=img], [role=group]):visible:not(.glyph)").all():
            words = svg.evaluate(WORDS)
            told[f"{path} {words[0] or words[1]}"] = " ".join(filter(None, words))
    assert len({name.split()[0] for name in told}) >= 3
    assert [name for name, words in told.items() if len(words) < 40] == []
