"""The main way of a planner, from conference and offer to the printed and proposed plan.

Without JavaScript, on a page of 320 pixels.
"""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from accounts.enums import Role
from planning.domain.cycle import start_cycle
from planning.models import Measure, Need, Offer
from tests.browser.narrow import clipped_controls
from tests.browser.portal import fill, follow, main_form, picture, save
from tests.cast import PASSWORD, another_municipality, make_person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LINES = "Bus fährt nach 16 Uhr nicht mehr (14)\n- Kein Bus am Wochenende (10)\n\nRufbus ist zu kompliziert (8)"


@pytest.fixture
def page(portal):
    """The window of a planner of a municipality that has nothing but a planning cycle."""
    place = another_municipality("Konferenzkreis")
    planner = make_person("planung-kon", Role.PLANNER, place)
    start_cycle(municipality=place, title="Planungszyklus 2017–2019", first_year=2017, last_year=2019, actor=planner)
    context = portal.browser.new_context(
        base_url=portal.url, java_script_enabled=False, locale="de-DE", viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto("/anmelden/")
    page.fill("[name=username]", planner.username)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("form:has([name=password]) button[type=submit]").first)
    yield page
    context.close()


def link(page, name: str) -> Any:
    return page.locator("main").get_by_role("link", name=name).first


def seen(page, name: str) -> None:
    """Nothing is wider than the page; where pictures are wanted, one is taken."""
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, name
    assert clipped_controls(page) == [], name
    picture(page, f"weg-320-{name}")


def button(page, name: str) -> Any:
    return page.locator("main").get_by_role("button", name=name, exact=True)


def printed_plan(page) -> str:
    """The words of the PDF of a new plan."""
    page.goto("/konferenzkreis/plaene/neu/")
    fill(page, {"year": "2018"})
    save(page)
    seen(page, "8-plan")
    with page.expect_download() as download:
        link(page, "Entwurf als PDF").click()
    sheets = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    return " ".join("\n".join(sheet.extract_text() for sheet in sheets).replace("\u00a0", " ").split())


def show_and_store(page):
    follow(button(page, "Zeilen ansehen"))
    follow(button(page, "Zeilen speichern und sortieren"))


def offer_entered(page):
    page.goto("/konferenzkreis/angebote/")
    seen(page, "0-angebote")
    follow(link(page, "Angebot anlegen"))
    fill(page, {"title": "Mobiles Familiencafé"})
    save(page)
    assert Offer.objects.filter(title="Mobiles Familiencafé").exists()
    seen(page, "0-gespeichert")


def conference_sorted(page):
    """The need that was made of its lines."""
    page.goto("/konferenzkreis/")
    follow(link(page, "Veranstaltung"))
    date = {"begin_precision": "D", "begin_day": "04.05.2017"}
    kind = {"kind": "regional_conference", "phase": "needs", "state": "held"}
    fill(page, {"title": "Regionalkonferenz West"} | kind | date)
    seen(page, "1-veranstaltung")
    save(page)

    follow(link(page, "Flipchart-Zeilen einfügen"))
    page.get_by_label("Eine Aussage je Zeile").fill(LINES)
    seen(page, "3-flipchart")
    show_and_store(page)
    assert "3 Zeilen erkannt" in page.locator("main").inner_text()
    for box in page.locator("main li input[type=checkbox]").all():
        box.check()
    page.get_by_label("Titel des Bedarfs").fill("Abends und am Wochenende mobil sein")
    seen(page, "4-sortieren")
    follow(button(page, "Bedarf anlegen"))

    need = Need.objects.get(title="Abends und am Wochenende mobil sein")
    assert [str(finding) for finding in need.findings.order_by("-weight")] == [
        "Bus fährt nach 16 Uhr nicht mehr",
        "Kein Bus am Wochenende",
        "Rufbus ist zu kompliziert",
    ]
    return need


def answered(page, need):
    """Goal and measure, each from the page before."""
    page.goto(f"/konferenzkreis/bedarfe/{need.pk}/")
    seen(page, "5-bedarf")
    follow(link(page, "Ziel bilden"))
    fill(page, {"title": "Alle kommen ohne Auto ans Ziel", "parent": "leitziel"})
    seen(page, "6-ziel")
    save(page)
    follow(link(page, "Alle kommen ohne Auto ans Ziel"))
    follow(link(page, "Maßnahme anlegen"))
    fill(page, {"title": "Rufbus bis 22 Uhr", "new_provider": "Verkehrsverein"})
    main_form(page).get_by_label("Handlungsfeld").select_option(index=1)
    seen(page, "7-massnahme")
    follow(main_form(page).get_by_role("button", name="Maßnahme anlegen", exact=True))
    measure = Measure.objects.get(title="Rufbus bis 22 Uhr")
    assert (list(measure.needs.all()), measure.provider.title) == ([need], "Verkehrsverein")


def checked_and_proposed(page):
    page.goto("/konferenzkreis/plausibilitaet/")
    seen(page, "9-pruefung")
    follow(link(page, "Integrierter Plan 2018"))
    follow(link(page, "Zur Freigabe geben"))
    seen(page, "10-zur-freigabe")
    follow(button(page, "Zur Freigabe geben"))
    seen(page, "11-liegt-vor")
    assert "liegt zur Freigabe vor" in page.locator("main").inner_text()


def test_a_conference_ends_as_a_measure_in_the_plan(page):
    offer_entered(page)
    answered(page, conference_sorted(page))
    printed = printed_plan(page)
    for words in (
        "Mobiles Familiencafé",
        "Regionalkonferenz West",
        "Kein Bus am Wochenende",
        "Abends und am Wochenende mobil sein",
        "Alle kommen ohne Auto ans Ziel",
        "Rufbus bis 22 Uhr",
        "Verkehrsverein",
    ):
        assert words in printed, words
    checked_and_proposed(page)
