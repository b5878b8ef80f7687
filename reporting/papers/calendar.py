"""A session as calendar file (RFC 5545): from its time of day on, a whole day where none is recorded."""

from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from insight.timeline.queries import without_repetition
from participation.enums import Occurrence
from participation.models import Session
from planning.queries.office import office_lines
from records.life.moving import BERLIN
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
    add_time(event, session)
    event.add("summary", clean(without_repetition(f"{session.body}: {session.title}")))
    if session.place:
        event.add("location", clean(session.place))
    agenda = [f"TOP {item.position}: {item.title}" for item in session.agenda.all()]
    sender = [session.municipality.authority, *office_lines(session.municipality)]
    if agenda:
        words = ["Tagesordnung", *agenda, "", *sender]
    else:
        words = ["Tagesordnung folgt", "", *sender] if session.state == Occurrence.PLANNED else sender
    event.add("description", clean("\n".join(words)))
    event.add("status", STATUS[Occurrence(session.state)])
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    result: bytes = calendar.to_ical()
    return result


def add_time(event: Event, session: Session) -> None:
    """Begin in the time of Berlin, and no end: how long a session lasts nobody records."""
    day = session.held_on.first
    if not session.starts_at:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        return
    begin = datetime.combine(day, time.fromisoformat(session.starts_at), BERLIN)
    event.add("dtstart", begin.astimezone(UTC))


def clean(text: str) -> str:
    """Without the control characters that the format does not allow; line breaks stay."""
    return "".join(character for character in text if character >= " " or character == "\n")
