"""Refusals that hold for every request."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


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
