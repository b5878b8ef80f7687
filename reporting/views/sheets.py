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
from plans.errors import DamagedVersion
from plans.pages.papers import EDITION
from plans.views.plans import get_plan
from plans.views.versions import get_version
from records.registry import kind_of
from records.text import whole_number
from reporting.papers.sheet import frozen_sheet_pdf, sheet_pdf
from reporting.queries.measures import measure_of

PLAN = "plan"  # in the address: the plan whose edition is meant


@in_municipality(Action.READ)
@require_safe
def sheet(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """One page about a measure as PDF: as recorded now, or as an edition of a plan says it."""
    measure = measure_of(municipality, pk)
    if measure is None:
        raise Http404("Diese Maßnahme gibt es nicht.")
    back = kind_of(Measure).url("detail", municipality, measure.pk)
    parts: tuple[object, ...] = (measure.title,)
    make = partial(sheet_pdf, measure, timezone.now())
    if PLAN in request.GET or EDITION in request.GET:
        key, edition = whole_number(request.GET.get(PLAN)), whole_number(request.GET.get(EDITION))
        if key is None or edition is None:
            raise Http404("Diese Fassung gibt es nicht.")
        version = get_version(get_plan(municipality, key), edition)
        make = partial(frozen_sheet_pdf, measure, version, timezone.now())
        parts = (measure.title, version.year, f"fassung-{edition}")
    name = file_name(municipality, "steckbrief", *parts, ending="pdf")
    called = f"Steckbrief „{measure.title}“"
    return pdf_answer(request, make, name=name, back=back, called=called, fails=(DamagedVersion,))
