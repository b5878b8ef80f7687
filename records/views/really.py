"""A question before a step that nobody can take back: it is done when the form of the question comes."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

SURE, TOKEN = "_sicher", "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Really:
    """What is asked: „Befragung beenden?“, what happens then, the word on the button, and where one goes instead."""

    heading: str
    text: str
    label: str
    back: str


def is_sure(request: HttpRequest) -> bool:
    """Whether the form is the one of the question."""
    return SURE in request.POST


def ask(request: HttpRequest, asked: Really, **context: Any) -> HttpResponse:
    """The question; what was sent goes along, so that the answer does just that."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    shown = context | {"asked": asked, "sent": sent, "sure": SURE, "has_token": TOKEN in request.POST}
    return TemplateResponse(request, "records/really.html", shown)
