"""One page of every type, one line for each: who opens it, where, and what is done there before it is judged.

A new type of page is one more line; everything in tests/browser/test_accessibility.py then holds for it.
"""

from collections.abc import Callable
from datetime import date

from django.http import QueryDict
from playwright.sync_api import Page

from accounts.domain.invitations import invite, token_of, withdraw
from accounts.enums import Role
from accounts.models import RoleAssignment
from overview.domain.barriers import report_barrier
from planning.enums import Phase
from plans.all_plans.jobs import ask_for_export, cancel_export
from plans.models import Plan
from records.domain.drafts import keep_draft
from tests.browser.money_pages import MONEY_PAGES
from tests.browser.open_pages import (
    SECRET,
    event_page,
    furnish_open,
    list_page,
    questionnaire_page,
    survey_page,
)
from tests.browser.page_type import PageType, Place, record
from tests.browser.plan_lives import FIRST_YEAR, furnish_lives
from tests.browser.portal import Portal, follow, main_form, save
from tests.cast import make_person
from tests.exchange.statistics_files import ffcsv, row
from tests.factories import related


def furnish(portal: Portal) -> None:
    """What the pages need besides one record of every kind."""
    portal.records["plan"] = related(Plan, portal.cast.home, "Vorhanden")
    portal.records["export"] = ask_for_export(year=portal.records["plan"].year, with_drafts=True, actor=None)
    cancel_export(export=portal.records["export"], actor=None)
    portal.records["barrier"] = report_barrier(page="/", description="Zu kleine Schrift", contact="0361 1234")
    home = portal.cast.home
    path, typed = f"/{home.slug}/huerden/neu/", QueryDict("title=Getippt")
    keep_draft(actor=portal.cast.lead, municipality=home, path=path, data=typed, title="Hürde anlegen")
    person = make_person("zwei-orte", Role.ADVISER, portal.cast.home)
    RoleAssignment.objects.create(
        user=person, role=Role.ADVISER, municipality=portal.cast.away, valid_from=date(2016, 1, 1)
    )
    portal.guests["two_places"] = person
    portal.guests["invited"] = make_person("eingeladen")
    over = invite(portal.guests["invited"], actor=portal.cast.admin)
    withdraw(portal.guests["invited"], actor=portal.cast.admin)
    portal.records |= {"over": over, "invitation": invite(portal.guests["invited"], actor=portal.cast.admin)}
    furnish_lives(portal)
    furnish_open(portal)


def plan(page: str, name: str = "plan") -> Place:
    """A page of a plan; „{remark}“ is the number of the remark on it."""

    def place(portal: Portal) -> str:
        found = portal.records[name]
        remark = portal.records.get(f"remark_{found.pk}")
        return f"{{home}}/plaene/{found.pk}/{page.replace('{remark}', str(remark.pk) if remark else '')}"

    return place


def controlling(page: str) -> Place:
    """A page of the controlling of the year in which the furnished measure begins."""

    def place(portal: Portal) -> str:
        measure = portal.records["measure"]
        return f"{{home}}/controlling/{measure.begin.year}/{page.replace('{measure}', str(measure.pk))}"

    return place


def below(name: str, word: str) -> Place:
    """The Eingabetabelle of what stands below a record of the furnished portal."""
    return lambda portal: f"{record(name, 'detail')(portal)}tabelle/{word}/"


def invitation(name: str) -> Place:
    """The page behind the link of an invitation."""
    return lambda portal: f"/konto/einladung/{token_of(portal.records[name])}/"


def role(page: str) -> Place:
    """A page of the planner's role."""

    def place(portal: Portal) -> str:
        held = RoleAssignment.objects.get(user=portal.cast.planner)
        return f"/konto/personen/{held.user_id}/rollen/{held.pk}/{page}"

    return place


def send_wrong_grid(page: Page) -> None:
    """Send an Eingabetabelle with a row that lacks something and a year that is none."""
    page.locator("[name=z1-unit]").fill("Plätze")
    page.locator("[name=z1-j0-target]").fill("viele")
    save(page)


def send_asked_grid(page: Page) -> None:
    """Send a row that hardly can be: the table comes back with a question and the box that answers it."""
    page.locator("[name=z1-organisation]").fill("Jugendamt")
    page.locator("[name=z1-kind]").select_option("appointed")
    page.locator("[name=z1-begin]").fill("1990")
    save(page)
    assert page.get_by_label("So ist es richtig").is_visible()


