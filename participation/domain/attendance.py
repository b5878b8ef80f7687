"""Who came to an event: all stakeholder groups at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import Municipality, User
from participation.domain.findings import stored
from participation.models import Event, EventAttendance
from records.domain.batches import Recorder, record_batch
from records.errors import StaleRecord
from records.models import Batch


@dataclass(frozen=True)
class Present:
    """A group as entered; ``count`` None: nobody counted. ``version`` is the one seen, 0 where there was none."""

    came: bool
    count: int | None
    version: int = 0


def record_attendance(
    *,
    municipality: Municipality,
    actor: User,
    event: Event,
    groups: Mapping[str, Present],
    total: int | None = None,
    form_key: str = "",
) -> Batch:
    """Store the groups of an event by their codes; one that did not come is deleted, others stay as they are.

    ``total`` becomes the event's number of participants, unless it is None. Raises PermissionDenied, ValidationError,
    StaleRecord (somebody else has changed a group since), DuplicateSubmission.
    """
    summary = f"Teilnehmende von „{event.title}“ erfasst"
    with record_batch(municipality=municipality, actor=actor, summary=summary, form_key=form_key) as recorder:
        known = {row.group: row for row in EventAttendance.objects.filter(event=event)}
        for code, present in groups.items():
            _store(recorder, event, code, present, known.get(code))
        if total is not None and total != event.participants:
            event.participants = total
            recorder.update(event, version=event.version)
    return stored(recorder)


def _store(recorder: Recorder, event: Event, code: str, present: Present, row: EventAttendance | None) -> None:
    same = (row is not None) == present.came and (row is None or row.count == present.count)
    if same:
        return
    if (row.version if row else 0) != present.version:
        raise StaleRecord
    if row is None:
        recorder.create(EventAttendance(event=event, group=code, count=present.count, is_example=event.is_example))
    elif not present.came:
        recorder.delete(row, version=row.version)
    else:
        row.count = present.count
        recorder.update(row, version=row.version)
