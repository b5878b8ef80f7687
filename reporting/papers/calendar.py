"""A session as calendar file (RFC 5545): a whole day, as sessions have no time of day."""

from datetime import timedelta

from icalendar import Calendar, Event

from participation.enums import Occurrence
from participation.models import Session
from records.vague import DAY

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//LSZ-Portal//Sitzungen//DE"
STATUS = {Occurrence.PLANNED: "CONFIRMED", Occurrence.HELD: "CONFIRMED", Occurrence.CANCELLED: "CANCELLED"}
NO_DAY = "Für den Kalender braucht die Sitzung einen genauen Tag. Tragen Sie ihn ein, sobald er feststeht."


def has_day(session: Session) -> bool:
    """True where a calendar can show the session."""
    return session.held_on.precision == DAY


def session_calendar(session: Session) -> bytes:
    """The calendar file of a session that ``has_day``; the same record gives the same bytes.

    A changed session replaces the earlier entry: the identifier stays, the sequence is the record's version.
    """
    event = Event()
    event.add("uid", f"{session.uid}@{session.municipality.slug}.lsz-portal")
    event.add("dtstamp", session.changed_at)
    event.add("last-modified", session.changed_at)
    event.add("sequence", session.version)
    event.add("dtstart", session.held_on.first)
    event.add("dtend", session.held_on.first + timedelta(days=1))
    event.add("summary", clean(f"{session.body}: {session.title}"))
    if session.place:
        event.add("location", clean(session.place))
    agenda = [f"TOP {item.position}: {item.title}" for item in session.agenda.all()]
    event.add("description", clean("\n".join(["Tagesordnung", *agenda] if agenda else ["Tagesordnung folgt"])))
    event.add("status", STATUS[Occurrence(session.state)])
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    result: bytes = calendar.to_ical()
    return result


def clean(text: str) -> str:
    """Without the control characters that the format does not allow; line breaks stay."""
    return "".join(character for character in text if character >= " " or character == "\n")
