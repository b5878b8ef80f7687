"""What of bodies and participation waits: tasks, sessions, events, resolutions, requests for support."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.enums import Action
from participation.enums import HintState, Occurrence, Outcome, QuestionState, SupportKind, TaskState, TextState
from participation.models import (
    Event,
    FreeText,
    Hint,
    NetworkEvent,
    Question,
    Resolution,
    Session,
    SupportRecord,
    Survey,
    Task,
)
from records.fields import VagueDateField
from records.parts import Link
from records.registry import kind_of
from records.waiting import HERE, PORTAL, Found, Source, Told, tell_record

TOOK_PLACE = "Fand sie statt?"
HINTS, QUESTIONS = "Hinweise der Prozessbegleitung", "Fragen zwischen Kommunen"


def open_requests() -> QuerySet[Any]:
    """Requests for support that nobody has settled."""
    return SupportRecord.objects.filter(kind=SupportKind.REQUEST, is_open=True)


def surveys_with_new_texts() -> QuerySet[Any]:
    """Surveys with free texts that nobody has looked through; until then nobody else reads them."""
    new = FreeText.objects.filter(state=TextState.NEW, question__survey=OuterRef("pk"))
    return Survey.objects.filter(Exists(new))


def texts_told(found: Found) -> Told:
    """The free texts of a survey, on the page of its results."""
    assert found.place is not None
    url = f"{reverse('participation:survey-results', args=[found.place.slug, found.pk])}#freitexte"
    return Told("Freitexte einer Befragung", found.title, url, Link("Durchsehen", url), found.note)


def next_told(found: Found) -> Told:
    """The next appointment of a process support, on the page of the last one."""
    url = kind_of(SupportRecord).url("detail", found.place, found.pk)
    return Told("Prozessbegleitung", f"Nächster Termin: {found.title}", url, Link("Ansehen", url), found.note)


def question_told(ask: str) -> Callable[[Found], Told]:
    """A question between two municipalities, on the page of the one whose turn it is."""

    def tell(found: Found) -> Told:
        assert found.place is not None
        url = reverse("participation:question", args=[found.place.slug, found.pk])
        return Told("Frage", found.title, url, Link(ask, url), found.note)

    return tell


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
        "survey-texts",
        surveys_with_new_texts,
        texts_told,
        rights=(Action.WRITE,),
        since="changed_at",
        group="Freitexte",
        position=3,
    ),
    Source(
        "support-next",
        SupportRecord.objects.all,
        next_told,
        title="subject",
        day="next_on",
        note="next_subject",
        ahead=HERE,
    ),
    Source(
        "hint-open",
        lambda: Hint.objects.filter(state=HintState.OPEN),
        tell_record(Hint, "Beantworten", page="detail"),
        rights=(Action.WRITE,),
        since="changed_at",
        note="about_label",
        group=HINTS,
        position=3,
    ),
    Source(
        "hint-answered",
        lambda: Hint.objects.filter(state=HintState.ANSWERED),
        tell_record(Hint, "Antwort lesen", page="detail"),
        rights=(Action.ADVISE,),
        since="changed_at",
        note="about_label",
        group=HINTS,
        position=3,
    ),
    Source(
        "question-asked",
        lambda: Question.objects.filter(state=QuestionState.OPEN),
        question_told("Beantworten"),
        rights=(Action.WRITE,),
        place="asked",
        title="subject",
        note="asking__name",
        since="changed_at",
        group=QUESTIONS,
        position=3,
    ),
    Source(
        "question-answered",
        lambda: Question.objects.filter(state=QuestionState.ANSWERED),
        question_told("Antwort lesen"),
        rights=(Action.WRITE,),
        place="asking",
        title="subject",
        note="asked__name",
        since="changed_at",
        group=QUESTIONS,
        position=3,
    ),
    *(
        Source(
            code,
            lambda: NetworkEvent.objects.filter(is_cancelled=False),
            tell_record(NetworkEvent, "Ansehen", page="detail"),
            place="",
            day="begin",
            note="place",
            ahead=ahead,
        )
        for code, ahead in (("network-event", PORTAL), ("network-event-here", HERE))
    ),
)
