"""Buttons on the page of an application."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from accounts.access import access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from funding.domain.cases.becoming import make_measure
from funding.models import FundingApplication
from records.errors import StaleRecord, StepRefused
from records.pages.rows import get_row
from records.registry import kind_of


@in_municipality(Action.WRITE)
@require_POST
def become_measure(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Make a measure of the plan out of an approved application."""
    kind = kind_of(FundingApplication)
    application = get_row(kind, municipality, pk, access_of(request))
    try:
        measure = make_measure(application, person_of(request))
        messages.success(request, f"Maßnahme „{measure}“ angelegt; die Kriterien des Antrags sind ihre Kriterien.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except (StepRefused, StaleRecord) as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(kind.url("detail", municipality, application.pk))
