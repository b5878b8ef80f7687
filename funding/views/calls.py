"""Buttons on the page of a call, and the picture of its address."""

from io import BytesIO
from typing import Any

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from funding.domain.calls import next_call, renew_link, withdraw_call
from funding.models import Call
from funding.pages.call import public_address
from records.pages.crumbs import crumbs_for
from records.pages.rows import get_row
from records.registry import kind_of
from records.views.really import Really, ask, is_sure

QR_FILES = {"svg": "image/svg+xml", "png": "image/png"}
QR_SCALE = 10  # pixels of a module: sharp in print up to 4 cm


def row(request: HttpRequest, municipality: Municipality, pk: int) -> tuple[Call, Any]:
    """The call of this municipality, and the person. Raises Http404."""
    return get_row(kind_of(Call), municipality, pk, access_of(request)), person_of(request)


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


def question(request: HttpRequest, call: Call, what: str, text: str) -> HttpResponse:
    """What is asked before a step that nobody takes back."""
    kind = kind_of(Call)
    asked = Really(f"{what}: „{call}“?", text, what, kind.url("detail", call.municipality, call.pk))
    return ask(request, asked, crumbs=crumbs_for(kind, call.municipality, call, last=what))


@in_municipality(Action.WRITE)
@require_POST
def withdraw(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Take no more applications."""
    call, person = row(request, municipality, pk)
    if not is_sure(request):
        return question(request, call, "Aufruf zurückziehen", "Danach nimmt das Formular keine Anträge mehr an.")
    if call.withdrawn_on is None:
        withdraw_call(call, person, timezone.localdate())
        messages.success(request, "Der Aufruf ist zurückgezogen.")
    return back(municipality, call)


@in_municipality(Action.WRITE)
@require_POST
def new_link(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Another address; the one before leads nowhere."""
    call, person = row(request, municipality, pk)
    if not is_sure(request):
        text = "Die bisherige Adresse führt dann nirgends mehr hin, auch nicht die auf Aushängen und in Schreiben."
        return question(request, call, "Neue Adresse vergeben", text)
    renew_link(call, person)
    messages.success(request, "Das Formular hat eine neue Adresse. Die bisherige führt nirgends mehr hin.")
    return back(municipality, call)


@in_municipality(Action.WRITE)
@require_safe
def qr_code(request: HttpRequest, municipality: Municipality, pk: int, ending: str) -> HttpResponse:
    """The public address of the form as a QR code (ISO/IEC 18004) for Amtsblatt, poster and letter."""
    call, _person = row(request, municipality, pk)
    if ending not in QR_FILES:
        raise Http404
    picture = BytesIO()
    code = segno.make_qr(request.build_absolute_uri(public_address(call)), error="m")
    code.save(picture, kind=ending, scale=QR_SCALE, light="white")
    return HttpResponse(
        picture.getvalue(),
        content_type=QR_FILES[ending],
        headers={"Content-Disposition": f'inline; filename="aufruf-{call.year}-qr.{ending}"'},
    )
