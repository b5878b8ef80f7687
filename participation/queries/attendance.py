"""Groups that came to an event."""

from participation.models import Event, EventAttendance


def attendance_of(event: Event) -> dict[str, EventAttendance]:
    """The stored groups by their codes."""
    return {row.group: row for row in EventAttendance.objects.filter(event=event)}
