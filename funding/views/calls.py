"""Buttons on the page of a call."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from funding.domain.calls import next_call, renew_link, withdraw_call
from funding.models import Call
from records.pages.rows import get_row
from records.registry import kind_of


def row(request: HttpRequest, municipality: Municipality, pk: int) -> tuple[Call, Any]:
    """The call of this municipality, and the person. Raises Http404."""
    return get_row(kind_of(Call), municipality, pk, access_of(request)), request.user


def back(municipality: Municipality, call: Call, page: str = "detail") -> HttpResponse:
    """To a page of the call."""
    return HttpResponseRedirect(kind_of(Call).url(page, municipality, call.pk))


@in_municipality(Action.WRITE)
@require_POST
def next_year(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Make the next year's call and open its form: the second step is to save it."""
    call, person = row(request, municipality, pk)
    try:
        new = next_call(call, person)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back(municipality, call)
    messages.info(request, f"„{new}“ ist angelegt. Prüfen Sie Tage, Text und Topf.")
    return back(municipality, new, "update")


@in_municipality(Action.WRITE)
@require_POST
def withdraw(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Take no more applications."""
    call, person = row(request, municipality, pk)
    if call.withdrawn_on is None:
        withdraw_call(call, person, timezone.localdate())
        messages.success(request, "Der Aufruf ist zurückgezogen.")
    return back(municipality, call)


@in_municipality(Action.WRITE)
@require_POST
def new_link(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Another address; the one before leads nowhere."""
    call, person = row(request, municipality, pk)
    renew_link(call, person)
    messages.success(request, "Das Formular hat eine neue Adresse. Die bisherige führt nirgends mehr hin.")
    return back(municipality, call)
