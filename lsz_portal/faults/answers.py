"""Answers when a request cannot be done: what somebody typed stays on the page, as text and to be sent again.

Django asks these handlers from whatever layer an error comes: view, template, middleware. The page of a fault needs
neither database nor session nor anything else that may be missing; where even the files of the page cannot be read, a
page without form says the sentence.
"""

import logging
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html

from accounts.typed import kept_from
from lsz_portal.faults.causes import Fault, code_of, fault_of

logger = logging.getLogger(__name__)
AGAIN_AFTER = "20"  # seconds; a restarted database is there again
BARE = (
    '<!DOCTYPE html><html lang="de"><meta charset="utf-8"><title>Gerade nicht möglich – LSZ-Portal</title>'
    "<h1>Gerade nicht möglich</h1><p>{}</p><p>Versuchen Sie es in einigen Minuten noch einmal.</p></html>"
)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where something around the portal has failed, 500 where the portal itself has."""
    error = sys.exc_info()[1]
    if isinstance(error, UnreadablePostError):  # who sent it has gone: nobody has to act
        return _page(request, "400.html", 400, {})
    fault = fault_of(error)
    if fault is None:
        return _page(request, "500.html", 500, {})
    note(fault, f"{request.method} {request.path}", error)
    response = unavailable(request, fault)
    response._has_been_logged = True  # type: ignore[attr-defined]  # one line is enough
    return response


def note(fault: Fault, what: str, error: BaseException | None) -> None:
    """One line in the log, without contents."""
    log = logger.warning if fault.passes else logger.error
    log("%s: %s (%s)", fault.name, what, code_of(error))


def told_of_job(error: Exception, what: str) -> str:
    """What who waits for the queue is told; empty where the portal itself is wrong."""
    fault = fault_of(error)
    if fault is None:
        return ""
    note(fault, what, error)
    return f"{fault.sentence} Versuchen Sie es in einigen Minuten noch einmal."


def unavailable(request: HttpRequest, fault: Fault) -> HttpResponse:
    """The answer to a request that cannot be done now."""
    if _wants_json(request):
        response: HttpResponse = JsonResponse({"status": fault.name, "error": fault.sentence}, status=503)
    else:
        response = _page(request, "503.html", 503, {"sentence": fault.sentence})
    response.headers["Retry-After"] = AGAIN_AFTER
    add_never_cache_headers(response)
    return response


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with what somebody typed whose role has ended meanwhile."""
    return render(request, "403.html", {"exception": str(exception), "kept": kept_from(request)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with what somebody typed about a record or a municipality that is gone meanwhile."""
    return render(request, "404.html", {"kept": kept_from(request)}, status=404)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json" or request.path.endswith((".json", "/gesundheit/"))


def _page(request: HttpRequest, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
    try:
        html = render_to_string(template, context | {"kept": kept_from(request)})
    except Exception:  # not even its own files: a sentence is still possible
        html = format_html(BARE, context.get("sentence", "Im Portal ist ein Fehler aufgetreten."))
    return HttpResponse(html, status=status)
