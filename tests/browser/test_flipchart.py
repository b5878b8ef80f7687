"""After the conference: sixty pasted lines become eight needs in a few moves; lines sorted by keyboard; a session."""

import pytest
from django.db.models import F

from participation.models import Body, BodyMembership, Event, Finding, Session
from planning.models import ActionField, Need
from records.domain.saving import create_record
from tests.browser.portal import follow
from tests.factories import make

pytestmark = pytest.mark.browser
FIELDS = (
    "Steuerung, Vernetzung, Nachhaltigkeit",
    "Vereinbarkeit von Familie und Beruf, Mobilität",
    "Bildung im familiären Umfeld",
    "Beratung, Unterstützung und Information",
    "Wohnumfeld und Lebensqualität",
    "Dialog der Generationen",
)
CHARTS = """
Handlungsfeld 1
- Vereine wissen nichts voneinander (6)
- Ein fester Ansprechpartner im Landratsamt (9)
- Ergebnisse der Konferenz auch wirklich zurückmelden (11)
- Ehrenamtskarte bekannter machen (3)
- Termine der Gemeinden abstimmen (4)
- Runder Tisch zweimal im Jahr (5)
- Anträge auf Förderung sind zu kompliziert (8)
- Bürgermeister früher einbeziehen (2)

Handlungsfeld 2: Mobilität
1. Bus fährt nach 16 Uhr nicht mehr (14)
2. Rufbus nur mit Anmeldung am Vortag, zu kompliziert (8)
3. Fahrt zur Beratungsstelle dauert hin und zurück einen halben Tag (11)
4. Mitfahrbank gibt es, kennt aber niemand (3)
5. Mehr Platz für Kinderwagen im Bus (3)
6. Kein Bus am Wochenende (10)
7. Kita schließt um 16.30 Uhr, Schicht endet um 18 Uhr (9)
8. Babysitter über den Verein vermitteln (2)
9. Ferienbetreuung reicht nicht für sechs Wochen (12)
10. Arbeitgeber fragen nicht nach Familie (5)
11. Hort nur bis zur 4. Klasse (6)
12. Betriebe könnten Kita-Plätze mitfinanzieren (1)

Bildung:
• Elternkurse auch am Abend 6 Punkte
• Eltern-Kind-Gruppe nur in der Kreisstadt 9 P.
• Bücherbus kommt nicht mehr 4 Punkte
• Nachhilfe ist zu teuer 7 Punkte
• Vorlesepaten gesucht 3 Punkte
• Schwimmkurse mit langer Wartezeit 8 Punkte
• Musikschule unerreichbar ohne Auto 5 Punkte
• Schulsozialarbeit muss bleiben, 5. Klasse besonders 10 Punkte

4 Beratung, Unterstützung und Information
Beratung muss in die Dörfer kommen (12)
Wer hilft bei Anträgen auf Pflege? (7)
Ein Heft mit allen Angeboten, auch auf Papier (10)
Internetseite des Kreises ist unübersichtlich (6)
Hebammen fehlen (9)
Schuldnerberatung: drei Monate Wartezeit (5)
Pflegestützpunkt wäre gut (8)
Sprechstunde im Rathaus einmal im Monat (4)
Hilfe beim Ausfüllen von Formularen (3)
Pflegende Angehörige brauchen Pausen (11)
Kurzzeitpflege: kein Platz (7)
Demenz ist ein Tabu im Dorf (2)

Wohnumfeld:
Gehweg zum Arzt ohne Bordsteinabsenkung •••••
Spielplatz auch für größere Kinder ••••
Treffpunkt fehlt, wenn die Gaststätte zu ist •••••••
Jugendclub nur freitags offen ••••••
Barrierefreie Wohnungen fehlen ••••••••
Dorfladen hat zugemacht •••••••••
Kein Arzt im Ort ••••••••••
Straßenlampen gehen um 22 Uhr aus ••
Bänke am Friedhof •
Radweg an der Landstraße ••••••

Dialog der Generationen
Großeltern und Kinder kochen zusammen, soll bleiben [6]
Raum für Vereine im alten Schulhaus [9]
Nachbarschaftshilfe braucht einen Ort [4]
Handy-Hilfe von Jugendlichen für Ältere [7]
Leih-Oma gesucht [3]
Feste wieder gemeinsam feiern [5]
Zeitzeugen in die Schule [2]
Garten hinter der Kirche gemeinsam nutzen [4]
Nachbarschaftshilfe braucht einen Ort
Seniorenkreis sucht Nachwuchs [1]
Wunschgroßeltern vermitteln [2]
"""


