"""A week of the programme without JavaScript: everybody finds the next task on the own start page, and nothing else."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from lxml import html

from accounts.enums import Role
from participation.enums import ExperienceAction, HintAction
from planning.models import Deadline, Hurdle, PlanningCycle
from plans.domain import freezing
from plans.enums import PlanState
from records.vague import VagueDate
from tests.browser.portal import fill, follow, save, search
from tests.cast import PASSWORD, another_municipality, make_person
from tests.factories import make
from tests.plans.all_plans.plans import run_jobs
from tests.plans.life.released import make_plan, small_pdf
from tests.smtp import mail_server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACE = "Reihenkreis"
HOME, OFFICE, ADVICE, NEXT_DOOR = "/reihenkreis/", "/ministerium/", "/begleitung/", "/nachbarkreis/"
START = {"planner": HOME, "lead": HOME, "adviser": ADVICE, "ministry": OFFICE, "neighbour": NEXT_DOOR}


class Week:
    """The windows of everybody, the plan, and what waited for them before the week began."""

    def __init__(self, portal, place, next_door):
        self.portal, self.place = portal, place
        roles = {"planner": Role.PLANNER, "lead": Role.LEAD, "adviser": Role.ADVISER}
        people = {name: make_person(f"{name}-rei", role, place) for name, role in roles.items()}
        people["neighbour"] = make_person("planung-nac", Role.PLANNER, next_door)
        self.people = people
        portal.guests |= {f"row_{name}": person for name, person in people.items()}
        self.pages = {name: portal.page("ministry" if name == "ministry" else f"row_{name}") for name in START}
        self.pages["admin"] = portal.page("admin")
        self.before = {name: self.rows(name) for name in START}

    def is_of_week(self, who, told):
        """Whether a row of the person's start page is about the municipality of the week."""
        return START.get(who, OFFICE) != OFFICE or PLACE in told

    def rows(self, who):
        """What waits for the person, as the buttons of the start page say it; read without drawing the page."""
        page = html.fromstring(self.pages[who].request.get(START.get(who, OFFICE)).text())
        rows = [row for row in page.xpath("//main//*[@class]") if "wait" in row.get("class").split()]
        labels = [row.xpath(".//a")[-1].text_content() for row in rows if self.is_of_week(who, row.text_content())]
        return [re.sub(r":.*", "", label) for label in labels]

    def waits(self):
        """For whom the week has left what to do, nothing for all others."""
        found = {who: list(self.rows(who)) for who in START}
        for who, before in self.before.items():
            for label in before:
                found[who].remove(label)
        return {who: rows for who, rows in found.items() if rows}

    def open(self, who, task):
        """Open a task from the start page."""
        self.pages[who].goto(START[who])
        rows = self.pages[who].locator("main .wait").filter(has_text=task)
        follow((rows.filter(has_text=PLACE) if START[who] == OFFICE else rows).locator("a").last)
        return self.pages[who]

    def take(self, who, task, *others):
        """The only task of anybody, taken where it is found; ``others`` may take it as well."""
        assert self.waits() == {name: [task] for name in (who, *others)}
        press(self.open(who, task), task)


@pytest.fixture
def week(portal):
    """Releases cost milliseconds; the year is this one, its deadline ten days ahead."""
    place, year = another_municipality(PLACE), timezone.localdate().year
    found = Week(portal, place, another_municipality("Nachbarkreis"))
    cycle = make(PlanningCycle, place, full=False, first_year=year, last_year=year + 2)
    due = VagueDate(timezone.localdate() + timedelta(days=10))
    make(Deadline, None, full=False, title="Plan der Woche", year=year, due=due, for_plan=True)
    with mock.patch.object(freezing, "plan_pdf", small_pdf):
        found.plan = make_plan(place, year, cycle=cycle)
        found.hurdle = make(Hurdle, place, title="Kein Saal frei", full=False)
        found.before = {name: found.rows(name) for name in START}
        found.before_admin = found.rows("admin")
        yield found
        for page in found.pages.values():
            page.close()


