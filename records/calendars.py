"""Calendar files (RFC 5545) of what has a day: the same rows give the same bytes.

A changed entry replaces the earlier one: its identifier stays, SEQUENCE is the version of the record. Times of day are
those of Berlin, with the rules of its clock in the file; how long something lasts nobody records, so it has no end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//LSZ-Portal//Termine//DE"
BERLIN = ZoneInfo("Europe/Berlin")
RULES = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")  # the European rule since 1996 (Directive 2000/84/EC)


@dataclass(frozen=True)
class Entry:
    """What a calendar shows; without ``clock`` (HH:MM) whole days from ``first`` to ``last``."""

    uid: str
    title: str
    first: date
    last: date
    version: int
    changed_at: datetime
    clock: str = ""
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar_file(entries: Iterable[Entry], *, product: str = PRODUCT, name: str = "") -> bytes:
    """The calendar; ``name`` is what programs call one that is subscribed."""
    rows = list(entries)
    calendar = Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", clean(name))
        calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
    if any(entry.clock for entry in rows):
        calendar.add_component(Timezone.from_ical(RULES))
    for entry in rows:
        calendar.add_component(event_of(entry))
    result: bytes = calendar.to_ical()
    return result


def event_of(entry: Entry) -> Event:
    """One entry."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.version)
    if entry.clock:
        event.add("dtstart", datetime.combine(entry.first, time.fromisoformat(entry.clock), BERLIN))
    else:
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    event.add("summary", clean(entry.title))
    for field, text in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if text:
            event.add(field, clean(text))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event


def clean(text: str) -> str:
    """Without the control characters that the format does not allow; line breaks stay."""
    return "".join(character for character in text if character >= " " or character == "\n")