class Hands:
    """Counts what a person does: a click, a key, one typing or pasting into a field."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, control, **options):
        self.count += 1
        control.click(**options)

    def follow(self, control):
        self.count += 1
        follow(control)

    def type(self, control, text):
        self.count += 1
        control.fill(text)

    def form_need(self, title=""):
        """The button, with a title of one's own or the one that stands there; waits for the page to be ready again."""
        if title:
            self.type(self.page.get_by_label("Titel des Bedarfs"), title)
        key = self.page.locator("[name=bedarf-form_key]").input_value()
        self.click(self.page.get_by_role("button", name="Bedarf anlegen"))
        self.page.locator(f"[name=bedarf-form_key]:not([value='{key}'])").wait_for(state="attached")


@pytest.fixture(scope="module")
def catalogue(portal):
    """Six fields of action with the numbers one to six; those of other tests step aside."""
    ActionField.objects.update(number=F("number") + 40)
    return [make(ActionField, None, number=n, title=title, full=False) for n, title in enumerate(FIELDS, start=1)]


def group(page, title):
    return page.get_by_role("region", name=title, exact=False)


def line(page, text):
    return page.get_by_role("checkbox", name=text, exact=True)


def test_sixty_lines_become_eight_needs_in_fewer_than_25_moves(portal, catalogue):
    event = make_event(portal, "Regionalkonferenz West")
    page = portal.page(script=True)
    page.goto(f"/{portal.cast.home.slug}/veranstaltungen/{event.pk}/")
    hands, before = Hands(page), Need.objects.count()

    hands.follow(page.get_by_role("link", name="Flipchart-Zeilen einfügen"))
    hands.type(page.get_by_label("Eine Aussage je Zeile"), CHARTS.strip())
    hands.follow(page.get_by_role("button", name="Zeilen ansehen"))
    hands.follow(page.get_by_role("button", name="Zeilen speichern und sortieren"))
    assert "60 Zeilen erkannt · 6 Überschriften · 5 leer · 1 doppelt (Zeile 70)" in page.locator("main").inner_text()

    for title, last in (
        ("1 Steuerung", ""),
        ("2 Vereinbarkeit", "Kein Bus am Wochenende"),
        ("2 Vereinbarkeit", ""),
        ("3 Bildung", ""),
        ("4 Beratung", "Hilfe beim Ausfüllen von Formularen"),
        ("4 Beratung", ""),
        ("5 Wohnumfeld", ""),
        ("6 Dialog", ""),
    ):
        if last:
            hands.click(line(page, last), modifiers=["Shift"])
        else:
            hands.click(group(page, title).get_by_role("button", name="markieren"))
        hands.form_need({"1 Steuerung": "Verlässliche Abstimmung im Landkreis"}.get(title, ""))

    assert hands.count < 25, hands.count
    needs = Need.objects.order_by("pk")[before:]
    assert [(need.title, need.findings.count()) for need in needs] == [
        ("Verlässliche Abstimmung im Landkreis", 8),
        ("Bus fährt nach 16 Uhr nicht mehr", 6),
        ("Ferienbetreuung reicht nicht für sechs Wochen", 6),
        ("Schulsozialarbeit muss bleiben, 5. Klasse besonders", 8),
        ("Beratung muss in die Dörfer kommen", 9),
        ("Pflegende Angehörige brauchen Pausen", 3),
        ("Kein Arzt im Ort", 10),
        ("Raum für Vereine im alten Schulhaus", 10),
    ]
    assert [need.action_fields.get() for need in needs] == [catalogue[n - 1] for n in (1, 2, 2, 3, 4, 4, 5, 6)]
    assert Finding.objects.filter(event=event, needs__in=needs).count() == 60
    assert page.get_by_role("button", name="Rückgängig machen").is_visible()
    page.close()


