"""What of bodies and participation people hear of: tasks, advice, what the network offers."""

from django.db.models import QuerySet

from accounts.enums import Action
from participation.enums import SupportKind
from participation.models import NetworkEvent, SupportRecord, Task
from records.happenings import Happening, kind_page


def advice() -> QuerySet[SupportRecord]:
    """Support that was given; what is asked for waits until it is settled."""
    return SupportRecord.objects.exclude(kind=SupportKind.REQUEST)


SOURCES = (
    Happening(
        "task",
        Task,
        "Aufgabe",
        kind_page(Task),
        lambda said: f"neue Aufgabe aus {said}",
        (Action.WRITE,),
        said="session__label",
    ),
    Happening(
        "support",
        SupportRecord,
        "Prozessbegleitung",
        kind_page(SupportRecord),
        lambda said: "eingetragen",
        (Action.WRITE, Action.SUPPORT),
        rows=advice,
    ),
    Happening(
        "network-event",
        NetworkEvent,
        "Netzwerkveranstaltung",
        kind_page(NetworkEvent),
        lambda said: "neu angekündigt",
        (Action.READ,),
        place="",
    ),
)
