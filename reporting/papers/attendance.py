"""The attendance sheet of an event: who has registered, with room to sign, and empty lines for others."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from participation.domain.sign_ups import when
from participation.enums import Seat
from participation.models import Event
from participation.queries.sign_ups import signed_up
from planning.queries.office import office_lines
from printing.papers.frame import frame_of, running_origin
from printing.papers.making import document_pdf
from records.text import sort_key

KIND, EMPTY_LINES = "Anwesenheitsliste", 12


def attendance_pdf(event: Event, created: datetime) -> bytes:
    """The sheet as the list is now, by name; ``event`` comes with its municipality. Raises RenderError."""
    today = timezone.localdate(created)
    rows = sorted(signed_up(event).filter(seat=Seat.GIVEN), key=lambda row: sort_key(row.name))
    context: dict[str, Any] = {
        "frame": frame_of(
            event.municipality,
            KIND,
            as_of=today,
            subject=event.title,
            example=event.is_example,
            office=office_lines(event.municipality),
        ),
        "event": event,
        "when": when(event) if event.begin else "",
        "rows": rows,
        "empty": range(EMPTY_LINES),
        "origin": running_origin(today),
    }
    return document_pdf("reporting/papers/attendance.html", context, title=f"{KIND} {event.title}", created=created)
