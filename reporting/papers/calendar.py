"""A session or a network event as calendar file: from its time of day on, whole days where none is known.

Their entries are those of the calendar that somebody subscribes to (exchange.feed), with the same identifier.
"""

from datetime import datetime

from insight.timeline.queries import without_repetition
from participation.enums import Occurrence
from participation.models import NetworkEvent, Session
from planning.queries.office import office_lines
from records.calendars import MEDIA_TYPE, Entry, calendar_file
from records.vague import DAY

__all__ = ["MEDIA_TYPE", "NO_DAY", "has_day", "network_calendar", "session_calendar"]
PRODUCT = "-//LSZ-Portal//Sitzungen//DE"
NETWORK_PRODUCT = "-//LSZ-Portal//Netzwerkveranstaltungen//DE"
NO_DAY = "Für den Kalender braucht die Sitzung einen genauen Tag. Tragen Sie ihn ein, sobald er feststeht."


def has_day(session: Session) -> bool:
    """True where a calendar can show the session."""
    return session.held_on.precision == DAY


def session_calendar(session: Session, sequence: int, changed: datetime) -> bytes:
    """The calendar file of a session that ``has_day``; the same records give the same bytes.

    What has changed replaces the earlier entry: the identifier stays, ``sequence`` rises (``states_announced``).
    """
    agenda = [f"TOP {item.position}: {item.title}" for item in session.agenda.all()]
    sender = [session.municipality.authority, *office_lines(session.municipality)]
    words = ["Tagesordnung", *agenda, "", *sender] if agenda else sender
    day = session.held_on.first
    entry = Entry(
        uid=f"{session.uid}@{session.municipality.slug}.lsz-portal",
        title=without_repetition(f"{session.body}: {session.title}"),
        first=day,
        last=day,
        version=sequence,
        changed_at=changed,
        clock=session.starts_at,
        place=session.place,
        text="\n".join(words),
        is_cancelled=session.state == Occurrence.CANCELLED,
    )
    return calendar_file([entry], product=PRODUCT)


def network_calendar(meeting: NetworkEvent) -> bytes:
    """The calendar file of a network event that has a day; a cancelled one arrives as such."""
    assert meeting.begin is not None
    entry = Entry(
        uid=f"{meeting.uid}@programm.lsz-portal",
        title=meeting.title,
        first=meeting.begin.first,
        last=(meeting.end or meeting.begin).last,
        version=meeting.version,
        changed_at=meeting.changed_at,
        clock=meeting.starts_at,
        place=meeting.place,
        text=meeting.invitation,
        is_cancelled=meeting.is_cancelled,
    )
    return calendar_file([entry], product=NETWORK_PRODUCT)
