"""From who came of those who registered to the attendance of an event: groups and their numbers, no names."""

from collections import Counter

from django.db import transaction

from accounts.models import User
from participation.enums import Occurrence
from participation.models import Event, EventAttendance
from participation.queries.sign_ups import signed_up
from records.domain.batches import Recorder, record_batch
from records.models import Batch


@transaction.atomic
def take_over_attendance(event: Event, *, actor: User, form_key: str = "") -> Batch | None:
    """Write for each group how many came, and the sum where the event was held and says none; None if nothing is new.

    A group that is counted already takes the greater number: people come unregistered too. Raises PermissionDenied,
    ValidationError, StaleRecord, DuplicateSubmission.
    """
    came: Counter[str] = Counter()
    for row in signed_up(event).filter(came=True):
        came[row.group] += row.people
    known = {row.group: row for row in EventAttendance.objects.filter(event=event)}
    counts = {group: count for group, count in came.items() if group not in known or (known[group].count or 0) < count}
    takes_sum = event.state == Occurrence.HELD and event.participants is None and bool(came)
    if not counts and not takes_sum:
        return None
    summary = f"Teilnahme von {sum(came.values())} Personen übernommen"
    with record_batch(municipality=event.municipality, actor=actor, summary=summary, form_key=form_key) as batch:
        for group, count in counts.items():
            write_group(batch, event, known.get(group), group, count)
        if takes_sum:
            event.participants = sum(came.values())
            batch.update(event, version=event.version)
    return batch.batch


def write_group(batch: Recorder, event: Event, row: EventAttendance | None, group: str, count: int) -> None:
    """One group of the event."""
    if row is None:
        batch.create(EventAttendance(event=event, group=group, count=count, is_example=event.is_example))
    else:
        row.count = count
        batch.update(row, version=row.version)
