"""What holds for every request: room for its frames, refusals, compression."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from accounts.frames import with_room
from accounts.typed import is_worth_carrying
from accounts.views.session import log_in_again


def room_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """The first middleware: room for the frames of all others, of views and templates."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    return with_room(answer)


class NullByteMiddleware:
    """Refuse addresses and queries with NUL: PostgreSQL cannot store or compare them, and nobody means them.

    Form fields are covered by Django's ProhibitNullCharactersValidator, next to the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("Die Adresse enthält ein unzulässiges Zeichen.")
        return self.get_response(request)


class LogInFirstMiddleware(LoginRequiredMiddleware):
    """Everybody logs in first; what was typed in a form whose session has ended comes along, scripts get a 401."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({}, status=401)
        if is_worth_carrying(request, view_func):
            return log_in_again(request)
        return super().handle_no_permission(request, view_func)


class TextGzipMiddleware(GZipMiddleware):
    """Compress pages, CSV, SVG and calendars; PDF, XLSX and pictures are compressed already (docs/adr/0008)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith(("text/", "image/svg")):
            return super().process_response(request, response)
        return response
