"""What of bodies and participation people hear of: tasks, advice, what the network offers."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from accounts.enums import Action
from participation.domain.hints import LIFE as HINT_LIFE
from participation.enums import SupportKind
from participation.models import (
    Hint,
    NetworkDocument,
    NetworkEvent,
    NetworkRegistration,
    QuestionPost,
    SupportRecord,
    Task,
)
from records.happenings import Happened, Happening, kind_page, step_happening


def advice() -> QuerySet[SupportRecord]:
    """Support that was given; what is asked for waits until it is settled."""
    return SupportRecord.objects.exclude(kind=SupportKind.REQUEST)


def question_page(happened: Happened) -> str:
    """The page of a question for the municipality that hears of it."""
    return reverse("participation:question", args=[happened.place.slug if happened.place else "", happened.record])


def posts_from_others(place: str) -> Callable[[], QuerySet[Any]]:
    """Messages that the other one of the two municipalities has written."""
    return lambda: QuestionPost.objects.exclude(place=F(place))


SOURCES = (
    Happening(
        "hint",
        Hint,
        "Hinweis",
        kind_page(Hint),
        lambda said: f"neuer Hinweis zu {said}" if said else "neuer Hinweis",
        (Action.WRITE,),
        said="about_label",
    ),
    step_happening(HINT_LIFE, (Action.WRITE, Action.ADVISE)),
    *(
        Happening(
            f"question-{place}",
            QuestionPost,
            "Frage",
            question_page,
            lambda said: f"Nachricht aus {said}",
            (Action.WRITE,),
            rows=posts_from_others(f"question__{place}"),
            place=f"question__{place}",
            record="question_id",
            title="question__subject",
            said="place__name",
            at="at",
            actor="person",
        )
        for place in ("asked", "asking")
    ),
    Happening(
        "registration",
        NetworkRegistration,
        "Anmeldung",
        kind_page(NetworkRegistration),
        lambda said: "angemeldet",
        (Action.REVIEW,),
        title="event__title",
    ),
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
        "network-document",
        NetworkDocument,
        "Netzwerkveranstaltung",
        kind_page(NetworkEvent),
        lambda said: f"neue Unterlage „{said}“",
        (Action.READ,),
        place="",
        record="event_id",
        title="event__label",
        said="title",
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
