"""The Eingabetabelle in a browser: keys, a pasted block that is shown before it stays, and all of it without script."""

import pytest

from participation.models import Body, BodyMembership
from planning.models import CriterionValue, Measure
from records.registry import kind_of
from tests.browser.portal import follow
from tests.factories import make

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASTE = """([name, text]) => {
  const box = document.querySelector(`[name="${name}"]`);
  box.focus();
  const data = new DataTransfer();
  data.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def body(portal):
    return make(Body, portal.cast.home, full=False, title="Beirat der Tabelle")


def open_table(portal, owner, word, **window):
    page = portal.page(**window)
    page.goto(f"{kind_of(type(owner)).url('detail', portal.cast.home, owner.pk)}tabelle/{word}/")
    return page


def focused(page):
    return page.evaluate("document.activeElement.name")


def values(page, name, rows):
    return [page.locator(f"[name=z{row}-{name}]").input_value() for row in rows]


def save(page):
    follow(page.locator("main .actions button[type=submit]"))


def test_members_are_entered_without_script(portal, body):
    page = open_table(portal, body, "mitglieder", width=390)
    for row in range(5):
        page.locator(f"[name=z{row}-organisation]").fill(f"Amt {row}")
        page.locator(f"[name=z{row}-kind]").select_option("appointed")
    follow(page.get_by_role("button", name="Weitere Zeilen"))
    assert values(page, "organisation", range(6)) == [*(f"Amt {row}" for row in range(5)), ""]
    page.locator("[name=z10-organisation]").fill("Amt 10")
    save(page)
    assert page.locator("main [role=alert] a[href='#z10-kind']").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("[name=z10-kind]").select_option("guest")
    save(page)
    assert page.get_by_text("Mitglieder: 6 neue Einträge.").is_visible()
    assert body.memberships.count() == 6
    page.close()


def test_keys_lead_from_cell_to_cell(portal, body):
    make(BodyMembership, portal.cast.home, body=body, organisation="Jugendamt", kind="appointed")
    page = open_table(portal, body, "mitglieder", script=True)
    page.locator("[name=z0-organisation]").focus()
    for key, place in (
        ("End", "z0-organisation"),
        ("ArrowDown", "z1-organisation"),
        ("Enter", "z2-organisation"),
        ("Shift+Enter", "z1-organisation"),
        ("ArrowUp", "z0-organisation"),
        ("End", "z0-organisation"),
        ("ArrowLeft", "z0-organisation"),  # inside the text the arrow moves the caret
        ("End", "z0-organisation"),
        ("ArrowRight", "z0-kind"),
        ("ArrowDown", "z0-kind"),  # arrows choose in a select
        ("Enter", "z1-kind"),
        ("Tab", "z1-person_name"),
        ("ArrowLeft", "z1-kind"),
    ):
        page.keyboard.press(key)
        assert focused(page) == place, key
    page.locator("[name=z6-organisation]").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "z7-organisation"
    assert page.locator("[name=zeilen]").input_value() == "8"
    page.keyboard.type("Kreistag")
    page.locator("[name=z7-kind]").select_option("guest")
    save(page)
    assert set(body.memberships.values_list("organisation", flat=True)) == {"Jugendamt", "Kreistag"}
    page.close()


BLOCK = (
    'Jugendamt\tberufen\t\t2018\r\n"Träger der\r\n""Hilfe"""\tVorsitz\tName\tAugust 2017\r\n' + "Kreistag\tGast\r\n" * 6
)


def test_a_pasted_block_is_shown_first_and_then_stays_or_goes(portal, body):
    make(BodyMembership, portal.cast.home, body=body, organisation="Alt", kind="guest", person_name="", end=None)
    page = open_table(portal, body, "mitglieder", script=True)
    before = page.locator("[name=z0-organisation]").input_value()
    page.evaluate(PASTE, ["z0-organisation", BLOCK])
    note = page.locator("[data-paste]")
    assert note.is_visible()
    assert "Zellen werden gefüllt" in note.inner_text()
    assert page.locator("td.is-new").count() > 15
    assert page.locator("[name=z7-organisation]").input_value() == "Kreistag"
    page.keyboard.press("Escape")
    assert not note.is_visible()
    assert page.locator("[name=z0-organisation]").input_value() == before
    assert page.locator("[name=z7-organisation]").count() == 0

    page.evaluate(PASTE, ["z1-organisation", BLOCK])
    page.locator("main .actions button[type=submit]").click()
    assert note.is_visible(), "nothing is sent before the block is taken or dropped"
    page.get_by_role("button", name="Übernehmen").click()
    assert page.locator("td.is-new").count() == 0
    save(page)
    rows = body.memberships.exclude(organisation="Alt").order_by("pk")
    assert [(row.organisation, row.kind, str(row.begin or "")) for row in rows][:3] == [
        ("Jugendamt", "appointed", "2018"),
        ('Träger der "Hilfe"', "chair", "August 2017"),
        ("Kreistag", "guest", ""),
    ]
    assert rows.count() == 8
    page.close()


def test_what_does_not_fit_a_choice_is_left_out_and_counted(portal, body):
    page = open_table(portal, body, "mitglieder", script=True)
    page.evaluate(PASTE, ["z0-organisation", "Jugendamt\tKaiser\nKreistag\tBERUFEN"])
    assert "1 passt nicht und bleibt weg" in page.locator("[data-paste]").inner_text()
    page.get_by_role("button", name="Übernehmen").click()
    assert values(page, "kind", (0, 1)) == ["", "appointed"]
    page.evaluate(PASTE, ["z0-organisation", "Amt\n" * 450])
    assert "50 passen nicht und bleiben weg" in page.locator("[data-paste]").inner_text()
    page.get_by_role("button", name="Verwerfen").click()
    assert page.locator("[name=zeilen]").input_value() == "6"
    page.evaluate(PASTE, ["z0-organisation", "Einzeln"])
    assert not page.locator("[data-paste]").is_visible()
    page.close()


def test_numbers_of_two_years_are_pasted_beside_new_criteria(portal):
    measure = make(Measure, portal.cast.home, full=False, title="Maßnahme der Tabelle")  # without an end
    page = open_table(portal, measure, "qualitaetskriterien", script=True)
    page.locator("[name=j0]").fill("2018")
    page.locator("[name=j1]").fill("2019")
    page.evaluate(
        PASTE, ["z0-title", "Familien\tOutput\tPersonen\t\t100\t97,5\t1100\t\nBeratungen\tinput\tZahl\t3\t5\t6\t7\t8"]
    )
    page.get_by_role("button", name="Übernehmen").click()
    save(page)
    found = CriterionValue.objects.filter(criterion__measure=measure).order_by("criterion", "year")
    assert [(value.year, float(value.target), value.actual and float(value.actual)) for value in found] == [
        (2018, 100, 97.5),
        (2019, 1100, None),
        (2018, 5, 6),
        (2019, 7, 8),
    ]
    page.close()
