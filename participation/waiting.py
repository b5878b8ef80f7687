"""What of bodies and participation waits: tasks, sessions, events, resolutions, requests for support."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from accounts.enums import Action
from participation.enums import Occurrence, Outcome, SupportKind, TaskState
from participation.models import Event, NetworkEvent, Resolution, Session, SupportRecord, Task
from records.fields import VagueDateField
from records.waiting import HERE, PORTAL, Source, tell_record

TOOK_PLACE = "Fand sie statt?"


def open_requests() -> QuerySet[Any]:
    """Requests for support that nobody has settled."""
    return SupportRecord.objects.filter(kind=SupportKind.REQUEST, is_open=True)


SOURCES = (
    Source(
        "task",
        lambda: Task.objects.filter(state=TaskState.OPEN),
        tell_record(Task, "Erledigt?"),
        rights=(Action.WRITE,),
        day="due",
        note="responsible",
        ahead=HERE,
    ),
    Source(
        "session",
        lambda: Session.objects.filter(state=Occurrence.PLANNED),
        tell_record(Session, TOOK_PLACE),
        rights=(Action.WRITE,),
        day="held_on",
        note="place",
        ahead=HERE,
    ),
    Source(
        "event",
        lambda: Event.objects.filter(state=Occurrence.PLANNED),
        tell_record(Event, TOOK_PLACE),
        rights=(Action.WRITE,),
        day=Coalesce("end", "begin", output_field=VagueDateField()),
        note="place",
        ahead=HERE,
    ),
    Source(
        "resolution-expected",
        lambda: Resolution.objects.filter(outcome=Outcome.EXPECTED),
        tell_record(Resolution, "Wie ging er aus?"),
        rights=(Action.WRITE,),
        day="resolved_on",
        note="body__label",
        ahead=HERE,
    ),
    Source(
        "resolution-deferred",
        lambda: Resolution.objects.filter(outcome=Outcome.DEFERRED, followed_by=None),
        tell_record(Resolution, "Wie ging er aus?"),
        rights=(Action.WRITE,),
        day="deferred_to",
        note="body__label",
        ahead=HERE,
    ),
    Source(
        "request",
        open_requests,
        tell_record(SupportRecord, "Beantworten", page="detail"),
        rights=(Action.SUPPORT, Action.REVIEW),
        unless=Action.WRITE,
        title="subject",
        note="given_by",
        since="created_at",
        group="Bitten um Unterstützung",
        position=3,
    ),
    Source(
        "network-event",
        NetworkEvent.objects.all,
        tell_record(NetworkEvent, "Ansehen", page="detail"),
        place="",
        day="begin",
        ahead=PORTAL,
    ),
)
