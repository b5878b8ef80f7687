"""Papers of money: the Mittelabruf, the confirmation of receipt of an application."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from funding.models import FundingApplication, FundsCall
from insight.downloads import file_name, pdf_answer
from records.registry import kind_of
from reporting.papers import application, funds_call
from reporting.queries.grants import paper_row


def paper(request: HttpRequest, record: Any, make: Callable[[Any, datetime], bytes], *called: object) -> HttpResponse:
    """The PDF of a record. Raises Http404 where there is none; ``called`` says what it is and of when."""
    if record is None:
        raise Http404("Diesen Eintrag gibt es nicht.")
    return pdf_answer(
        request,
        partial(make, record, timezone.now()),
        name=file_name(record.municipality, *called, ending="pdf"),
        back=kind_of(type(record)).url("detail", record.municipality, record.pk),
        called=" ".join(map(str, called)),
    )


@in_municipality(Action.READ)
@require_safe
def call(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The Mittelabruf."""
    record = paper_row(FundsCall, municipality, pk, "notice__grant")
    return paper(request, record, funds_call.call_pdf, funds_call.KIND, record and record.requested_on.iso)


@in_municipality(Action.WRITE)
@require_safe
def receipt(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The Eingangsbestätigung; before the receipt there is none."""
    record = paper_row(FundingApplication, municipality, pk, "call")
    if record is not None and not record.case_number:
        messages.info(request, "Der Antrag ist noch nicht als eingegangen festgehalten.")
        return HttpResponseRedirect(kind_of(FundingApplication).url("detail", municipality, pk))
    return paper(request, record, application.receipt_pdf, application.KIND, record and record.case_number)
