"""A session or a network event as calendar file (RFC 5545): from its time of day on, whole days where none is known."""

from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from insight.timeline.queries import without_repetition
from participation.enums import Occurrence
from participation.models import NetworkEvent, Session
from planning.queries.office import office_lines
from records.life.moving import BERLIN
from records.vague import DAY, VagueDate

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//LSZ-Portal//Sitzungen//DE"
NETWORK_PRODUCT = "-//LSZ-Portal//Netzwerkveranstaltungen//DE"
STATUS = {Occurrence.PLANNED: "CONFIRMED", Occurrence.HELD: "CONFIRMED", Occurrence.CANCELLED: "CANCELLED"}
NO_DAY = "Für den Kalender braucht die Sitzung einen genauen Tag. Tragen Sie ihn ein, sobald er feststeht."


def has_day(session: Session) -> bool:
    """True where a calendar can show the session."""
    return session.held_on.precision == DAY


def session_calendar(session: Session, sequence: int, changed: datetime) -> bytes:
    """The calendar file of a session that ``has_day``; the same records give the same bytes.

    What has changed replaces the earlier entry: the identifier stays, ``sequence`` rises (``states_announced``).
    """
    event = begun(f"{session.uid}@{session.municipality.slug}.lsz-portal", sequence, changed)
    add_time(event, session.held_on, session.held_on, session.starts_at)
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
    return published(event, PRODUCT)


def network_calendar(meeting: NetworkEvent) -> bytes:
    """The calendar file of a network event that has a day; a cancelled one arrives as such."""
    event = begun(f"{meeting.uid}@netzwerk.lsz-portal", meeting.version, meeting.changed_at)
    assert meeting.begin is not None
    add_time(event, meeting.begin, meeting.end or meeting.begin, meeting.starts_at)
    event.add("summary", clean(meeting.title))
    if meeting.place:
        event.add("location", clean(meeting.place))
    if meeting.invitation:
        event.add("description", clean(meeting.invitation))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    return published(event, NETWORK_PRODUCT)


def begun(uid: str, sequence: int, changed: datetime) -> Event:
    """An entry that replaces earlier ones with a lower ``sequence``."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", sequence)
    return event


def published(event: Event, product: str) -> bytes:
    """The file with the entry."""
    calendar = Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    result: bytes = calendar.to_ical()
    return result


def add_time(event: Event, first: VagueDate, last: VagueDate, clock: str) -> None:
    """Begin in the time of Berlin, and no end: how long it lasts nobody records. Without a time, whole days."""
    if clock:
        begin = datetime.combine(first.first, time.fromisoformat(clock), BERLIN)
        event.add("dtstart", begin.astimezone(UTC))
        return
    event.add("dtstart", first.first)
    event.add("dtend", last.last + timedelta(days=1))


def clean(text: str) -> str:
    """Without the control characters that the format does not allow; line breaks stay."""
    return "".join(character for character in text if character >= " " or character == "\n")