def send_empty(page: Page) -> None:
    """Send a form with nothing in it: every required field is missing."""
    for box in main_form(page).locator("input[type=text]:visible, textarea:visible").all():
        box.fill("")
    save(page)


def send_stale(page: Page) -> None:
    """Send a form that somebody else has overtaken: both versions side by side."""
    main_form(page).locator("[name=title]").fill("Meine Fassung")
    page.locator("main [name=version]").evaluate("field => field.value = 0")
    save(page)
    assert page.get_by_role("alert").get_by_role("table").is_visible()


def send_unlikely(page: Page) -> None:
    """Send a year that lies ahead: the form comes back with a question and the box that answers it."""
    main_form(page).locator("[name=year]").fill("2098")
    save(page)
    assert page.get_by_label("So ist es richtig").is_visible()


def send_twice(page: Page) -> None:
    """Send a form, open it anew and send the same again."""
    address = page.url
    for _ in range(2):
        page.goto(address)
        main_form(page).locator("[name=title]").fill("Zweimal gesendet")
        save(page)
    assert page.get_by_role("heading", name="Schon gespeichert").is_visible()


def press(name: str) -> Callable[[Page], None]:
    """Press a button that answers with another page."""
    return lambda page: follow(page.locator("main").get_by_role("button", name=name))


def open_menus(page: Page) -> None:
    """Everything that folds is open: menus of the header, filters, help."""
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")


def mark_rows(page: Page) -> None:
    """Mark everything on the page and open the choices of the bar."""
    page.locator("main .bulk .all input").check()
    page.locator("main .bulk .drop > summary").first.click()


def send_bulk_without_value(page: Page) -> None:
    """A change of marked rows that is refused: the list comes back with the reason."""
    mark_rows(page)
    follow(page.locator("main .bulk .drop button").first)


def delete_marked(page: Page) -> None:
    """Ask for the deletion of everything on the page: some would go with their parts, others stay."""
    page.locator("main .bulk .all input").check()
    follow(page.locator("main .bulk").get_by_role("button", name="Löschen …"))


def read_in(page: Page) -> None:
    """Show what a table would change: one row that fits and one that does not."""
    rows = "Träger;Art\r\nNeuer Träger;Kirche\r\nAnderer Träger;gibt es nicht\r\n"
    table = {"name": "liste.csv", "mimeType": "text/csv", "buffer": rows.encode("utf-8-sig")}
    page.locator("main [type=file]").set_input_files(table)
    follow(page.get_by_role("button", name="Vorschau zeigen"))


def read_statistics(page: Page) -> None:
    """Show what a table of the statistics would change: two combinations that have no Kennzahl yet."""
    rows = ffcsv(row("71738"), row("35661", sex="GESM"), row("9", area="09162"))
    page.locator("main [type=file]").set_input_files({"name": "t.csv", "mimeType": "text/csv", "buffer": rows})
    follow(page.get_by_role("button", name="Vorschau zeigen"))


