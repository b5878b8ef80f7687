"""What one part of a page does, no other takes for its own; and what was typed is lost to none of them."""

from functools import partial

import pytest
from playwright.sync_api import expect

from accounts.models import User
from participation.models import Body, Event, Finding
from planning.models import Goal, Need, PlanningCycle
from records.domain.saving import create_record
from records.models import FormDraft
from tests.browser.portal import follow, main_form
from tests.factories import make

pytestmark = pytest.mark.browser


@pytest.fixture
def sorting(portal):
    """The page on which three lines are sorted."""
    event = make(Event, portal.cast.home, title="Werkstatt am Abend", kind="regional_conference", full=False)
    for text in ("Bus fehlt", "Arzt fehlt", "Laden fehlt"):
        finding = Finding(municipality=portal.cast.home, text=text, origin="event", event=event)
        create_record(finding, actor=None)
    page = portal.page(script=True)
    page.goto(f"/{portal.cast.home.slug}/erkenntnisse/sortieren/?veranstaltung={event.pk}")
    yield page
    page.close(run_before_unload=False)


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.name || ''")


def test_the_search_in_the_header_changes_nothing_on_the_page_that_sorts(sorting):
    page = sorting
    line = page.get_by_role("checkbox", name="Arzt fehlt", exact=True)
    line.check()
    title = page.get_by_label("Titel des Bedarfs")
    assert title.input_value() == "Arzt fehlt"
    title.fill("Mein Titel")
    stored = list(Finding.objects.order_by("pk").values_list("pk", "version"))
    field = page.locator(".find input")
    with page.expect_response("**/suche/**"):
        field.click()
    with page.expect_response("**/suche/**q=2016**"):
        page.keyboard.type("2016")
    page.locator(".find-pop .find-short").wait_for(state="attached")
    assert field.input_value() == "2016"
    assert field.evaluate("field => field === document.activeElement")
    assert (title.input_value(), line.is_checked()) == ("Mein Titel", True)
    assert list(Finding.objects.order_by("pk").values_list("pk", "version")) == stored


def loaded_rows(portal):
    """The page of a session that is entered afterwards, and what loads a part of it."""
    page = portal.page(script=True)
    page.goto(f"/{portal.cast.home.slug}/sitzungen/nacherfassen/")
    return page, page.locator("[name=title]"), lambda: page.locator("[name=_zeilen]").click()


def only_sent(fail, route):
    """What is sent fails, what is read does not."""
    return fail(route) if route.request.method == "POST" else route.continue_()


@pytest.mark.parametrize("place", ["sorting", "session"])
def test_what_could_not_be_sent_in_the_background_is_said_until_it_is(portal, sorting, place):
    page, typed = sorting, sorting.get_by_label("Titel des Bedarfs")
    page.get_by_role("checkbox", name="Bus fehlt", exact=True).check()
    steps = [page.locator("#bedarf-anlegen").click] * 3
    if place == "session":
        page, typed, load = loaded_rows(portal)
        steps = [load] * 3
    note = page.locator("form > .send-failed[role=alert]")
    typed.fill("Mein Titel")
    fails = (lambda route: route.abort(), lambda route: route.fulfill(status=503, body="nein"))
    for step, fail in zip(steps, fails, strict=False):
        page.route("**/*", partial(only_sent, fail))
        step()
        expect(note).to_have_count(1)
        expect(note).to_contain_text("Nicht gespeichert: Das Portal antwortet gerade nicht.")
        assert typed.input_value() == "Mein Titel"
        page.unroute("**/*")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status < 400):
        steps[2]()
    expect(note).to_have_count(0)
    if page is not sorting:
        assert typed.input_value() == "Mein Titel"
        page.close(run_before_unload=False)


def test_tab_leads_through_the_page_that_sorts_and_a_line_waits_until_it_is_left(sorting):
    page = sorting
    page.get_by_role("checkbox", name="Bus fehlt", exact=True).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    choice = page.locator("[name^=feld-]").first
    with page.expect_response("**/sortieren/**"):
        choice.select_option(index=1)
    page.keyboard.press("Shift+Tab")
    assert focused(page).startswith("gewicht-"), "the line is still where it was"
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        if seen[-1] == "bedarf-anlegen":
            break
    assert seen[-1] == "bedarf-anlegen", seen
    assert [name for name in seen if name.startswith("m-")], "over the other lines"


