"""Network events invite every municipality, take registrations in time, and give a calendar file."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from participation.models import NetworkDocument, NetworkEvent, NetworkRegistration
from plans.builder import build_plan
from plans.content import to_json
from plans.models import Plan
from records.domain.saving import update_record
from records.registry import kind_of
from records.vague import VagueDate
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.cast import Cast
from tests.factories import make, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
KIND, EVENTS = kind_of(NetworkRegistration), kind_of(NetworkEvent)


def event(days: int = 20, **given) -> NetworkEvent:
    today = timezone.localdate()
    given = {"register_until": today + timedelta(days=5), "seats": 3, "starts_at": "10:00"} | given
    when = VagueDate(today + timedelta(days=days))
    return make(NetworkEvent, None, full=False, title="Lernwerkstatt", begin=when, invitation="Für alle", **given)


def register(cast: Cast, meeting: NetworkEvent, who: str, place, people: int = 2):
    typed = {"event": meeting.pk, "people": people, "functions": "Sozialplanung", "form_key": f"{who}{people}"}
    return cast.client(who).post(KIND.url("create", place), typed)


def test_it_invites_all_and_documents_tell_of_those_who_took_part(cast: Cast):
    event()
    plan = make(Plan, cast.home, full=False, year=2018)
    for url in (reverse("overview:start", args=[cast.home.slug]), reverse("insight:timeline", args=[cast.home.slug])):
        assert "Lernwerkstatt" in cast.client().get(url, {"von": timezone.localdate().year}).content.decode(), url
    assert "Lernwerkstatt" in cast.client("ministry").get(reverse("overview:ministry")).content.decode()
    assert "Lernwerkstatt" in cast.client("adviser").get(reverse("overview:advice")).content.decode()
    assert "Lernwerkstatt" not in to_json(build_plan(plan)).decode()


def test_registrations_are_taken_in_time_and_as_long_as_there_are_seats(cast: Cast):
    meeting = event()
    page = EVENTS.url("detail", None, meeting.pk)
    assert "Kyffhäuserkreis anmelden" in cast.client().get(page).content.decode()
    assert register(cast, meeting, "planner", cast.home).status_code == 302
    assert register(cast, meeting, "lead", cast.home, 1).status_code == 422  # once
    refused = register(cast, meeting, "foreign_planner", cast.away)
    assert "ist noch 1 Platz frei" in refused.content.decode()
    assert register(cast, meeting, "foreign_planner", cast.away, 1).status_code == 302
    own = cast.client().get(page).content.decode()
    assert "Alle 3 Plätze sind vergeben" in own
    assert "Altenburger Land" not in own.split("<main")[1]
    assert "Altenburger Land" in cast.client("ministry").get(page).content.decode()
    NetworkRegistration.objects.filter(municipality=cast.home).delete()
    NetworkEvent.objects.filter(pk=meeting.pk).update(seats=1)
    assert "Kyffhäuserkreis anmelden" not in cast.client().get(page).content.decode(), "it would be refused"
    assert "Es ist kein Platz mehr frei" in register(cast, meeting, "planner", cast.home, 3).content.decode()
    for closed in ({"register_until": timezone.localdate() - timedelta(days=1)}, {"is_cancelled": True}):
        other = event(**closed)
        assert register(cast, other, "planner", cast.home).status_code == 422
        assert "anmelden</span>" not in cast.client().get(EVENTS.url("detail", None, other.pk)).content.decode()


def test_the_form_offers_what_is_open_and_has_a_seat_left_and_says_its_unit_once(cast: Cast):
    day = timezone.localdate()
    free, full, booked, changed = (event(seats=2) for _ in range(4))
    event(register_until=day - timedelta(days=1)), event(is_cancelled=True), event(register_until=None)
    for row, place in ((full, cast.away), (booked, cast.home), (changed, cast.home)):
        make(NetworkRegistration, place, full=False, event=row, people=2 if row is full else 1)
    page = cast.client().get(KIND.url("create", cast.home)).content.decode()
    select = page.split('name="event"')[1].split("</select>")[0]
    assert re.findall(r'value="(\d+)"', select) == [str(free.pk)]
    assert "Zahl der Personen (Personen)" not in page
    stored = NetworkRegistration.objects.get(event=changed)
    page = cast.client().get(KIND.url("update", cast.home, stored.pk)).content.decode()
    assert f'value="{changed.pk}" selected' in page, "what is linked stays"


def test_what_is_kept_of_an_event_are_files_that_whoever_has_a_role_reads(cast: Cast):
    meeting, files = event(), kind_of(NetworkDocument)
    typed = {"event": meeting.pk, "title": "Folien", "file": pdf(), "form_key": "f"}
    assert cast.client("planner").post(files.url("create", None), typed).status_code == 403
    refused = cast.client("ministry").post(files.url("create", None), typed | {"file": pdf("folien.exe")})
    assert "Diese Art von Datei wird nicht angenommen" in refused.content.decode()
    typed["file"] = pdf()
    assert cast.client("ministry").post(files.url("create", None), typed).status_code == 302
    kept = NetworkDocument.objects.get()
    for who in ("planner", "foreign_planner", "adviser", "admin"):
        assert "Folien" in cast.client(who).get(EVENTS.url("detail", None, meeting.pk)).content.decode()
        answer = cast.client(who).get(files.url("file", None, kept.pk))
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert Client().get(files.url("file", None, kept.pk)).status_code == 302
    listed = reverse("overview:network-here", args=[cast.home.slug])
    assert "dokumentiert" not in cast.client().get(listed).content.decode(), "it has not taken place yet"
    NetworkEvent.objects.update(begin=VagueDate(timezone.localdate()))
    assert "dokumentiert" in cast.client().get(listed).content.decode()


def test_the_calendar_file_follows_the_event(cast: Cast):
    meeting = event()
    url = reverse("reporting:network-calendar", args=[meeting.pk])
    first = next(iter(Calendar.from_ical(cast.client().get(url).content).walk("VEVENT")))
    assert (str(first["summary"]), str(first["status"])) == ("Lernwerkstatt", "CONFIRMED")
    meeting.is_cancelled = True
    update_record(meeting, version=1, actor=cast.ministry)
    then = next(iter(Calendar.from_ical(cast.client().get(url).content).walk("VEVENT")))
    assert then["uid"] == first["uid"]
    assert then["sequence"] > first["sequence"]
    assert str(then["status"]) == "CANCELLED"
    vague = make(NetworkEvent, None, full=False, title="Ohne Tag", begin=None)
    assert cast.client().get(reverse("reporting:network-calendar", args=[vague.pk])).status_code == 302
