"""A week of the programme without JavaScript: everybody finds the next task on the own start page, and nothing else.

Daily by requests alone, which is what a browser without JavaScript sends; with --long in the browser.
"""

import re
from datetime import timedelta
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.enums import Role
from accounts.models import User
from participation.enums import ExperienceAction, HintAction
from planning.models import Deadline, Hurdle, PlanningCycle
from plans.domain import freezing
from plans.enums import PlanState
from records.vague import VagueDate
from tests.browser.hands import Mouse
from tests.cast import PASSWORD, another_municipality, make_person
from tests.factories import make
from tests.funding.test_whole_case import Requests, text_of
from tests.plans.all_plans.plans import run_jobs
from tests.plans.life.released import make_plan, small_pdf
from tests.smtp import mail_server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACE = "Reihenkreis"
HOME, OFFICE, ADVICE, NEXT_DOOR = "/reihenkreis/", "/ministerium/", "/begleitung/", "/nachbarkreis/"
START = {"planner": HOME, "lead": HOME, "adviser": ADVICE, "ministry": OFFICE, "neighbour": NEXT_DOOR}
DEPUTY = {"deputy": HOME}  # arrives in the course of the week


class Week:
    """The hands of everybody, the plan, and what waited for them before the week began."""

    def __init__(self, portal, place, next_door, *, drawn):
        self.portal, self.place, self.drawn = portal, place, drawn
        roles = {"planner": Role.PLANNER, "lead": Role.LEAD, "adviser": Role.ADVISER}
        people = {name: make_person(f"{name}-rei", role, place) for name, role in roles.items()}
        people["neighbour"] = make_person("planung-nac", Role.PLANNER, next_door)
        self.people = people
        portal.guests |= {f"row_{name}": person for name, person in people.items()}
        names = {name: f"row_{name}" if name in people else name for name in (*START, "admin")}
        self.readers = {name: self.by_request(who) for name, who in names.items()}
        self.hands = {name: Mouse(portal.page(who)) if drawn else self.by_request(who) for name, who in names.items()}

    def by_request(self, who):
        client = Client()
        client.force_login(self.portal.guests.get(who) or getattr(self.portal.cast, who))
        return Requests(client)

    def close(self):
        for hands in self.hands.values() if self.drawn else ():
            hands.page.close()

    def links(self, who):
        """The last link of each row of the person's start page that is about the week, with the words of the row."""
        reader, start = self.readers[who], (START | DEPUTY).get(who, OFFICE)
        reader.go(start)
        rows = [row for row in reader.page.xpath("//main//*[@class]") if "wait" in row.get("class").split()]
        return [(row.xpath(".//a")[-1], text_of(row)) for row in rows if start != OFFICE or PLACE in text_of(row)]

    def rows(self, who):
        """What waits for the person, as the buttons of the start page say it."""
        return [re.sub(r":.*", "", text_of(link)) for link, _ in self.links(who)]

    def waits(self):
        """For whom the week has left what to do, nothing for all others."""
        found = {who: list(self.rows(who)) for who in START}
        for who, before in self.before.items():
            for label in before:
                found[who].remove(label)
        return {who: rows for who, rows in found.items() if rows}

    def open(self, who, task):
        """Open a task from the start page."""
        address = urlsplit(next(link.get("href") for link, told in self.links(who) if task in told))
        self.hands[who].start(f"{address.path}?{address.query}")
        return self.hands[who]

    def take(self, who, task, *others):
        """The only task of anybody, taken where it is found; ``others`` may take it as well."""
        assert self.waits() == {name: [task] for name in (who, *others)}
        press(self.open(who, task), task)


@pytest.fixture
def week(portal, request):
    """Releases cost milliseconds; the year is this one, its deadline ten days ahead."""
    place, year = another_municipality(PLACE), timezone.localdate().year
    found = Week(portal, place, another_municipality("Nachbarkreis"), drawn=request.config.getoption("--long"))
    cycle = make(PlanningCycle, place, full=False, first_year=year, last_year=year + 2)
    due = VagueDate(timezone.localdate() + timedelta(days=10))
    make(Deadline, None, full=False, title="Plan der Woche", year=year, due=due, for_plan=True)
    with mock.patch.object(freezing, "plan_pdf", small_pdf):
        found.plan = make_plan(place, year, cycle=cycle)
        found.hurdle = make(Hurdle, place, title="Kein Saal frei", full=False)
        found.before = {name: found.rows(name) for name in START}
        found.before_admin = found.rows("admin")
        yield found
        found.close()


