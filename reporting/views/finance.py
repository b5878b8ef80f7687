"""The Finanzplan of a plan for download: of a frozen edition as it was frozen, of a draft as the records are now."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.downloads import PDF_TYPE, file_answer, file_name
from plans.errors import DamagedVersion
from plans.models import Plan
from plans.pages.papers import EDITION
from plans.queries.versions import versions_of
from plans.views.plans import get_plan, url_of
from printing.errors import RenderError
from records.tables.writing import XLSX_TYPE
from records.text import whole_number
from reporting.papers.finance import Costs, finance_pdf, finance_xlsx, frozen_costs, running_costs


def costs_of(plan: Plan, asked: str | None) -> tuple[Costs, int | None]:
    """The Finanzplan that the address names, and the edition; without a number that of the plan as it stands.

    Raises Http404 for an edition that there is not, DamagedVersion.
    """
    edition = whole_number(asked) if asked is not None else plan.edition if plan.is_frozen else None
    if edition is None and asked is None:
        return running_costs(plan, timezone.localdate()), None
    version = versions_of(plan).filter(edition=edition).first() if edition is not None else None
    if version is None:
        raise Http404("Diese Fassung gibt es nicht.")
    return frozen_costs(plan, version), edition


def answer(
    request: HttpRequest, municipality: Municipality, pk: int, make: Callable[..., bytes], ending: str, media_type: str
) -> HttpResponse:
    """The file; where it cannot be made, the plan's page says why."""
    plan = get_plan(municipality, pk)
    try:
        costs, edition = costs_of(plan, request.GET.get(EDITION))
        content = make(costs, timezone.now())
    except (DamagedVersion, RenderError) as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(url_of("plan-detail", municipality, pk))
    parts = ("finanzplan", plan.year, *((f"fassung-{edition}",) if edition else ()))
    return file_answer(content, name=file_name(municipality, *parts, ending=ending), media_type=media_type)


@in_municipality(Action.READ)
@require_safe
def document(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The planned costs as PDF."""
    return answer(request, municipality, pk, finance_pdf, "pdf", PDF_TYPE)


@in_municipality(Action.READ)
@require_safe
def workbook(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The planned costs as XLSX."""
    return answer(request, municipality, pk, finance_xlsx, "xlsx", XLSX_TYPE)
