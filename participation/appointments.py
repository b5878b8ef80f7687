"""What of bodies and participation stands in calendars: sessions, events, tasks, what the network offers."""

from typing import Any

from accounts.enums import Action
from participation.enums import Occurrence
from participation.models import Event, NetworkEvent, Session, SupportRecord, Task
from records.appointments import Appointments


def is_called_off(row: Any) -> bool:
    """It does not take place."""
    return bool(row.state == Occurrence.CANCELLED)


INSIDE = (Action.WRITE, Action.SUPPORT)
KINDS = (
    Appointments(
        Session,
        "held_on",
        clock="starts_at",
        place="place",
        sort="Sitzung",
        related=("body",),
        title=lambda row: f"{row.body.title}: {row.title}",
        is_cancelled=is_called_off,
        rights=INSIDE,
    ),
    Appointments(
        Event,
        "begin",
        last="end",
        clock="starts_at",
        place="place",
        sort="Veranstaltung",
        is_cancelled=is_called_off,
        rights=INSIDE,
    ),
    Appointments(Task, "due", sort="Aufgabe", rights=(Action.WRITE,)),
    Appointments(
        NetworkEvent,
        "begin",
        last="end",
        clock="starts_at",
        place="place",
        sort="Netzwerkveranstaltung",
        is_cancelled=lambda row: bool(row.is_cancelled),
    ),
    Appointments(
        SupportRecord,
        "next_on",
        sort="Prozessbegleitung, nächster Termin",
        title=lambda row: row.next_subject or row.subject,
        rights=INSIDE,
    ),
)
