"""Sessions that are entered afterwards: with those present, agenda, decisions and tasks in one go."""

from collections.abc import Sequence

from accounts.models import Municipality, User
from participation.domain.findings import stored
from participation.models import AgendaItem, BodyMembership, Decision, Session, Task
from records.domain.batches import record_batch
from records.models import Batch


def record_session(
    *,
    municipality: Municipality,
    actor: User,
    session: Session,
    members: Sequence[BodyMembership],
    agenda: Sequence[str],
    decisions: Sequence[str],
    tasks: Sequence[Task],
    form_key: str = "",
) -> Batch:
    """Store a session with all that belongs to it, or nothing.

    ``tasks`` are without session. Raises PermissionDenied, ValidationError, DuplicateSubmission.
    """
    summary = f"{session.title} nacherfasst"
    with record_batch(municipality=municipality, actor=actor, summary=summary, form_key=form_key) as recorder:
        recorder.create(session, links={"attending_members": members})
        for position, title in enumerate(agenda, start=1):
            recorder.create(AgendaItem(session=session, position=position, title=title))
        for text in decisions:
            recorder.create(Decision(session=session, text=text))
        for task in tasks:
            task.session = session
            recorder.create(task)
    return stored(recorder)