@pytest.fixture
def server(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with mail_server(settings) as found:
        yield found


def press(page, step):
    if page.locator("[name=note]").count():
        page.fill("[name=note]", f"Begründung zu „{step}“")
    follow(page.locator("main form").get_by_role("button", name=step, exact=True))


def way(page, step):
    """A step from the page of the plan."""
    follow(page.locator("main").get_by_role("link", name=step, exact=True).first)


def put_forward(planner, own):
    planner.goto(own)
    way(planner, "Zur Freigabe geben")
    press(planner, "Zur Freigabe geben")


def deliver():
    """The worker, for which the pauses between tries are over."""
    DBTaskResult.objects.filter(finished_at=None).update(run_after=timezone.now())
    run_jobs()


def hint_and_answer(week, own):
    """The adviser points out something at a chapter; the planner answers, the adviser settles it."""
    adviser = week.pages["adviser"]
    adviser.goto(f"{own}?kapitel=bedarf")
    way(adviser, "Hinweis geben")
    fill(adviser, {"title": "Beleg fehlt noch", "text": "Nennen Sie die Befragung."})
    follow(adviser.locator("main form.form .kern-btn--primary[type=submit]").first)
    assert week.waits() == {"planner": ["Beantworten"], "lead": ["Beantworten"]}
    planner = week.open("planner", "Beleg fehlt noch")
    if planner.locator("[name=answer]").count() == 0:
        way(planner, "Beantworten")
    planner.fill("[name=answer]", "Die Befragung ist ergänzt.")
    press(planner, "Beantworten")
    assert week.waits() == {"adviser": ["Antwort lesen"]}
    adviser = week.open("adviser", "Beleg fehlt noch")
    assert "Die Befragung ist ergänzt." in adviser.locator("main").inner_text()
    settle = str(HintAction.SETTLE.label)
    way(adviser, settle)
    press(adviser, settle)
    assert week.waits() == {}


def hurdle_shared_and_found(week):
    """What the planner releases, the planner next door finds by its words, and nothing of the hurdle itself."""
    planner, neighbour = week.pages["planner"], week.pages["neighbour"]
    planner.goto(f"{HOME}huerden/{week.hurdle.pk}/")
    way(planner, "Als Erfahrung aufschreiben")
    words = {"title": "Konferenz ohne Saal", "topic": "hurdle", "description": "Im Freien.", "helped": "Zelte leihen."}
    fill(planner, words)
    save(planner)
    search(neighbour, f"{NEXT_DOOR}austausch/", "zelte")
    assert "Konferenz ohne Saal" not in neighbour.locator("main").inner_text()
    way(planner, str(ExperienceAction.RELEASE.label))
    press(planner, str(ExperienceAction.RELEASE.label))
    search(neighbour, f"{NEXT_DOOR}austausch/", "zelte")
    follow(neighbour.locator("main").get_by_role("link", name="Konferenz ohne Saal"))
    assert "Zelte leihen." in neighbour.locator("main").inner_text()
    assert week.waits() == {}


def reminded(week, server, mail):
    """The deadline approaches: everybody who acts gets one mail; the Leitung wants the next ones at once."""
    lead = week.pages["lead"]
    lead.goto("/konto/e-mails/")
    lead.locator("[name=frequency][value=at_once]").check()
    follow(lead.locator("main form .kern-btn--primary[type=submit]").first)
    call_command("send_messages", verbosity=0)
    deliver()
    for who in ("planner", "lead"):
        (told,) = server.to(mail[who])
        assert f"Plan {week.plan.year} einreichen" in told.get_content()
        assert "in 10 Tagen" in told.get_content()
    assert server.to(mail["neighbour"]) != []


def somebody_arrives(week, server):
    """The administration lets a second planner in: the person gets a mail, sets a password, finds what waits."""
    admin, address = week.pages["admin"], "vertretung@example.org"
    admin.goto("/konto/personen/neu/")
    fill(admin, {"username": "vertretung", "display_name": "Vertretung der Planung", "email": address})
    follow(admin.locator("main form .kern-btn--primary[type=submit]").first)
    way(admin, "Rolle anlegen")
    begin = f"{timezone.localdate():%d.%m.%Y}"
    fill(admin, {"role": Role.PLANNER.value, "municipality": str(week.place.pk), "valid_from": begin})
    follow(admin.get_by_role("button", name="Rolle speichern"))
    follow(admin.get_by_role("button", name=f"Einladung an {address} senden"))
    deliver()
    (letter,) = server.to(address)
    window = week.portal.browser.new_context(base_url=week.portal.url, java_script_enabled=False)
    person = window.new_page()
    person.goto(re.search(r"https?://[^/]+(/konto/einladung/\S+)", letter.get_content())[1])
    fill(person, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    follow(person.get_by_role("button", name="Passwort festlegen"))
    person.goto("/anmelden/")
    person.fill("[name=username]", "vertretung")
    person.fill("[name=password]", PASSWORD)
    follow(person.locator("main form button[type=submit]").first)
    person.goto(HOME)
    assert len(person.locator("main .wait").all()) == len(week.rows("planner"))
    window.close()


def everything_is_on_record(week):
    """The administration finds who did and who read what in the municipality, and no word of it."""
    admin = week.pages["admin"]
    admin.goto("/konto/aktivitaeten/?ort=reihenkreis&was=gelesen")
    told = admin.locator("main tbody").inner_text()
    assert "Funktion ministerium" in told
    assert "Funktion adviser-rei" in told
    admin.goto("/konto/aktivitaeten/?ort=reihenkreis")
    told = admin.locator("main tbody").inner_text()
    assert "Erfahrung" in told
    for words in ("Kein Saal", "Konferenz ohne Saal", "Zelte", "Beleg fehlt"):
        assert words not in told
    assert week.rows("admin") == week.before_admin


def returned(week, own):
    """The ministry begins its review, writes a remark and gives the plan back."""
    ministry = week.pages["ministry"]
    week.take("ministry", "Prüfung beginnen")
    way(ministry, "Anmerkung schreiben")
    ministry.fill("[name=text]", "Bitte nennen Sie, wer berät.")
    follow(ministry.locator("main form.form .kern-btn--primary[type=submit]").first)
    assert week.waits() == {"ministry": ["Weiter prüfen"]}
    ministry.goto(own)
    way(ministry, "Zurückgeben")
    press(ministry, "Zurückgeben")


def everything_arrived(server, address):
    """What was told while the server was away comes when it is back, without a word of what was written."""
    server.mood = "takes"
    deliver()
    letters = "".join(told.get_content() for told in server.to(address))
    for words in ("Hinweis: Beleg fehlt noch", "Freigeben", "„Einreichen“", "„Zurückgeben“", "Anmerkung zum Kapitel"):
        assert words in letters, words
    assert "Bitte nennen Sie" not in letters


def nothing_is_told_twice(server):
    call_command("send_messages", verbosity=0)
    deliver()
    number = len(server.mails)
    call_command("send_messages", verbosity=0)
    deliver()
    assert len(server.mails) == number
    assert not [told for told in server.mails if "Zelte leihen" in told.as_string()]


def test_a_week_of_the_programme(week, server):
    own, mail = f"{HOME}plaene/{week.plan.pk}/", {name: person.email for name, person in week.people.items()}
    reminded(week, server, mail)
    somebody_arrives(week, server)
    hint_and_answer(week, own)
    server.mood = "hangs"
    put_forward(week.pages["planner"], own)
    deliver()
    week.take("lead", "Freigeben")
    week.take("planner", "Einreichen", "lead")
    assert len(server.to(mail["lead"])) == 1, "the server hangs, the portal does not"
    server.mood = "refuses"
    server.released.set()
    returned(week, own)
    deliver()
    assert len(server.to(mail["lead"])) == 1
    everything_arrived(server, mail["lead"])

    week.take("planner", "Nächste Fassung beginnen", "lead")
    assert "Begründung zu „Zurückgeben“" in week.pages["planner"].locator("main .note").first.inner_text()
    assert week.waits() == {who: ["Anmerkungen bearbeiten"] for who in ("planner", "lead")}
    put_forward(week.pages["planner"], own)
    week.take("lead", "Freigeben")
    week.take("planner", "Einreichen", "lead")
    week.take("ministry", "Prüfung beginnen")
    way(week.pages["ministry"], "Bewilligen")
    press(week.pages["ministry"], "Bewilligen")
    week.take("lead", "Veröffentlichen")
    hurdle_shared_and_found(week)
    nothing_is_told_twice(server)
    everything_is_on_record(week)
    week.plan.refresh_from_db()
    assert (week.plan.state, week.plan.edition) == (PlanState.PUBLISHED, 2)
    reader = week.pages["neighbour"]
    reader.goto("/oeffentlich/reihenkreis/")
    assert str(week.plan.year) in reader.locator("main").inner_text()
