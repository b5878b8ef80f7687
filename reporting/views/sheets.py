"""The Steckbrief of a measure."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.downloads import file_name, pdf_answer
from planning.models import Measure
from records.registry import kind_of
from reporting.papers.sheet import sheet_pdf
from reporting.queries.measures import measure_of


@in_municipality(Action.READ)
@require_safe
def sheet(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """One page about a measure as PDF."""
    measure = measure_of(municipality, pk)
    if measure is None:
        raise Http404("Diese Maßnahme gibt es nicht.")
    name = file_name(municipality, "steckbrief", measure.title, ending="pdf")
    back = kind_of(Measure).url("detail", municipality, measure.pk)
    return pdf_answer(request, partial(sheet_pdf, measure, timezone.now()), name=name, back=back)
