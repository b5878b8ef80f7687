"""What holds for every request: room for its frames, refusals, compression."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from accounts.frames import with_room
from accounts.typed import is_worth_carrying
from accounts.views.session import log_in_again

CODINGS = frozenset({"", "utf-8", "utf8", "us-ascii"})


def room_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """The first middleware: room for the frames of all others, of views and templates."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    return with_room(answer)


class ReadableMiddleware:
    """Refuse at the door what no later layer could read: before anything looks at fields, session or host.

    NUL: PostgreSQL cannot store or compare it, and nobody means it; fields of forms are covered by Django's validator,
    next to the field. Codings: Django would decode fields and query with whatever the request names. Length: more than
    the largest file with its form. Parameters: more than Django reads; the page of an error would read them again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.refuse(request)
        return self.get_response(request)

    def refuse(self, request: HttpRequest) -> None:
        """Raise BadRequest, which is logged as a warning: nobody has to act."""
        query, cookies = request.META.get("QUERY_STRING", ""), "".join(request.COOKIES.values())
        length = request.META.get("CONTENT_LENGTH") or "0"
        coding = (request.content_params or {}).get("charset", "").lower()
        if (
            "\x00" in f"{request.path}{cookies}{query}"
            or "%00" in query
            or query.count("&") >= (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 0)
            or coding not in CODINGS
            or not (length.isascii() and length.isdigit() and len(length) < 12)
            or int(length) > settings.LARGEST_REQUEST
        ):
            request._mark_post_parse_error()  # type: ignore[attr-defined]  # not even the page of the error reads it
            raise BadRequest("Die Anfrage ist nicht lesbar.")


class PrivateMiddleware:
    """What somebody sees who is logged in is kept by no cache and by no other person at the same computer.

    Files are not stored at all. Pages may be kept by the browser, to be asked for again: browsers forget what was typed
    in pages that they may not store, and somebody who goes back shall find it. Logging out clears what they kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" in response.headers:  # decided; nor is a database asked once more that has just failed
            return response
        if request.session.accessed and request.user.is_authenticated:  # nobody asked: the same for all
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            response.headers["Cache-Control"] = "private, no-cache" if is_page else "private, no-store"
        return response


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
