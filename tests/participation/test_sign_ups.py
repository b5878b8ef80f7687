"""Registering for an announced event without account, by HTTP alone as a browser without JavaScript sends it."""

import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client

from participation.models import Event, EventAttendance, SignUp
from records.models import Batch
from records.vague import VagueDate
from tests.cast import EVERYBODY
from tests.factories import make
from tests.funding.applicant import CODE, words
from tests.html import read_form

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 15, 10, tzinfo=UTC)
OPEN = {
    "title": "Familienkonferenz",
    "begin": VagueDate(date(2026, 7, 4)),
    "starts_at": "10:00",
    "place": "Rathaus",
    "is_announced": True,
    "register_until": date(2026, 6, 30),
    "state": "planned",
}


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def event(cast, clock):
    return make(Event, cast.home, full=False, **OPEN | {"seats": 3})


class Guest:
    """Somebody in a browser that sends no cookies, has no JavaScript, and checks tokens as in operation."""

    def __init__(self, event, clock, run, network="192.0.2.1"):
        self.clock, self.run = clock, run
        self.page = f"/oeffentlich/{event.municipality.slug}/veranstaltungen/{event.pk}/"
        self.client = Client(enforce_csrf_checks=True, REMOTE_ADDR=network)
        self.link = ""

    def send(self, email="a@example.org", people="1", wait=20, **typed):
        form = read_form(self.client.get(self.page).content)
        self.clock.shift(timedelta(seconds=wait))
        shown = {name: values for name, values in form.values.items() if name}
        with self.run(execute=True):
            answer = self.client.post(self.page, shown | {"name": "Gast", "email": email, "people": people} | typed)
        self.link = answer.headers.get("Location", "")
        return answer

    def confirm(self, code=None):
        code = code or CODE.search(mail.outbox[-1].body)[0]
        with self.run(execute=True):
            return self.client.post(self.link, {"code": code})

    def come(self, email="a@example.org", people="1", **typed):
        assert self.send(email, people, **typed).status_code == 302
        assert self.confirm().status_code == 302
        return words(self.client.get(self.link))


@pytest.fixture
def guest(event, clock, django_capture_on_commit_callbacks):
    return Guest(event, clock, django_capture_on_commit_callbacks)


def test_the_whole_way_from_the_page_to_the_seat_and_back(guest, event):
    page = words(guest.client.get(guest.page))
    for told in ("Familienkonferenz", "4. Juli 2026, 10:00 Uhr", "Rathaus", "Noch 3 von 3 Plätzen", "30 Tage nach"):
        assert told in page
    assert guest.send(email="kein").status_code == 422
    assert guest.send(name="", note="Rollstuhl").status_code == 422
    assert not SignUp.objects.exists()
    guest.send("a@example.org", "2", group="families")
    assert not SignUp.objects.exclude(confirmed_at=None).exists()
    assert guest.confirm("000000").status_code == 422
    guest.confirm()
    assert "Sie sind angemeldet" in words(guest.client.get(guest.link))
    assert guest.link in mail.outbox[-1].body
    assert "Noch 1 von 3" in words(guest.client.get(guest.page))
    asked = guest.client.post(guest.link, {"_withdraw": "1"})
    assert "Ihre Angaben werden sofort gelöscht" in words(asked)
    assert SignUp.objects.exists(), "nobody loses a seat by one press"
    answer = guest.client.post(guest.link, {"_withdraw": "1", "_sicher": "1"})
    assert "zurückgenommen" in words(guest.client.get(answer.headers["Location"]))
    assert guest.client.get(guest.link).status_code == 404
    assert not SignUp.objects.exists()
    assert not guest.client.cookies


def test_who_waits_moves_up_in_order_and_is_told(guest, event, django_capture_on_commit_callbacks):
    guest.come("a@example.org", "2")
    first = guest.link
    assert "Sie stehen auf der Warteliste" in guest.come("b@example.org", "2")
    assert "Sie stehen auf der Warteliste" in guest.come("c@example.org", "1")  # nobody is overtaken
    told = words(guest.client.get(guest.page))
    assert "Freie Plätze bekommt zuerst, wer schon wartet" in told
    assert "vergeben" not in told, "one seat is free, and kept"
    with django_capture_on_commit_callbacks(execute=True):
        guest.client.post(first, {"_withdraw": "1", "_sicher": "1"})
    assert dict(SignUp.objects.values_list("address", "seat")) == {
        "b@example.org": "given",
        "c@example.org": "given",
    }
    assert [m.to for m in mail.outbox if m.subject == "Sie haben einen Platz"] == [["b@example.org"], ["c@example.org"]]


def test_sent_twice_is_one_registration_that_was_changed(guest, event):
    guest.come("a@example.org", "1")
    first = guest.link
    assert "Sie sind angemeldet" in guest.come("A@Example.org", "3")
    assert [row.people for row in SignUp.objects.all()] == [3]
    assert guest.client.get(first).status_code == 404  # the newest link alone opens it
    guest.send("a@example.org", "4")
    assert "reichen die Plätze nicht" in words(guest.confirm())
    assert [row.people for row in SignUp.objects.exclude(confirmed_at=None)] == [3]


def test_floods_programs_and_closed_events_take_nothing(guest, event, clock):
    assert "Das ging sehr schnell" in words(guest.send(wait=0))
    assert guest.send(website="http://spam.example").status_code == 422
    assert guest.client.post(guest.page, {"name": "x", "email": "x@example.org"}).status_code == 422
    assert not SignUp.objects.exists()
    sent = [guest.send(f"{number}@example.org").status_code for number in range(20)]
    assert sent.count(302) == 20
    assert guest.send("z@example.org").status_code == 429
    assert len({guest.send("same@example.org").status_code for _ in range(2)}) == 1
    for change in ({"register_until": date(2026, 6, 14)}, {"state": "cancelled"}, {"register_until": None}):
        Event.objects.filter(pk=event.pk).update(**change)
        answer = guest.client.post(guest.page, {"name": "x", "email": "x@example.org"})
        assert (answer.status_code, "Sie sind noch nicht angemeldet" in words(answer)) == (422, True)


