"""The goal tree feels like an outliner: typed, moved by keys and by mouse; without JavaScript by buttons."""

import re

import pytest

from planning.models import Goal, PlanningCycle
from tests.browser.portal import PHONE, follow
from tests.factories import make

pytestmark = pytest.mark.browser


@pytest.fixture
def goals(portal):
    """A cycle of its own with 1, 1.1, 1.1.1, 1.2, 2."""
    home = portal.cast.home
    cycle = make(PlanningCycle, home, full=False)
    made = {}
    for code, level in (("1", "guiding"), ("2", "guiding"), ("1.1", "action"), ("1.2", "action"), ("1.1.1", "measure")):
        above = made.get(code.rpartition(".")[0])
        made[code] = make(Goal, home, full=False, cycle=cycle, level=level, parent=above, title=f"Ziel {code}")
    return made


def open_tree(portal, goals, **options):
    page = portal.page(**options)
    page.goto(f"/{portal.cast.home.slug}/ziele/baum/?zyklus={goals['1'].cycle_id}")
    return page


def outline(page):
    """The titles in the order of the page, without levels and numbers."""
    titles = [" ".join(text.split()) for text in page.locator(".goal-title").all_inner_texts()]
    return [re.sub(r"^\w+ Z \d+ ", "", title) for title in titles]


def said(page, words):
    page.locator("#baum-meldung", has_text=words).wait_for(state="attached")


def settled(page, *codes):
    """Wait until the tree shows the goals in this order and the focus is set."""
    page.wait_for_function(
        """codes => {
            const titles = [...document.querySelectorAll("#baum.goals--live .goal-title")].map(e => e.innerText.trim());
            return titles.length === codes.length && codes.every((code, n) => titles[n].endsWith(`Ziel ${code}`));
        }""",
        arg=codes,
    )


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_goals_are_typed_in_a_row_by_the_enter_key(portal, goals):
    page = open_tree(portal, goals, script=True)
    page.get_by_role("link", name=f"Handlungsziel unter {goals['2'].code} anlegen").first.click()
    for number, title in enumerate(("Erstes", "Zweites", "Drittes"), 1):
        page.locator("#ziel-eingabe:focus").wait_for()
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        said(page, f"Handlungsziel Z {goals['1.1.1'].number + number} angelegt.")
    page.keyboard.press("Enter")
    page.get_by_text("Schreiben Sie das Ziel in dieses Feld.").wait_for()
    page.locator("#baum.goals--live").wait_for()  # the keys work when the new tree has settled
    page.keyboard.press("Escape")
    page.locator("#ziel-eingabe").wait_for(state="detached")
    assert outline(page)[-4:] == ["Ziel 2", "Erstes", "Zweites", "Drittes"]
    page.locator(f"#z-{Goal.objects.get(title='Drittes').pk}:focus").wait_for()  # set when the new tree has settled

    page.keyboard.press("F2")
    page.locator("#ziel-eingabe:focus").fill("Umbenannt")
    page.keyboard.press("Enter")
    page.locator("#ziel-eingabe").wait_for(state="detached")
    assert outline(page)[-1] == "Umbenannt"
    page.close()


def test_keys_move_a_goal_say_so_and_keep_the_focus(portal, goals):
    page = open_tree(portal, goals, script=True)
    link = f"z-{goals['1.1'].pk}"
    page.locator(f"#{link}").focus()
    for key, codes in (
        ("ArrowDown", ("1", "1.2", "1.1", "1.1.1", "2")),
        ("ArrowRight", ("1", "1.2", "2", "1.1", "1.1.1")),
        ("ArrowLeft", ("1", "1.2", "1.1", "1.1.1", "2")),
        ("ArrowUp", ("1", "1.1", "1.1.1", "1.2", "2")),
        ("ArrowRight", ("1", "1.2", "2", "1.1", "1.1.1")),
    ):
        page.keyboard.press(f"Alt+{key}")
        settled(page, *codes)
        said(page, f"Ziel {goals['1.1'].code} verschoben.")
        assert focused(page) == link
    page.keyboard.press("Alt+ArrowRight")
    said(page, f"Ziel {goals['1.1'].code} kann nicht weiter")
    assert focused(page) == link
    page.keyboard.press("Alt+ArrowUp")  # two keys in a row: the second waits for the first
    page.keyboard.press("Alt+ArrowLeft")
    settled(page, "1", "1.2", "1.1", "1.1.1", "2")
    follow(page.get_by_role("button", name="Rückgängig machen"))
    assert outline(page)[-2:] == ["Ziel 1.1", "Ziel 1.1.1"]
    page.close()


def drag(page, goal, target, below):
    """Draw a goal by its grip onto another one's line, to its upper or lower edge."""
    grip = page.locator(f"#g-{goal.pk}").bounding_box()
    line = page.locator(f"#ziel-{target.pk} > .goal-row").bounding_box()
    page.mouse.move(grip["x"] + 8, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(line["x"] + 60, line["y"] + 20, steps=5)
    page.mouse.move(line["x"] + 60, line["y"] + (line["height"] - 3 if below else 3))
    marks = page.locator(".goal--before, .goal--after, .goal--into").evaluate_all("all => all.map(e => e.id)")
    page.mouse.up()
    return marks


def test_a_goal_is_drawn_by_its_grip_to_another_place(portal, goals):
    page = open_tree(portal, goals, script=True)
    assert drag(page, goals["1.2"], goals["1.1"], below=False) == [f"ziel-{goals['1.1'].pk}"]
    said(page, f"Ziel {goals['1.2'].code} verschoben.")
    assert drag(page, goals["1.1"], goals["2"], below=True) == [f"ziel-{goals['2'].pk}"]
    said(page, f"Ziel {goals['1.1'].code} verschoben.")
    assert outline(page) == ["Ziel 1", "Ziel 1.2", "Ziel 2", "Ziel 1.1", "Ziel 1.1.1"]
    assert drag(page, goals["1.1.1"], goals["2"], below=True) == [], "no place for a Maßnahmenziel"
    assert page.locator("form.goal-form").count() == 0, "the end of a drag opens nothing"

    page.get_by_role("link", name="Alle zuklappen").click()
    assert page.locator("details.goal-below[open]").count() == 0
    page.locator(f"#g-{goals['2'].pk}").click()
    page.get_by_role("button", name="Nach oben").click()
    said(page, f"Ziel {goals['2'].code} verschoben.")
    assert page.locator("details.goal-below[open]").count() == 0, "what was folded stays so"
    page.close()


def test_without_javascript_goals_are_added_and_moved_on_a_phone(portal, goals):
    page = open_tree(portal, goals, width=PHONE)
    page.locator(f"summary[aria-label='Mehr zu {goals['2'].code}']").click()
    follow(page.get_by_role("link", name=f"Handlungsziel unter {goals['2'].code} anlegen").first)
    for title in ("Erstes", "Zweites"):
        assert focused(page) == "ziel-eingabe"
        page.keyboard.type(title)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert outline(page)[-2:] == ["Erstes", "Zweites"]
    follow(page.get_by_role("link", name="Fertig"))
    follow(page.get_by_role("link", name=f"Handlungsziel {goals['1.1'].code} verschieben"))
    follow(page.get_by_role("button", name="Nach unten"))
    assert f"Ziel {goals['1.1'].code} verschoben." in page.locator("main").inner_text()
    page.get_by_label("Steht unter").select_option(label=str(goals["2"]))
    follow(page.get_by_role("button", name="Ziel verschieben"))
    assert outline(page)[-3:] == ["Zweites", "Ziel 1.1", "Ziel 1.1.1"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.close()