PAGES = (
    PageType("start", "planner", "{home}/"),
    PageType("waiting", "planner", "/posteingang/"),
    PageType("start-without-cycle", "foreign_planner", "{empty}/", again=True),
    PageType("menus-open", "adviser", "{home}/", act=open_menus),
    PageType("chooser", "two_places", "/", again=True),
    PageType("list", "planner", "{home}/bedarfe/"),
    PageType("list-filtered", "planner", "{home}/bedarfe/?q=Vorhanden&luecke=ohne-ziel", again=True),
    PageType("list-without-hits", "planner", "{home}/bedarfe/?q=xyz"),
    PageType("list-marked", "planner", "{home}/bedarfe/", act=mark_rows),
    PageType("list-refused", "planner", "{home}/bedarfe/", act=send_bulk_without_value, again=True),
    PageType("list-deleted", "planner", "{home}/sitzungen/", act=delete_marked),
    PageType("import", "planner", "{home}/traeger/einlesen/", again=True),
    PageType("import-preview", "planner", "{home}/traeger/einlesen/", act=read_in),
    PageType("statistics-preview", "ministry", "/programm/kennzahlen/einlesen/", act=read_statistics),
    PageType("data-gaps", "planner", "{home}/datenluecken/?q=xyz", again=True),
    PageType("drafts", "lead", "/konto/entwuerfe/"),
    PageType("draft-offered", "lead", "{home}/huerden/neu/"),
    PageType("flipchart", "planner", "{home}/erkenntnisse/flipchart/"),
    PageType("flipchart-errors", "planner", "{home}/erkenntnisse/flipchart/", act=press("Zeilen ansehen"), again=True),
    PageType("findings-sorted", "planner", "{home}/erkenntnisse/sortieren/"),
    PageType("session-caught-up", "planner", "{home}/sitzungen/nacherfassen/"),
    PageType("session-errors", "planner", "{home}/sitzungen/nacherfassen/", act=send_empty, again=True),
    PageType("grid-members", "planner", below("body", "mitglieder")),
    PageType("grid-errors", "planner", below("measure", "qualitaetskriterien"), act=send_wrong_grid),
    PageType("grid-asked", "planner", below("body", "mitglieder"), act=send_asked_grid, again=True),
    PageType("grid-attendance", "planner", below("event", "teilnehmende"), again=True),
    PageType("grid-figures", "planner", "{home}/kennzahlenwerte/tabelle/", again=True),
    PageType("list-empty", "foreign_planner", "{empty}/angebote/", again=True),
    PageType("list-read-only", "ministry", "{home}/massnahmen/", again=True),
    PageType("detail-need", "planner", record("need", "detail"), again=True),
    PageType("detail-measure", "planner", record("measure", "detail")),
    PageType("detail-body", "adviser", record("body", "detail")),
    PageType("detail-catalogue", "ministry", record("steptemplate", "detail"), again=True),
    PageType("create-need", "planner", "{home}/bedarfe/neu/"),
    PageType("create-session", "planner", "{home}/sitzungen/neu/", again=True),
    PageType("create-errors", "planner", "{home}/kennzahlenwerte/neu/", act=send_empty),
    PageType("update-asked", "planner", record("indicatorvalue", "update"), act=send_unlikely),
    PageType("sent-twice", "planner", "{home}/zielgruppen/neu/", act=send_twice),
    PageType("update", "planner", record("measure", "update")),
    PageType("conflict", "planner", record("hurdle", "update"), act=send_stale),
    PageType("delete", "planner", record("hurdle", "delete"), again=True),
    PageType("delete-refused", "planner", record("provider", "delete"), again=True),
    PageType("delete-with-parts", "planner", record("session", "delete"), again=True),
    PageType("history", "planner", record("need", "history")),
    PageType("assign", "planner", lambda portal: f"{record('need', 'detail')(portal)}zuordnen/goals/"),
    PageType("phase", "planner", f"{{home}}/phasen/{Phase.MANDATE.slug}/"),
    PageType("phase-read-only", "ministry", f"{{home}}/phasen/{Phase.NEEDS.slug}/", again=True),
    PageType("steps-of-catalogue", "planner", "{home}/schritte/katalog/"),
    PageType("cycle-continue", "planner", lambda portal: f"{record('planningcycle', 'detail')(portal)}fortschreiben/"),
    PageType("phase-help", "planner", f"{{home}}/phasen/{Phase.NEEDS.slug}/hilfe/", again=True),
    PageType("goals", "planner", "{home}/ziele/baum/", again=True),
    PageType("goals-empty", "foreign_planner", "{empty}/ziele/baum/", again=True),
    PageType("goal-renamed", "planner", lambda portal: f"{{home}}/ziele/baum/?umbenennen={portal.records['goal'].pk}"),
    PageType(
        "goal-moved",
        "planner",
        lambda portal: f"{{home}}/ziele/baum/?verschieben={portal.records['goal'].pk}",
        again=True,
    ),
    PageType("goal-of-need", "planner", lambda portal: f"{record('need', 'detail')(portal)}ziel/", again=True),
    PageType("measure-of-goal", "planner", lambda portal: f"{record('goal', 'detail')(portal)}massnahme/"),
    PageType("search", "planner", "{home}/suche/?q=Vorhanden"),
    PageType("search-without-hits", "planner", "{home}/suche/?q=xyz", again=True),
    PageType("search-programme", "ministry", "/programm/suche/?q=Kyff", again=True),
    PageType("controlling-year", "planner", controlling("")),
    PageType("controlling-read-only", "ministry", controlling(""), again=True),
    PageType("controlling-measure", "planner", controlling("massnahmen/{measure}/")),
    PageType("controlling-goals", "planner", controlling("ziele/")),
    PageType("controlling-needs", "planner", controlling("bedarfe/"), again=True),
    PageType("report", "planner", record("report", "detail")),
    PageType("thread", "planner", "{home}/roter-faden/"),
    PageType("coverage", "planner", "{home}/abgleich/"),
    PageType("participation", "planner", "{home}/beteiligung/"),
    PageType("figures", "planner", "{home}/kennzahlen-verlauf/"),
    PageType("checks", "planner", "{home}/plausibilitaet/"),
    PageType("checks-hints", "ministry", "{home}/plausibilitaet/?wirkung=hinweis", again=True),
    PageType("checks-empty", "foreign_planner", "{empty}/plausibilitaet/", again=True),
    PageType("timeline", "planner", "{home}/zeitstrahl/"),
    PageType("timeline-drawing", "planner", "{home}/zeitstrahl/?ansicht=grafik"),
    PageType("timeline-empty", "foreign_planner", "{empty}/zeitstrahl/", again=True),
    PageType("advice", "adviser", "/begleitung/"),
    PageType("advice-year", "adviser", f"/begleitung/{date.today().year}/", again=True),
    PageType("hint", "planner", record("hint", "detail"), again=True),
    PageType("hint-given", "adviser", lambda portal: f"{{home}}/hinweise/neu/?zu=need/{portal.records['need'].pk}"),
    PageType("exchange", "planner", "{home}/austausch/"),
    PageType("exchange-durations", "planner", "{home}/austausch/dauer/", again=True),
    PageType("exchange-network", "planner", "{home}/austausch/netzwerk/", again=True),
    PageType("experience", "planner", record("experience", "detail")),
    PageType("network-event", "planner", record("networkevent", "detail"), again=True),
    PageType("questions", "planner", "{home}/austausch/fragen/", again=True),
    PageType("question-asked", "planner", "{home}/austausch/fragen/neu/", again=True),
    PageType("ministry", "ministry", "/ministerium/"),
    PageType("ministry-by-region", "ministry", "/ministerium/?ordnung=region", again=True),
    PageType("design", "ministry", "/gestaltung/"),
    PageType("plans", "planner", "{home}/plaene/"),
    PageType("plan", "planner", plan("")),
    PageType("plan-chapter", "planner", plan("kapitel/bedarf/")),
    PageType("plan-day", "planner", plan("bearbeiten/"), again=True),
    PageType("plan-propose", "planner", plan("schritt/vorlegen/", "plan_drafted")),
    PageType("plan-release", "lead", plan("schritt/freigeben/", "plan_drafted"), again=True),
    PageType("plan-in-review", "ministry", plan("?kapitel=bedarf", "plan_in_review")),
    PageType("remark-of-lead", "lead", plan("anmerkungen/leitung/", "plan_drafted"), again=True),
    PageType("plan-review", "ministry", plan("zustaendigkeit/", "plan_in_review"), again=True),
    PageType("remark-write", "ministry", plan("anmerkungen/neu/", "plan_in_review")),
    PageType("remark-change", "ministry", plan("anmerkungen/{remark}/", "plan_in_review"), again=True),
    PageType("plan-approve", "ministry", plan("schritt/bewilligen/", "plan_in_review"), again=True),
    PageType("plan-returned", "planner", plan("?kapitel=bedarf", "plan_returned"), again=True),
    PageType("remark-answer", "planner", plan("anmerkungen/{remark}/antwort/", "plan_returned"), again=True),
    PageType("plan-published", "lead", plan("", "plan_published"), again=True),
    PageType("plan-version", "planner", plan("fassungen/1/?kapitel=bedarf", "plan_published")),
    PageType("plan-receipt", "planner", plan("fassungen/1/eingang/", "plan_published")),
    PageType("plans-compared", "planner", "{home}/plaene/vergleich/"),
    PageType("documents", "planner", "{home}/berichte/"),
    PageType("review", "ministry", f"/ministerium/plaene/?jahr={FIRST_YEAR + 1}"),
    PageType("review-all-years", "ministry", "/ministerium/plaene/?jahr=alle", again=True),
    PageType("deliveries", "ministry", f"/ministerium/lieferungen/?jahr={FIRST_YEAR + 1}"),
    PageType("figures", "ministry", "/ministerium/zahlen/?was=angebote&nach=lebensphase"),
    PageType("place", "ministry", "/ministerium/kommunen{home}/"),
    PageType("state-report", "ministry", "/ministerium/landesbericht/"),
    PageType("state-money", "ministry", "/ministerium/landeszuwendungen/?jahr=2018"),
    *MONEY_PAGES,
    PageType("public-home", "anonymous", "/"),
    PageType("open-data", "anonymous", "/oeffentlich/daten/"),
    PageType("public-event", "anonymous", event_page),
    PageType("public-survey", "anonymous", survey_page),
    PageType("questionnaire-open", "planner", questionnaire_page("")),
    PageType("asked-really", "planner", questionnaire_page(""), act=press("Jetzt beenden und auswerten")),
    PageType("questionnaire-words", "planner", questionnaire_page("sprache/?sprache=ar"), again=True),
    PageType("sign-up-code", "anonymous", f"/anmeldung/{SECRET}/"),
    PageType("sign-up-state", "anonymous", "/anmeldung/sitzt/"),
    PageType("sign-up-list", "planner", list_page),
    PageType("public", "anonymous", "/oeffentlich/"),
    PageType("public-place", "anonymous", "/oeffentlich{home}/", again=True),
    PageType("public-year", "anonymous", f"/oeffentlich{{home}}/{FIRST_YEAR + 3}/?kapitel=bedarf"),
    PageType("verification", "anonymous", "/pruefen/"),
    PageType("verification-errors", "anonymous", "/pruefen/", act=press("Prüfen"), again=True),
    PageType("login", "anonymous", "/anmelden/"),
    PageType("login-refused", "anonymous", "/anmelden/", act=press("Anmelden"), again=True),
    PageType("password-forgotten", "anonymous", "/konto/passwort-vergessen/"),
    PageType("account", "adviser", "/konto/"),
    PageType("mail-setting", "planner", "/konto/e-mails/"),
    PageType("calendar-link", "planner", "/konto/kalender/", act=press("Link erzeugen")),
    PageType("activity", "admin", "/konto/aktivitaeten/"),
    PageType("anonymise", "admin", "/konto/personen/anonymisieren/"),
    PageType("password", "planner", "/konto/passwort/", act=press("Passwort ändern")),
    PageType("people", "admin", "/konto/personen/"),
    PageType("person", "admin", lambda portal: f"/konto/personen/{portal.cast.planner.pk}/", again=True),
    PageType("person-errors", "admin", "/konto/personen/neu/", act=press("Person speichern"), again=True),
    PageType("person-invited", "admin", lambda portal: f"/konto/personen/{portal.guests['invited'].pk}/"),
    PageType("invitation", "anonymous", invitation("invitation")),
    PageType("invitation-errors", "anonymous", invitation("invitation"), act=press("Passwort festlegen"), again=True),
    PageType("invitation-over", "anonymous", invitation("over"), 410, again=True),
    PageType("role", "admin", role("")),
    PageType("role-delete", "admin", role("loeschen/"), again=True),
    PageType("declaration", "anonymous", "/barrierefreiheit/"),
    PageType("barrier-report", "anonymous", "/barrierefreiheit/melden/?seite=/anmelden/"),
    PageType("barrier-errors", "anonymous", "/barrierefreiheit/melden/", act=press("Meldung senden"), again=True),
    PageType("barriers", "admin", "/konto/barrieren/"),
    PageType("barrier", "admin", lambda portal: f"/konto/barrieren/{portal.records['barrier'].pk}/"),
    PageType("exports", "admin", "/programm/ausgaben/"),
    PageType("export", "admin", lambda portal: f"/programm/ausgaben/{portal.records['export'].pk}/"),
    PageType("export-errors", "admin", "/programm/ausgaben/neu/", act=press("Pläne ausgeben"), again=True),
    PageType("privacy", "anonymous", "/datenschutz/"),
    PageType("imprint", "anonymous", "/impressum/"),
    PageType("refused", "planner", "/konto/personen/", 403),
    PageType("not-found", "planner", "{home}/bedarfe/999999/", 404),
)
