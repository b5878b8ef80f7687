"""The calendar under a secret link, read by a reader that is not the library that wrote it."""

import logging
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import RoleAssignment
from exchange.models import CalendarLink
from lsz_portal.logs import HidesLinks
from participation.enums import Occurrence, TaskState
from participation.models import NetworkEvent, Session, Task
from planning.models import Deadline
from records.domain.saving import delete_record, update_record
from records.vague import VagueDate
from tests.factories import make

pytestmark = pytest.mark.django_db
LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)")
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "LAST-MODIFIED", "STATUS", "SUMMARY", "URL"}


def unescaped(text):
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def strictly(data):
    """RFC 5545 read by its own grammar: lines of 75 octets with CRLF, nested parts, properties at most once."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    open_parts, parts, events = [], [], []
    for line in data.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        name, params, value = LINE.fullmatch(line).groups()
        if name == "BEGIN":
            open_parts.append((value, {}))
        elif name == "END":
            part = open_parts.pop()
            assert part[0] == value
            (events if value == "VEVENT" else parts).append(part)
        else:
            properties = open_parts[-1][1]
            assert name not in properties or name not in ONCE, f"{name} twice"
            properties[name] = (dict(p.split("=") for p in params[1:].split(";")) if params else {}, unescaped(value))
    assert open_parts == []
    names = [name for name, _ in parts]
    assert names[-1] == "VCALENDAR"
    assert parts[-1][1]["VERSION"] == ({}, "2.0")
    assert "PRODID" in parts[-1][1]
    zones = {values["TZID"][1] for name, values in parts if name == "VTIMEZONE"}
    found = {}
    for _, values in events:
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "LAST-MODIFIED", "STATUS"} <= set(values)
        zone = values["DTSTART"][0].get("TZID")
        assert zone is None or zone in zones, "a zone that nobody describes"
        uid = values["UID"][1]
        assert uid not in found
        found[uid] = {name: value for name, (_, value) in values.items()} | {"zone": zone}
    return found


def link(client):
    """A new link, as the page shows it once."""
    page = client.post(reverse("exchange:calendar")).content.decode()
    return re.search(r'value="http://testserver(/konto/kalender/[^"]+/termine.ics)"', page)[1]


def feed(url):
    answer = Client().get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies
    Calendar.from_ical(answer.content)
    return strictly(answer.content)


@pytest.fixture
def day():
    return timezone.localdate() + timedelta(days=40)


@pytest.fixture
def session(cast, day):
    values = {"title": "2. Sitzung; mit, Komma", "starts_at": "17:30", "place": "Saal ä" * 12}
    return make(Session, cast.home, held_on=VagueDate(day), state=Occurrence.PLANNED, full=False, **values)


def uid_of(record, cast):
    return f"{record.uid}@{cast.home.slug}.lsz-portal"


def test_what_has_a_day_stands_in_the_calendar_of_those_whom_it_concerns(cast, session, day):
    for title, due in (("Bericht", VagueDate(day)), ("Vage", VagueDate.from_iso("2035-03"))):
        make(Task, cast.home, session=session, title=title, due=due, state=TaskState.OPEN, full=False)
    make(Session, cast.away, title="Fremd", held_on=VagueDate(day), full=False)
    make(Deadline, None, title="Plan einreichen", due=VagueDate(day), full=False)
    both = {"begin": VagueDate(day), "end": VagueDate(day + timedelta(days=1))}
    make(NetworkEvent, None, title="Treffen", starts_at="", full=False, **both)
    url = link(cast.client())
    first = feed(url)
    titles = {entry["SUMMARY"] for entry in first.values()}
    assert {f"{session.body.title}: 2. Sitzung; mit, Komma", "Bericht", "Treffen"} <= titles
    assert any("Plan einreichen" in title for title in titles)
    assert not any("Fremd" in title or "Vage" in title for title in titles)
    own = first[uid_of(session, cast)]
    assert (own["DTSTART"], own["zone"]) == (f"{day:%Y%m%d}T173000", "Europe/Berlin")
    assert (own["STATUS"], own["LOCATION"]) == ("CONFIRMED", "Saal ä" * 12)
    (meeting,) = (entry for entry in first.values() if entry["SUMMARY"] == "Treffen")
    assert meeting["DTEND"] == f"{day + timedelta(days=2):%Y%m%d}"
    assert feed(url) == first, "the same records, the same calendar"
    seen_by_ministry = {entry["SUMMARY"] for entry in feed(link(cast.client("ministry"))).values()}
    assert seen_by_ministry == {title for title in titles if "Treffen" in title or "einreichen" in title}


def test_changed_cancelled_and_deleted_entries_arrive_as_such(cast, session, day):
    task = make(Task, cast.home, session=session, title="Bericht", due=VagueDate(day), state=TaskState.OPEN, full=False)
    url, uid = link(cast.client()), uid_of(session, cast)
    first = feed(url)
    session.held_on, session.starts_at = VagueDate(day + timedelta(days=7)), ""
    session = update_record(session, version=session.version, actor=cast.planner)
    moved = feed(url)[uid]
    assert moved["DTSTART"] == f"{day + timedelta(days=7):%Y%m%d}"
    assert int(moved["SEQUENCE"]) > int(first[uid]["SEQUENCE"])
    assert moved["LAST-MODIFIED"] > first[uid]["LAST-MODIFIED"] or moved["SEQUENCE"] > first[uid]["SEQUENCE"]
    session.state = Occurrence.CANCELLED
    session = update_record(session, version=session.version, actor=cast.planner)
    off = feed(url)[uid]
    assert (off["STATUS"], off["SUMMARY"].split(":")[0]) == ("CANCELLED", "Entfällt")
    assert int(off["SEQUENCE"]) > int(moved["SEQUENCE"])
    delete_record(task, version=task.version, actor=cast.planner)
    gone = feed(url)[uid_of(task, cast)]
    assert gone["STATUS"] == "CANCELLED"
    assert int(gone["SEQUENCE"]) > task.version
    single = strictly(cast.client().get(f"/kyffhaeuserkreis/sitzungen/{session.pk}/termin.ics").content)
    assert list(single) == [uid], "the file of the session is the same entry"
    assert single[uid]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(("day", "offset"), [(date(2027, 1, 20), 1), (date(2027, 3, 28), 2), (date(2027, 10, 30), 2)])
def test_a_time_of_day_is_the_one_of_berlin_whatever_the_season(cast, day, offset):
    make(Session, cast.home, held_on=VagueDate(day), starts_at="17:30", full=False)
    data = Client().get(link(cast.client())).content
    (begin,) = (event.decoded("DTSTART") for event in Calendar.from_ical(data).events)
    assert begin == datetime(day.year, day.month, day.day, 17, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert begin.utcoffset() == timedelta(hours=offset)
    text = data.decode()
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in text


def test_the_link_is_kept_as_a_hash_dies_when_revoked_and_opens_what_the_role_opens(cast):
    make(Session, cast.home, held_on=VagueDate(timezone.localdate()), full=False)
    client = cast.client()
    url = link(client)
    secret = url.split("/")[3]
    assert secret not in str(CalendarLink.objects.values())
    assert secret not in client.get(reverse("exchange:calendar")).content.decode(), "shown once"
    record = logging.LogRecord("x", logging.WARNING, "", 0, "Not Found: %s", (url,), None)
    HidesLinks().filter(record)
    assert record.getMessage() == "Not Found: /konto/kalender/…"
    assert len(feed(url)) == 1
    assert "zuletzt abgerufen am" in client.get(reverse("exchange:calendar")).content.decode()
    newer = link(client)
    assert (Client().get(url).status_code, len(feed(newer))) == (404, 1)
    RoleAssignment.objects.filter(user=cast.planner).update(valid_until=date(2017, 1, 1))
    assert feed(newer) == {}
    cast.planner.is_active = False
    cast.planner.save()
    assert Client().get(newer).status_code == 404
    cast.planner.is_active = True
    cast.planner.save()
    client.force_login(cast.planner)
    client.post(reverse("exchange:calendar"), {"revoke": "1"})
    assert Client().get(newer).status_code == 404
    answers = [Client().get(f"/konto/kalender/geraten-{n}/termine.ics").status_code for n in range(8)]
    assert 429 in answers, "guessing waits"


def test_the_number_of_queries_does_not_grow_with_the_rows(cast, django_assert_max_num_queries):
    url, session = link(cast.client()), make(Session, cast.home, full=False)
    for number in range(12):
        day = VagueDate(timezone.localdate() + timedelta(days=number))
        make(Task, cast.home, session=session, due=day, full=False)
        make(Session, cast.home, body=session.body, held_on=day, full=False)
    with django_assert_max_num_queries(24):
        assert len(feed(url)) >= 24
