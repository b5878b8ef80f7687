"""What municipalities have released for one another, and the questions between two of them.

Everything that leaves a municipality goes through ``released``: whoever shows, counts, searches or writes files of
experiences of others begins there.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum

from accounts.models import Municipality
from participation.enums import ExperienceState
from participation.models import Experience, NetworkEvent, NetworkRegistration, Question, QuestionPost
from planning.models import ActionField, LifePhase
from records.text import fold


def released() -> QuerySet[Experience]:
    """Experiences that others may read, by name, with what their pages show (two queries)."""
    rows = Experience.objects.filter(state=ExperienceState.RELEASED).select_related("municipality", "action_field")
    return rows.prefetch_related("life_phases").order_by("sort_key", "pk")


def released_one(pk: int) -> Experience | None:
    """One of them, or None where it is not released or does not exist."""
    return released().filter(pk=pk).first() if pk < 2**63 else None


def about(rows: QuerySet[Experience], words: Iterable[str]) -> QuerySet[Experience]:
    """Those in whose own words all the words occur, whatever their case."""
    for word in words:
        rows = rows.filter(search_text__contains=fold(word))
    return rows


def fields_in_use() -> QuerySet[ActionField]:
    """Handlungsfelder of released experiences."""
    return ActionField.objects.filter(experiences__state=ExperienceState.RELEASED).distinct().order_by("sort_key")


def life_phases_in_use() -> QuerySet[LifePhase]:
    """Lebensphasen of released experiences."""
    return LifePhase.objects.filter(experiences__state=ExperienceState.RELEASED).distinct().order_by("sort_key")


def places_in_use() -> QuerySet[Municipality]:
    """Municipalities that have released something, by name."""
    own = Experience.objects.filter(state=ExperienceState.RELEASED).values("municipality")
    return Municipality.objects.filter(pk__in=own).order_by("sort_key")


def questions_of(place: Municipality) -> QuerySet[Question]:
    """What a municipality has asked or was asked, the newest first."""
    rows = Question.objects.filter(Q(asking=place) | Q(asked=place))
    return rows.select_related("asking", "asked", "experience").order_by("-changed_at", "-pk")


def question_of(place: Municipality, pk: int) -> Question | None:
    """One of its questions with the messages, or None."""
    posts = Prefetch("posts", QuestionPost.objects.select_related("place").order_by("pk"))
    return questions_of(place).prefetch_related(posts).filter(pk=pk).first() if pk < 2**63 else None


def registrations_for(event: NetworkEvent, places: list[Municipality] | None) -> list[NetworkRegistration]:
    """Registrations by name of the municipality; only those of ``places``, or with None all of them."""
    rows = NetworkRegistration.objects.filter(event=event).select_related("municipality", "event")
    if places is not None:
        rows = rows.filter(municipality__in=places)
    return list(rows.order_by("municipality__sort_key"))


def network_events() -> QuerySet[NetworkEvent]:
    """The programme's network events, the newest first."""
    return NetworkEvent.objects.order_by("-begin", "-pk").prefetch_related("documents")


def places_to_ask(but: Municipality) -> QuerySet[Any]:
    """The other municipalities of today, by name."""
    return Municipality.objects.current().exclude(pk=but.pk).order_by("sort_key")


def people_registered(event: NetworkEvent) -> int:
    """How many people come, over all municipalities (one query)."""
    rows = NetworkRegistration.objects.filter(event=event).aggregate(people=Sum("people"))
    return int(rows["people"] or 0)
