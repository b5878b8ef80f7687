"""The notice of a survey that is open in the portal."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.downloads import file_name, pdf_answer
from participation.models import Survey
from participation.queries.open_surveys import opened_of
from participation.views.public_surveys import survey_url
from records.pages.rows import get_row
from records.registry import kind_of
from reporting.papers.survey_notice import KIND, survey_notice_pdf

NOT_OPEN = (
    "Die Befragung ist nicht im Portal geöffnet; einen Aushang gibt es, solange sie offen ist. Öffnen Sie sie zuerst."
)


@in_municipality(Action.WRITE)
@require_safe
def notice(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Address and QR code for everybody, as PDF in every language that print has."""
    kind = kind_of(Survey)
    survey = cast(Any, get_row(kind, municipality, pk, access_of(request)))
    back, opened = kind.url("detail", municipality, pk), opened_of(survey)
    if opened is None:
        messages.error(request, NOT_OPEN)
        return HttpResponseRedirect(back)
    address = request.build_absolute_uri(survey_url(municipality, pk))
    name = file_name(municipality, "aushang", survey.title, ending="pdf")
    make = partial(survey_notice_pdf, opened, address, timezone.now())
    return pdf_answer(request, make, name=name, back=back, called=f"{KIND} „{survey.title}“")
