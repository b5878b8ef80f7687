"""The question whether what was saved already is meant a second time, and views that do without it."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from records.domain.sent_once import AGAIN, TECHNICAL
from records.models import SubmissionKey

V = TypeVar("V", bound=Callable[..., Any])


def asked_again(
    request: HttpRequest, used: SubmissionKey, *, differs: bool = False, key_field: str = "form_key"
) -> HttpResponse:
    """Nothing was stored a second time (409): the way to what was saved, and a form that sends all of it once more.

    ``differs``: the form was saved with other values before. Files cannot be sent along.
    """
    fields = [(name, value) for name, values in request.POST.lists() if name not in TECHNICAL for value in values]
    context = {
        "when": f"{timezone.localtime(used.used_at):%d.%m.%Y um %H:%M} Uhr",
        "target": used.target,
        "differs": differs,
        "had_files": bool(request.FILES),
        "fields": [*fields, (AGAIN, "1"), *([("form_key", str(uuid.uuid4()))] if key_field == "form_key" else [])],
        "action": request.get_full_path(),
    }
    response = TemplateResponse(request, "records/sent_again.html", context, status=409)
    response.render()
    return response


def may_repeat(view: V) -> V:
    """Declare that the same form may well be sent once more: it has something written anew."""
    view.may_repeat = True  # type: ignore[attr-defined]
    return view


def takes_changes(view: V) -> V:
    """Declare that a view itself goes on with what was changed in a form after it was saved."""
    view.takes_changes = True  # type: ignore[attr-defined]
    return view
