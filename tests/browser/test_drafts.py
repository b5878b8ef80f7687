"""Nothing typed is lost: not when the browser closes, not when the session ends, with and without JavaScript."""

import re

import pytest
from django.contrib.sessions.models import Session

from planning.models import Need, TargetGroup
from records.domain.saving import update_record
from records.models import FormDraft
from records.registry import kind_of
from tests.browser.portal import PHONE, fill, follow, main_form, save
from tests.cast import PASSWORD
from tests.factories import make

pytestmark = pytest.mark.browser
PAUSE = 6000  # ms on the page's clock until the next draft is kept


@pytest.fixture
def window(portal):
    """Opens windows of their own for the planner, and closes what is left of them."""
    opened = []

    def open_window(*, script=True):
        opened.append(portal.new_window("planner", script=script))
        page = opened[-1].new_page()
        if script:
            page.clock.install()
        return page

    yield open_window
    for context in opened:
        context.close()


def end_session(page):
    """What happens overnight: the portal forgets the session, the browser does not know."""
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    assert Session.objects.filter(pk=cookies["sessionid"]).delete()[0] == 1


def log_in(portal, page):
    page.fill("[name=username]", portal.cast.planner.username)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("form:has([name=password]) button[type=submit]").first)


def state(page, text):
    """The line below the form, as soon as it says this."""
    line = page.locator(".draft-line", has_text=text)
    line.wait_for()
    return line


def test_a_draft_survives_the_closed_browser(portal, window):
    kind, page = kind_of(TargetGroup), window()
    page.goto(kind.url("create", portal.cast.home))
    fill(page, {"title": "Vor dem Absturz", "description": "Viel\nText"})
    page.clock.run_for(PAUSE)
    assert re.search(r"Entwurf gespeichert, \d\d:\d\d Uhr\.", state(page, "gespeichert").inner_text())
    page.context.close()

    page = window(script=False)
    page.goto(kind.url("create", portal.cast.home))
    assert main_form(page).locator("[name=title]").input_value() == ""
    follow(page.get_by_role("link", name="Entwurf weiterbearbeiten"))
    assert main_form(page).locator("[name=description]").input_value() == "Viel\nText"
    save(page)
    assert TargetGroup.objects.get(title="Vor dem Absturz").description == "Viel\nText"
    page.goto(kind.url("create", portal.cast.home))
    assert page.get_by_text("Entwurf").count() == 0


def test_leaving_the_page_keeps_the_last_words(portal, window):
    kind, page = kind_of(TargetGroup), window()
    page.goto(kind.url("create", portal.cast.home))
    fill(page, {"title": "Noch schnell"})
    page.goto("/konto/")
    for _ in range(20):  # the page is gone before its draft has arrived
        page.goto(kind.url("create", portal.cast.home))
        if page.get_by_role("link", name="Entwurf weiterbearbeiten").count():
            break
    follow(page.get_by_role("link", name="Entwurf weiterbearbeiten"))
    follow(page.get_by_role("button", name="Entwurf verwerfen"))
    assert not FormDraft.objects.filter(title__contains="Noch schnell", discarded_at=None).exists()


def test_the_session_ends_while_typing_without_javascript(portal, window):
    need = make(Need, portal.cast.home, text="Sitzung", title="Vor der Sitzung")
    kind, page = kind_of(Need), window(script=False)
    page.goto(kind.url("update", portal.cast.home, need.pk))
    fill(page, {"title": "Nach der Sitzung", "description": "Zeile 1\nZeile 2 „mehr“"})
    end_session(page)
    save_button = main_form(page).locator(".actions .kern-btn--primary")
    follow(save_button)
    assert page.get_by_text(
        "Ihre Anmeldung ist abgelaufen. Melden Sie sich an; Ihre Eingaben sind erhalten."
    ).is_visible()
    log_in(portal, page)
    assert page.get_by_text("Ihre Eingaben sind erhalten, aber noch nicht gespeichert.").is_visible()
    assert main_form(page).locator("[name=description]").input_value() == "Zeile 1\nZeile 2 „mehr“"
    save(page)
    need.refresh_from_db()
    assert (need.title, need.description) == ("Nach der Sitzung", "Zeile 1\nZeile 2 „mehr“")


def test_the_session_ends_while_typing_with_javascript(portal, window):
    kind, page = kind_of(TargetGroup), window()
    page.goto(kind.url("create", portal.cast.home))
    fill(page, {"title": "Angefangen"})
    end_session(page)
    page.clock.run_for(PAUSE)
    with page.context.expect_page() as elsewhere:
        state(page, "Sie sind abgemeldet.").get_by_role("link").click()
    other = elsewhere.value
    log_in(portal, other)
    other.close()

    fill(page, {"description": "Und weiter"})
    page.clock.run_for(PAUSE)
    state(page, "Entwurf gespeichert")
    save(page)
    assert TargetGroup.objects.get(title="Angefangen").description == "Und weiter"
    assert not FormDraft.objects.filter(title__contains="Angefangen").exists()


def test_leaving_asks_only_where_nothing_could_be_kept(portal, window):
    kind, page = kind_of(TargetGroup), window()
    page.goto(kind.url("create", portal.cast.home))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    main_form(page).locator("[name=title]").press_sequentially("Getippt")
    page.clock.run_for(PAUSE)
    state(page, "Entwurf gespeichert")
    page.reload()
    assert asked == []
    page.route("**/entwuerfe/", lambda route: route.abort())
    main_form(page).locator("[name=title]").press_sequentially("Getippt")
    page.clock.run_for(PAUSE)
    state(page, "keine Verbindung")
    page.reload()
    assert asked == ["beforeunload"]


def test_pages_of_drafts_and_conflicts_fit_a_phone(portal):
    need = make(Need, portal.cast.home, text="Telefon", title="Auf dem Telefon")
    path = kind_of(Need).url("update", portal.cast.home, need.pk)
    page = portal.page("planner", width=PHONE)
    page.goto(path)
    token = main_form(page).locator("[name=csrfmiddlewaretoken]").input_value()
    fill(page, {"title": "Donaudampfschifffahrtsgesellschaftskapitänspatent" * 3})
    data = page.evaluate("Object.fromEntries(new FormData(document.querySelector('main form.form')))")
    address = f"/{portal.cast.home.slug}/entwuerfe/"
    assert page.request.post(address, form=data | {"_path": path, "csrfmiddlewaretoken": token}).ok
    stored = Need.objects.get(pk=need.pk)
    stored.title = "Anderswo geändert"
    update_record(stored, version=stored.version, actor=None)

    def width():
        return page.evaluate("document.scrollingElement.scrollWidth")

    widths = {}
    for name, step in (
        ("notice", lambda: page.goto(path)),
        ("draft", lambda: follow(page.get_by_role("link", name="Entwurf weiterbearbeiten"))),
        ("conflict", lambda: save(page)),
        ("list", lambda: page.goto("/konto/entwuerfe/")),
    ):
        step()
        widths[name] = width()
    assert {name: width for name, width in widths.items() if width > PHONE} == {}
    page.close()
