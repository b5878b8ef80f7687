"""After each step, somebody who cannot see the page is told: the focus lies on what came of it, and the title says it.

Success, undo, preview, loaded rows, moved items, change of marked rows: at least three pages of each, by JavaScript and
without. Where a part of the page alone is loaded anew, a region that is read aloud says it instead of the title.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from participation.models import Body, BodyMembership, Event, Finding, Survey
from planning.enums import Phase
from planning.models import Goal, Hurdle, PlanningCycle, PlanningStep, Provider, TargetGroup
from records.domain.saving import create_record
from records.models import FormDraft
from records.registry import kind_of
from tests.browser.portal import Portal, follow, main_form
from tests.factories import make

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# The focus, whether it can be seen, what the page calls itself, and what is read aloud without being asked.
STATE = """() => {
    const now = document.activeElement, box = now.getBoundingClientRect();
    const aloud = document.querySelectorAll("[role=status], [role=alert], [aria-live]");
    return {
        on: now === document.body ? "nothing" : now.outerHTML.slice(0, 60), title: document.title,
        told: [...aloud].map(part => part.textContent.trim()).join("|"),
        seen: now.closest("main") && now.checkVisibility() && box.bottom > 0 && box.top < innerHeight,
    };
}"""
# A part of the page that was loaded anew stands when htmx says so, its scripts a moment later.
WATCH = "() => document.addEventListener('htmx:afterSettle', () => setTimeout(() => (window.isSettled = true)))"
Steps = Iterator[tuple[str, Locator]]  # what the step is called, and the control that takes it


def button(page: Page, name: str) -> Locator:
    return page.locator("main").get_by_role("button", name=name).first


def primary(page: Page) -> Locator:
    return page.locator("main .actions .kern-btn--primary")


def undo(page: Page) -> Locator:
    return button(page, "Rückgängig machen")


def below(portal: Portal, page: Page, owner: Body | Event, word: str) -> None:
    page.goto(f"{kind_of(type(owner)).url('detail', portal.cast.home, owner.pk)}tabelle/{word}/")


def saved(portal: Portal, page: Page, mark: str) -> Steps:
    """A record, an Eingabetabelle and the numbers of who came are saved, and taken back."""
    page.goto(f"/{portal.cast.home.slug}/zielgruppen/neu/")
    main_form(page).locator("[name=title]").fill(f"Schichtdienst {mark}")
    yield "record saved", primary(page)
    below(portal, page, make(Body, portal.cast.home, title=f"Beirat {mark}", full=False), "mitglieder")
    page.locator("[name=z0-organisation]").fill("Jugendamt")
    page.locator("[name=z0-kind]").select_option("appointed")
    yield "members saved", primary(page)
    yield "members undone", undo(page)
    below(portal, page, make(Event, portal.cast.home, title=f"Abend {mark}", full=False), "teilnehmende")
    page.locator("main tbody input.cell").first.fill("7")
    yield "attendance saved", primary(page)
    yield "attendance undone", undo(page)


def marked(portal: Portal, page: Page, mark: str) -> Steps:
    """Marked rows of three lists are changed or deleted, and come back."""
    for kind, field, value in ((PlanningStep, "state", "resting"), (Hurdle, "phase", "needs"), (TargetGroup, "", "")):
        make(kind, portal.cast.home, full=False, title=f"Danach {mark}")
        page.goto(f"{kind_of(kind).url('list', portal.cast.home)}?q=Danach+{mark}")
        page.locator("[name=zeile]").check()
        if field:
            drop = page.locator("#sammeln .drop", has=page.locator(f"[name=wert_{field}]"))
            drop.locator("summary").click()
            drop.locator("select").select_option(value)
            yield f"{kind.__name__} changed", drop.locator("button").first
            yield f"{kind.__name__}: change undone", undo(page)
        else:
            follow(page.locator("#sammeln").get_by_role("button", name="Löschen …"))
            yield f"{kind.__name__} deleted", button(page, "löschen")
            yield f"{kind.__name__}: deletion undone", undo(page)


def deleted(portal: Portal, page: Page, mark: str) -> Steps:
    """One record is deleted and comes back."""
    for kind in (Provider, Hurdle):
        row = make(kind, portal.cast.home, full=False, title=f"Einzeln {mark}")
        page.goto(kind_of(kind).url("delete", portal.cast.home, row.pk))
        yield f"{kind.__name__} deleted alone", button(page, "löschen")
        yield f"{kind.__name__} brought back", undo(page)
    path = f"/{portal.cast.home.slug}/huerden/neu/"
    draft = {"user": portal.cast.planner, "municipality": portal.cast.home, "path": path, "key": mark}
    FormDraft.objects.create(**draft, data={"title": ["Getippt"], "form_key": [mark]})
    page.goto(path)
    yield "draft discarded", button(page, "Entwurf verwerfen")
    yield "draft brought back", undo(page)


def previewed(portal: Portal, page: Page, mark: str) -> Steps:
    """A table, lines of a flip chart and a pasted text are shown before they are stored."""
    page.goto(f"/{portal.cast.home.slug}/traeger/einlesen/")
    rows = f"Träger;Art\r\nVorschau {mark};Kirche\r\n".encode("utf-8-sig")
    page.locator("main [type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": rows})
    yield "table previewed", button(page, "Vorschau zeigen")
    yield "table taken over", button(page, "übernehmen")
    yield "table undone", undo(page)
    page.goto(f"/{portal.cast.home.slug}/erkenntnisse/flipchart/")
    page.locator("[name=text]").fill(f"- Bus fehlt {mark} (3)\n- Arzt fehlt {mark} (2)")
    page.locator("[name=origin]").select_option(index=1)
    yield "flip chart previewed", button(page, "Zeilen ansehen")
    yield "flip chart stored", button(page, "Zeilen speichern und sortieren")
    page.goto(f"/{portal.cast.home.slug}/bedarfe/neu/")
    page.locator("[name=description]").fill("Punkte:\n• eins\n• zwei")
    text = page.locator("[name=_gliedern][value=description]")
    if text.is_visible():  # with JavaScript a pasted text is shown at once
        yield "text read", text
        yield "text as pasted", button(page, "Wieder wie eingefügt")


def loaded(portal: Portal, page: Page, mark: str) -> Steps:
    """More rows of an Eingabetabelle, of tasks and of questions; the members of a body."""
    home = portal.cast.home
    body = make(Body, home, title=f"Netzwerk {mark}", full=False)
    create_record(BodyMembership(municipality=home, body=body, organisation="Amt", kind="appointed"), actor=None)
    below(portal, page, body, "mitglieder")
    yield "rows", page.locator("[name=mehr]")
    page.goto(f"/{home.slug}/sitzungen/nacherfassen/")
    yield "tasks", page.locator("#zeilen")
    page.goto(f"/{home.slug}/sitzungen/nacherfassen/?gremium={body.pk}")
    yield "members", page.locator("#laden")
    survey = make(Survey, home, title=f"Befragung {mark}", full=False)
    page.goto(f"{kind_of(Survey).url('detail', home, survey.pk)}fragebogen/")
    yield "questions", page.locator("[name=_more]")


def moved(portal: Portal, page: Page, mark: str) -> Steps:
    """Goals in the tree, steps of a phase, findings of which a need is made."""
    home = portal.cast.home
    cycle = make(PlanningCycle, home, full=False)
    for number in "12":
        goal = make(Goal, home, full=False, cycle=cycle, level="guiding", title=f"Leitziel {number} {mark}")
    page.goto(f"/{home.slug}/ziele/baum/?zyklus={cycle.pk}&verschieben={goal.pk}")
    yield "goal moved", page.locator("#ziel-hoch")
    yield "goal undone", undo(page)
    for place in (1, 2):
        make(PlanningStep, home, full=False, cycle=cycle, phase=Phase.MANDATE, position=place, title=f"Schritt {place}")
    page.goto(f"/{home.slug}/phasen/{Phase.MANDATE.slug}/?zyklus={cycle.pk}")
    yield "step moved", page.locator("[name=richtung][value=runter]").first
    event = make(Event, home, title=f"Werkstatt {mark}", kind="regional_conference", full=False)
    for text in (f"Laden fehlt {mark}", f"Hort fehlt {mark}"):
        create_record(Finding(municipality=home, text=text, origin="event", event=event), actor=None)
    page.goto(f"/{home.slug}/erkenntnisse/sortieren/?veranstaltung={event.pk}")
    page.get_by_role("checkbox", name=f"Hort fehlt {mark}", exact=True).check()
    page.get_by_label("Titel des Bedarfs").fill(f"Betreuung {mark}")
    yield "need formed", button(page, "Bedarf anlegen")
    yield "need undone", undo(page)


WALKS: tuple[Callable[[Portal, Page, str], Steps], ...] = (saved, marked, deleted, previewed, loaded, moved)


def take(control: Locator, *, script: bool) -> bool:
    """Press the control and wait; whether a part of the page alone was loaded."""
    if not script or not control.evaluate("e => Boolean(e.closest('[data-hx-post], form[data-hx-post]'))"):
        follow(control)
        return False
    control.page.evaluate(WATCH)
    control.click()
    control.page.wait_for_function("() => window.isSettled")
    return True


def seen_state(page: Page) -> dict[str, Any]:
    """The state when the browser has set the focus, which it does a moment after the page stands."""
    for _ in range(10):
        state: dict[str, Any] = page.evaluate(STATE)
        if state["seen"]:
            return state
        page.wait_for_timeout(50)
    return state


# Without JavaScript other pages come than with it where a part of the page is loaded anew; elsewhere they are the same.
@pytest.mark.parametrize(("script", "walks"), [(True, WALKS), (False, (loaded, moved))])
def test_after_each_step_the_focus_lies_on_what_came_of_it_and_the_page_says_it(portal, script, walks):
    page, found = portal.page("planner", script=script), []
    page.emulate_media(reduced_motion="reduce")
    page.on("dialog", lambda dialog: dialog.accept())
    for walk in walks:
        for name, control in walk(portal, page, f"{walk.__name__}{script:d}"):
            before = page.evaluate(STATE)
            is_part = take(control, script=script)
            after = seen_state(page)
            if not after["seen"]:
                found.append(f"{name}: the focus lies on {after['on']}")
            if after["title"] == before["title"] and not (is_part and after["told"] != before["told"]):
                found.append(f"{name}: the page is still called „{after['title']}“ and says nothing")
    page.close(run_before_unload=False)
    assert not found, "\n".join(found)