def typing_in_goal_tree(portal, page):
    cycle = make(PlanningCycle, portal.cast.home, full=False)
    goal = make(Goal, portal.cast.home, full=False, cycle=cycle, level="guiding", title="Leitziel")
    other = make(Goal, portal.cast.home, full=False, cycle=cycle, level="guiding", title="Noch eines")
    page.goto(f"/{portal.cast.home.slug}/ziele/baum/?zyklus={cycle.pk}&umbenennen={goal.pk}")
    box = page.locator("#ziel-eingabe")
    box.fill("Anders genannt")
    return box, lambda: (
        box.press("Escape"),
        page.locator(f"#z-{other.pk}").focus(),
        page.keyboard.press("Alt+ArrowUp"),
    )


def typing_in_people(portal, page):
    page.goto(f"/konto/personen/{User.objects.get(username=portal.cast.planner.username).pk}/")
    box = page.locator("main form[method=post] input:not([type=hidden], [type=checkbox])").first
    box.fill("Getippt und nicht gespeichert")
    return box, page.locator(".crumbs a").first.click


def typing_in_assignment(portal, page):
    need = make(Need, portal.cast.home, full=False)
    make(Goal, portal.cast.home, full=False, cycle=need.cycle, level="guiding", title="Zum Ankreuzen")
    page.goto(f"/{portal.cast.home.slug}/bedarfe/{need.pk}/zuordnen/goals/")
    box = page.locator("main form[method=post] [type=checkbox]").first
    box.evaluate("box => box.click()")
    return box, page.locator(".crumbs a").first.click


@pytest.mark.parametrize(
    ("who", "typing"),
    [("planner", typing_in_goal_tree), ("admin", typing_in_people), ("planner", typing_in_assignment)],
)
def test_a_form_without_drafts_asks_before_it_goes(portal, who, typing):
    page = portal.page(who, script=True)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    box, leave = typing(portal, page)
    typed = box.evaluate("box => [box.value, box.checked]")
    leave()
    assert set(asked) in ({"confirm"}, {"beforeunload"})
    assert box.evaluate("box => [box.value, box.checked]") == typed
    page.close(run_before_unload=False)


def test_flows_keep_what_was_typed_while_a_part_was_loaded_and_when_one_leaves(portal):
    body = make(Body, portal.cast.home, title="Runder Tisch", full=False)
    FormDraft.objects.all().delete()  # what other tests of this portal left
    page = portal.new_window("planner", script=True).new_page()
    path = f"/{portal.cast.home.slug}/sitzungen/nacherfassen/"
    page.goto(path)
    held = []
    page.route(
        "**/nacherfassen/**", lambda route: held.append(route) if route.request.method == "POST" else route.continue_()
    )
    page.get_by_label("Gremium").select_option(str(body.pk))
    more = page.get_by_label("Weitere Anwesende")
    more.click()
    page.wait_for_function("document.querySelector('.htmx-request') !== null")
    more.fill("Feuerwehr, während geladen wird")
    held[0].continue_()
    page.unroute("**/nacherfassen/**")
    page.get_by_text("Alle Mitglieder von „Runder Tisch“").wait_for()
    assert more.input_value() == "Feuerwehr, während geladen wird"
    assert page.get_by_label("Sitzung", exact=True).input_value() == "1. Sitzung"
    page.get_by_label("Aufgabe, Zeile 2").fill("Einladen")

    for address in (f"/{portal.cast.home.slug}/erkenntnisse/flipchart/", f"/{portal.cast.home.slug}/"):
        page.goto(address)
        if "flipchart" in address:
            page.get_by_label("Eine Aussage je Zeile").fill("Nur getippt")
    for _ in range(20):  # the page is gone before its draft has arrived
        if FormDraft.objects.filter(path__contains="flipchart").exists():
            break
        page.goto("/konto/entwuerfe/")
    page.goto(path)
    follow(page.get_by_role("button", name="Entwurf verwerfen"))
    follow(page.get_by_role("button", name="Rückgängig machen"))
    assert page.get_by_label("Aufgabe, Zeile 2").input_value() == "Einladen"
    assert page.get_by_label("Weitere Anwesende").input_value() == "Feuerwehr, während geladen wird"
    assert main_form(page).locator("[name=body]").input_value() == str(body.pk)
    page.goto("/konto/entwuerfe/")
    assert page.get_by_role("link", name="Zeilen einfügen").is_visible()
    page.context.close()