@pytest.fixture
def server(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with mail_server(settings) as found:
        yield found


def press(hands, step):
    hands.send(step, **({"note": f"Begründung zu „{step}“"} if "note" in hands.names("note") else {}))


def put_forward(planner, own):
    planner.start(own)
    planner.step("Zur Freigabe geben")


def deliver():
    """The worker, for which the pauses between tries are over."""
    DBTaskResult.objects.filter(finished_at=None).update(run_after=timezone.now())
    run_jobs()


def hint_and_answer(week, own):
    """The adviser points out something at a chapter; the planner answers, the adviser settles it."""
    adviser = week.hands["adviser"]
    adviser.start(f"{own}?kapitel=bedarf")
    adviser.step("Hinweis geben", title="Beleg fehlt noch", text="Nennen Sie die Befragung.")
    assert week.waits() == {"planner": ["Beantworten"], "lead": ["Beantworten"]}
    planner = week.open("planner", "Beleg fehlt noch")
    if "answer" not in planner.names("answer"):
        planner.follow("Beantworten")
    planner.send("Beantworten", answer="Die Befragung ist ergänzt.")
    assert week.waits() == {"adviser": ["Antwort lesen"]}
    adviser = week.open("adviser", "Beleg fehlt noch")
    adviser.sees("Die Befragung ist ergänzt.")
    adviser.follow(str(HintAction.SETTLE.label))
    press(adviser, str(HintAction.SETTLE.label))
    assert week.waits() == {}


def hurdle_shared_and_found(week):
    """What the planner releases, the planner next door finds by its words, and nothing of the hurdle itself."""
    planner, neighbour = week.hands["planner"], week.hands["neighbour"]
    planner.start(f"{HOME}huerden/{week.hurdle.pk}/")
    planner.follow("Als Erfahrung aufschreiben")
    planner.send(
        "Erfahrung speichern",
        title="Konferenz ohne Saal",
        topic="hurdle",
        description="Im Freien.",
        helped="Zelte leihen.",
    )
    neighbour.start(f"{NEXT_DOOR}austausch/?q=zelte")
    assert "Konferenz ohne Saal" not in neighbour.words()
    planner.follow(str(ExperienceAction.RELEASE.label))
    press(planner, str(ExperienceAction.RELEASE.label))
    neighbour.start(f"{NEXT_DOOR}austausch/?q=zelte")
    neighbour.follow("Konferenz ohne Saal")
    neighbour.sees("Zelte leihen.")
    assert week.waits() == {}


def reminded(week, server, mail):
    """The deadline approaches: everybody who acts gets one mail; the Leitung wants the next ones at once."""
    lead = week.hands["lead"]
    lead.start("/konto/e-mails/")
    lead.send("Speichern", frequency="at_once")
    call_command("send_messages", verbosity=0)
    deliver()
    for who in ("planner", "lead"):
        (told,) = server.to(mail[who])
        assert f"Plan {week.plan.year} einreichen" in told.get_content()
        assert "in 10 Tagen" in told.get_content()
    assert server.to(mail["neighbour"]) != []


def somebody_arrives(week, server):
    """The administration lets a second planner in: the person gets a mail, sets a password, finds what waits."""
    admin, address = week.hands["admin"], "vertretung@example.org"
    admin.start("/konto/personen/neu/")
    admin.send("Person speichern", username="vertretung", display_name="Vertretung der Planung", email=address)
    admin.follow("Rolle anlegen")
    begin = f"{timezone.localdate():%d.%m.%Y}"
    admin.send("Rolle speichern", role=Role.PLANNER.value, municipality=str(week.place.pk), valid_from=begin)
    admin.send(f"Einladung an {address} senden")
    deliver()
    (letter,) = server.to(address)
    window = week.portal.new_window("anonymous", script=False) if week.drawn else None
    person = Mouse(window.new_page()) if window else Requests(Client())
    person.start(re.search(r"https?://[^/]+(/konto/einladung/\S+)", letter.get_content())[1])
    person.send("Passwort festlegen", new_password1=PASSWORD, new_password2=PASSWORD)
    person.start("/anmelden/")
    person.send("Anmelden", username="vertretung", password=PASSWORD)
    person.start(HOME)
    person.sees(PLACE)
    week.portal.guests["deputy"] = User.objects.get(username="vertretung")
    week.readers["deputy"] = week.by_request("deputy")
    assert week.rows("deputy") == week.rows("planner")
    if window:
        window.close()


def everything_is_on_record(week):
    """The administration finds who did and who read what in the municipality, and no word of it."""
    admin = week.readers["admin"]
    admin.go("/konto/aktivitaeten/?ort=reihenkreis&was=gelesen")
    told = text_of(admin.page.find(".//tbody"))
    assert "Funktion ministerium" in told
    assert "Funktion adviser-rei" in told
    admin.go("/konto/aktivitaeten/?ort=reihenkreis")
    told = text_of(admin.page.find(".//tbody"))
    assert "Erfahrung" in told
    for words in ("Kein Saal", "Konferenz ohne Saal", "Zelte", "Beleg fehlt"):
        assert words not in told
    assert week.rows("admin") == week.before_admin


def returned(week, own):
    """The ministry begins its review, writes a remark and gives the plan back."""
    ministry = week.hands["ministry"]
    week.take("ministry", "Prüfung beginnen")
    ministry.follow("Anmerkung schreiben")
    ministry.send("Anmerkung speichern", text="Bitte nennen Sie, wer berät.")
    assert week.waits() == {"ministry": ["Weiter prüfen"]}
    ministry.start(own)
    ministry.follow("Zurückgeben")
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
    put_forward(week.hands["planner"], own)
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
    assert "Begründung zu „Zurückgeben“" in week.hands["planner"].words()
    assert week.waits() == {who: ["Anmerkungen bearbeiten"] for who in ("planner", "lead")}
    put_forward(week.hands["planner"], own)
    week.take("lead", "Freigeben")
    week.take("planner", "Einreichen", "lead")
    week.take("ministry", "Prüfung beginnen")
    week.hands["ministry"].follow("Bewilligen")
    press(week.hands["ministry"], "Bewilligen")
    week.take("lead", "Veröffentlichen")
    hurdle_shared_and_found(week)
    nothing_is_told_twice(server)
    everything_is_on_record(week)
    week.plan.refresh_from_db()
    assert (week.plan.state, week.plan.edition) == (PlanState.PUBLISHED, 2)
    week.hands["neighbour"].start("/oeffentlich/reihenkreis/")
    week.hands["neighbour"].sees(str(week.plan.year))
