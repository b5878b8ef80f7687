"""The Finanzplan of a plan for download: of a frozen edition as it was frozen, of a draft as the records are now."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.downloads import PDF_TYPE, file_name, made_answer
from plans.errors import DamagedVersion
from plans.models import Plan, PlanVersion
from plans.pages.papers import EDITION
from plans.queries.versions import versions_of
from plans.views.plans import get_plan, url_of
from printing.errors import RenderError
from records.tables.writing import XLSX_TYPE
from records.text import whole_number
from reporting.papers.finance import finance_pdf, finance_xlsx, frozen_costs, running_costs


def version_of(plan: Plan, asked: str | None) -> PlanVersion | None:
    """The edition that the address names, without a number that of the plan as it stands; None for a draft.

    Raises Http404 for an edition that there is not.
    """
    edition = whole_number(asked) if asked is not None else plan.edition if plan.is_frozen else None
    if edition is None and asked is None:
        return None
    version: PlanVersion | None = versions_of(plan).filter(edition=edition).first() if edition is not None else None
    if version is None:
        raise Http404("Diese Fassung gibt es nicht.")
    return version


def answer(
    request: HttpRequest, municipality: Municipality, pk: int, make: Callable[..., bytes], ending: str, media_type: str
) -> HttpResponse:
    """The file; where it cannot be made, the plan's page says why."""
    plan = get_plan(municipality, pk)
    version = version_of(plan, request.GET.get(EDITION))
    edition = f"fassung-{version.edition}" if version else ""

    def content() -> bytes:
        costs = frozen_costs(plan, version) if version else running_costs(plan, timezone.localdate())
        return make(costs, timezone.now())

    return made_answer(
        request,
        content,
        name=file_name(municipality, "finanzplan", plan.year, edition, ending=ending),
        media_type=media_type,
        back=url_of("plan-detail", municipality, pk),
        called=f"Finanzplan {plan.year}",
        fails=(DamagedVersion, RenderError),
    )


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
