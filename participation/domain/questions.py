"""Questions from one municipality to another: asked, answered, asked again, closed; whoever writes acts for a place."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import Access
from accounts.cleaning import clean_row
from accounts.enums import Action, Role
from accounts.models import Municipality, User
from participation.enums import QuestionState
from participation.models import Experience, Question, QuestionPost
from records.domain.saving import refuse_used_key, use_key
from records.errors import StepRefused

ITSELF = "Wählen Sie eine andere Kommune."


def function_in(actor: User | None, place: Municipality) -> str:
    """As what a person writes there: „Sozialplanung“, never a name."""
    roles = Access(actor).roles(place) if actor else set()
    return next((str(role.label) for role in (Role.LEAD, Role.PLANNER) if role in roles), "Kommune")


def require_writer(actor: User | None, place: Municipality) -> None:
    """Raises PermissionDenied for people who do not act for the municipality."""
    if actor is not None:
        Access(actor).require(Action.WRITE, place)


@transaction.atomic
def ask_question(
    *,
    asking: Municipality,
    asked: Municipality,
    subject: str,
    text: str,
    actor: User | None,
    experience: Experience | None = None,
    form_key: str = "",
    **more: Any,
) -> Question:
    """A new question. Raises PermissionDenied, ValidationError, DuplicateSubmission."""
    require_writer(actor, asking)
    refuse_used_key(form_key)
    if asking.pk == asked.pk:
        raise ValidationError({"asked": ITSELF})
    question = Question(asking=asking, asked=asked, subject=subject, experience=experience, **more)
    clean_row(question)
    question.full_clean()
    question.save()
    _post(question, asking, text, actor)
    use_key(form_key, question.pk)
    return question


@transaction.atomic
def write_post(
    *, question: Question, place: Municipality, text: str, actor: User | None, form_key: str = ""
) -> QuestionPost:
    """A message of one of the two. Raises PermissionDenied, ValidationError, DuplicateSubmission."""
    require_writer(actor, place)
    refuse_used_key(form_key)
    locked = _locked(question, place)
    post = _post(locked, place, text, actor)
    locked.state = QuestionState.OPEN if place.pk == locked.asking_id else QuestionState.ANSWERED
    locked.save()
    use_key(form_key, post.pk)
    return post


@transaction.atomic
def close_question(*, question: Question, place: Municipality, actor: User | None) -> Question:
    """The asking municipality needs nothing more. Raises PermissionDenied, StepRefused."""
    require_writer(actor, place)
    locked = _locked(question, place)
    if place.pk != locked.asking_id:
        raise StepRefused(["Abschließen kann die Kommune, die gefragt hat."])
    locked.state = QuestionState.CLOSED
    locked.save()
    return locked


def _locked(question: Question, place: Municipality) -> Question:
    """The question as it is stored now, for one of its two municipalities."""
    locked = Question.objects.select_for_update().get(pk=question.pk)
    if place.pk not in (locked.asking_id, locked.asked_id):
        raise PermissionDenied("Diese Frage gehört zu anderen Kommunen.")
    return locked


def _post(question: Question, place: Municipality, text: str, actor: User | None) -> QuestionPost:
    post = QuestionPost(
        question=question,
        place=place,
        function=function_in(actor, place),
        text=text,
        person=actor,
        at=timezone.now(),
    )
    clean_row(post)
    post.full_clean(exclude=["person"])
    post.save()
    return post