def test_what_is_not_announced_does_not_exist_and_the_list_is_the_municipalitys(guest, event, cast):
    hidden = make(Event, cast.home, full=False, **OPEN | {"title": "Geheimwort", "is_announced": False})
    base = f"/oeffentlich/{cast.home.slug}/veranstaltungen/"
    for url in (f"{base}{hidden.pk}/", f"{base}{hidden.pk}/termin.ics", f"{base}{10**30}/"):
        assert guest.client.get(url).status_code == 404, url
    assert guest.client.get(f"/oeffentlich/{cast.away.slug}/veranstaltungen/{event.pk}/").status_code == 404
    guest.come("a@example.org", name="Gastwort")
    inside = f"/{cast.home.slug}/veranstaltungen/{event.pk}/"
    for url in (f"{inside}anmeldungen/", f"{inside}anmeldungen.csv"):
        shown = {who for who in EVERYBODY if b"Gastwort" in cast.client(who).get(url).content}
        assert shown == {"planner", "lead"}, url
    delete = cast.client().get(f"{inside}loeschen/").content.decode()
    assert "Daran hängt 1 Anmeldung ohne Konto, der Eintrag bleibt." in delete
    assert "Veranstaltung löschen</span>" not in delete, "it can be cancelled, not deleted"
    assert "a@example.org" not in guest.client.get(guest.page).content.decode()
    assert b"BEGIN:VEVENT" in guest.client.get(f"{guest.page}termin.ics").content


def test_who_came_becomes_the_attendance_and_names_go(guest, event, cast, clock):
    guest.come("a@example.org", "2", group="families")
    guest.come("b@example.org", "1", group="church")
    planner, inside = cast.client(), f"/{cast.home.slug}/veranstaltungen/{event.pk}/anmeldungen/"
    came = [row.pk for row in SignUp.objects.filter(group="families")]
    last = SignUp.objects.get(group="church")
    ticks = {"came": came, "_ticks": "1", "_cancel": str(last.pk)}
    asked = words(planner.post(inside, ticks))
    assert f"Anmeldung löschen: „{last.name}“?" in asked
    assert SignUp.objects.count() == 2
    planner.post(inside, ticks | {"_sicher": "1"})
    assert list(SignUp.objects.values_list("pk", "came")) == [(came[0], True)], "what was ticked beside it is kept"
    planner.post(inside, {"came": came, "_keep": "1"})
    assert planner.post(inside, {"came": came, "_take_over": "1"}).status_code == 302
    assert [(row.group, row.count) for row in EventAttendance.objects.filter(event=event)] == [("families", 2)]
    assert planner.post(inside, {"came": came, "_take_over": "1"}).headers["Location"] == inside  # nothing is new
    assert Batch.objects.count() == 1
    clock.move_to(datetime(2026, 8, 3, 10, tzinfo=UTC))
    call_command("clear_sign_ups", verbosity=0, stdout=StringIO())
    assert SignUp.objects.count() == 1
    clock.move_to(datetime(2026, 8, 4, 10, tzinfo=UTC))
    call_command("clear_sign_ups", verbosity=0, stdout=StringIO())
    assert not SignUp.objects.exists()
    assert EventAttendance.objects.filter(event=event).exists()


def test_who_has_registered_hears_of_a_cancellation_once(guest, event, cast):
    guest.come("a@example.org")
    Event.objects.filter(pk=event.pk).update(state="cancelled")
    planner, inside = cast.client(), f"/{cast.home.slug}/veranstaltungen/{event.pk}/anmeldungen/"
    assert "Allen die Absage mailen" in words(planner.get(inside))
    assert "an alle Angemeldeten und Wartenden: 1" in words(planner.post(inside, {"_tell": "1"}))
    assert mail.outbox[-1].subject != "Veranstaltung abgesagt", "a mail to everybody is asked about"
    assert planner.post(inside, {"_tell": "1", "_sicher": "1"}).status_code == 302
    assert (mail.outbox[-1].subject, mail.outbox[-1].to) == ("Veranstaltung abgesagt", ["a@example.org"])
    sent = len(mail.outbox)
    assert "haben gerade eine E-Mail bekommen" in words(planner.post(inside, {"_tell": "1", "_sicher": "1"}))
    assert len(mail.outbox) == sent
    assert "abgesagt" in words(guest.client.get(guest.link))


def test_unconfirmed_ones_go_after_two_days_and_markup_is_text(guest, cast, event, clock):
    bad = "<script>alert(1)</script>"
    guest.come("a@example.org", name=bad, organisation=bad, note=bad)
    guest.send("b@example.org")
    inside = f"/{cast.home.slug}/veranstaltungen/{event.pk}/"
    pages = [guest.client.get(guest.link), cast.client().get(f"{inside}anmeldungen/")]
    assert [bad.encode() in page.content for page in pages] == [False, False]
    assert not re.search(r"(?m)^[=+@-]", cast.client().get(f"{inside}anmeldungen.csv").content.decode("utf-8-sig"))
    clock.shift(timedelta(days=2, minutes=1))
    call_command("clear_sign_ups", verbosity=0, stdout=StringIO())
    assert [row.address for row in SignUp.objects.all()] == ["a@example.org"]