def make_event(portal, title):
    return make(Event, portal.cast.home, title=title, kind="regional_conference", full=False)


def sort_page(portal, event):
    page = portal.page(script=True)
    page.goto(f"/{portal.cast.home.slug}/erkenntnisse/sortieren/?veranstaltung={event.pk}")
    return page


def test_lines_are_sorted_by_keyboard_and_nothing_is_lost_without_network(portal, catalogue):
    event = make_event(portal, "Werkstatt")
    bus, doctor, shop, meeting = (
        create_record(Finding(municipality=portal.cast.home, text=text, origin="event", event=event), actor=None)
        for text in ("Bus fehlt", "Arzt fehlt", "Laden fehlt", "Treff fehlt")
    )
    page = sort_page(portal, event)
    state = page.locator("[data-state]")
    assert line(page, "Bus fehlt").evaluate("box => box === document.activeElement"), "the first line waits for a key"
    page.keyboard.press("2")
    page.get_by_text("✓ gespeichert").wait_for()
    assert group(page, "2 Vereinbarkeit").get_by_text("Bus fehlt").is_visible()
    assert line(page, "Arzt fehlt").evaluate("box => box === document.activeElement")
    assert field_of(bus) == catalogue[1]

    page.route("**/sortieren/**", lambda route: route.abort())
    line(page, "Treff fehlt").check()
    line(page, "Arzt fehlt").focus()
    page.keyboard.press("5")
    page.keyboard.press("5")
    page.get_by_text("Nicht gespeichert. Neuer Versuch folgt").wait_for()
    assert field_of(doctor) is None
    page.unroute("**/sortieren/**")
    page.get_by_text("✓ gespeichert").wait_for()
    assert (field_of(doctor), field_of(shop), field_of(meeting)) == (catalogue[4], catalogue[4], None), (
        "not the marked one"
    )

    page.keyboard.press("r")
    page.locator("[data-open]", has_text="2").wait_for()
    page.get_by_text("✓ gespeichert").wait_for()
    assert (field_of(doctor), field_of(shop)) == (catalogue[4], None)
    assert state.inner_text() == "✓ gespeichert"
    assert page.locator("[data-said]").inner_text() == "Rückgängig: „Laden fehlt“, gespeichert"
    page.close()


def field_of(finding):
    finding.refresh_from_db()
    return finding.action_field


def test_members_follow_the_body_and_rows_are_added_while_everything_typed_stays(portal):
    home = portal.cast.home
    body = make(Body, home, title="Beirat für Familien", full=False)
    seat = BodyMembership(municipality=home, body=body, organisation="Jugendamt Mitte", kind="appointed")
    create_record(seat, actor=None)
    page = portal.page(script=True)
    page.goto(f"/{home.slug}/sitzungen/nacherfassen/")
    page.get_by_label("Ort").fill("Sondershausen")
    page.get_by_label("Gremium").select_option(label="Beirat für Familien")
    page.get_by_label("Jugendamt Mitte").check()
    page.get_by_label("Aufgabe, Zeile 1").fill("Einladen")
    page.get_by_role("button", name="Weitere Zeilen").click()
    page.get_by_label("Fällig, Zeile 10").fill("bald")
    page.locator("[name=held_on_day]").fill("17.08.2016")
    page.get_by_label("Phase").select_option("needs")
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.locator(".actions button").click()
    page.get_by_label("Fällig, Zeile 10").fill("")
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.locator(".actions button").click()
    session = Session.objects.get(body=body)
    assert (session.title, session.place, list(session.attending_members.all())) == (
        "1. Sitzung",
        "Sondershausen",
        [seat],
    )
    assert [task.title for task in session.tasks.all()] == ["Einladen"]
    page.close()
