"""Questions between two municipalities: the list of one's own, a new one, the thread."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from participation.domain.questions import ask_question, close_question, write_post
from participation.enums import QuestionState
from participation.forms.questions import PostForm, QuestionForm
from participation.models import Question
from participation.queries.exchange import places_to_ask, question_of, questions_of, released_one
from records.errors import DuplicateSubmission, StepRefused
from records.forms.record import add_errors
from records.parts import Link
from records.places import home_link
from records.text import whole_number
from records.views.kept import keeps_form

BOTH = ["GET", "HEAD", "POST"]
LIST = "Fragen zwischen Kommunen"


def list_url(place: Municipality) -> str:
    """The questions of a municipality."""
    return reverse("participation:question-list", args=[place.slug])


def thread_url(place: Municipality, pk: int) -> str:
    """One question, as one of its municipalities sees it."""
    return reverse("participation:question", args=[place.slug, pk])


def crumbs(place: Municipality, *last: str) -> list[Link]:
    """Municipality › questions › page."""
    links = [home_link(place), Link(LIST, list_url(place) if last else "")]
    return [*links, *(Link(label, "") for label in last)]


def get_question(place: Municipality, pk: int) -> Question:
    """Gate 2: a question that the municipality asks or is asked, or Http404."""
    question = question_of(place, pk)
    if question is None:
        raise Http404("Diese Frage gibt es nicht.")
    return question


@in_municipality(Action.WRITE)
@require_safe
def question_list(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """What the municipality has asked and was asked."""
    context = {
        "place": municipality,
        "lines": [(row, thread_url(municipality, row.pk)) for row in questions_of(municipality)],
        "create_url": reverse("participation:question-create", args=[municipality.slug]),
        "crumbs": crumbs(municipality),
    }
    return TemplateResponse(request, "participation/questions.html", context)


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(BOTH)
def question_create(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """A new question to another municipality, about one of its released experiences or about anything."""
    experience = released_one(whole_number(request.GET.get("zu")) or 0)
    if experience is not None and experience.municipality_id == municipality.pk:
        raise Http404("Wählen Sie eine andere Kommune als Ihre eigene.")
    initial = {"asked": experience.municipality_id, "subject": f"Zu: {experience.title}"} if experience else {}
    form = QuestionForm(sent(request), places=places_to_ask(municipality), initial=initial)

    def store() -> Question:
        typed = form.cleaned_data
        return ask_question(
            asking=municipality,
            asked=typed["asked"],
            subject=typed["subject"],
            text=typed["text"],
            experience=experience if experience and experience.municipality_id == typed["asked"].pk else None,
            actor=person_of(request),
            form_key=typed["form_key"],
        )

    if answer := stored(request, form, store, lambda pk: thread_url(municipality, pk), "Frage gesendet."):
        return answer
    context = {
        "form": form,
        "experience": experience,
        "cancel_url": list_url(municipality),
        "crumbs": crumbs(municipality, "Frage stellen"),
    }
    return TemplateResponse(request, "participation/question_form.html", context, status=422 if form.errors else 200)


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(BOTH)
def question(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The thread, with the next message of one's own side."""
    found = get_question(municipality, pk)
    form = PostForm(sent(request))

    def store() -> Question:
        typed = form.cleaned_data
        actor = person_of(request)
        key = typed["form_key"]
        return write_post(question=found, place=municipality, text=typed["text"], actor=actor, form_key=key).question

    if answer := stored(request, form, store, lambda _: thread_url(municipality, pk), "Nachricht gesendet."):
        return answer
    is_asking = found.asking_id == municipality.pk
    context = {
        "question": found,
        "place": municipality,
        "other": found.asked if is_asking else found.asking,
        "form": form,
        "close_url": reverse("participation:question-close", args=[municipality.slug, pk])
        if is_asking and found.state != QuestionState.CLOSED
        else "",
        "crumbs": crumbs(municipality, found.subject),
    }
    return TemplateResponse(request, "participation/question.html", context, status=422 if form.errors else 200)


@in_municipality(Action.WRITE)
@require_POST
def question_close(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The asking municipality has what it wanted to know."""
    found = get_question(municipality, pk)
    try:
        close_question(question=found, place=municipality, actor=person_of(request))
    except StepRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Frage abgeschlossen.")
    return HttpResponseRedirect(thread_url(municipality, pk))


def sent(request: HttpRequest) -> Any:
    """The fields of a form that was sent."""
    return request.POST if request.method == "POST" else None


def stored(
    request: HttpRequest, form: Any, store: Callable[[], Question], after: Callable[[int], str], done: str
) -> HttpResponse | None:
    """To the thread when what was typed is stored, also by the same form before; None shows the form again."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        found = store()
    except DuplicateSubmission as error:
        return HttpResponseRedirect(after(error.pk))
    except ValidationError as error:
        add_errors(form, error)
        return None
    messages.success(request, done)
    return HttpResponseRedirect(after(found.pk))
