"""The Finanzplan for download: of a frozen edition as it was frozen, of a draft and of all years as they are now."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from funding.models import BudgetYear
from funding.queries.budget import years_of
from insight.downloads import PDF_TYPE, file_name, made_answer
from plans.errors import DamagedVersion
from plans.models import Plan, PlanVersion
from plans.pages.papers import EDITION
from plans.queries.versions import versions_of
from plans.views.plans import get_plan, url_of
from printing.errors import RenderError
from records.registry import kind_of
from records.tables.writing import XLSX_TYPE
from records.text import whole_number
from reporting.papers.finance import finance_pdf, finance_xlsx, frozen_costs, running_costs
from reporting.papers.finance_years import cycle_costs, years_pdf, years_xlsx
from reporting.queries.grants import paper_row


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


def answer_years(
    request: HttpRequest, municipality: Municipality, pk: int, make: Callable[..., bytes], ending: str, media_type: str
) -> HttpResponse:
    """The Finanzpläne of the cycle to which the one with this key belongs. Raises Http404."""
    found = paper_row(BudgetYear, municipality, pk, "cycle")
    if found is None:
        raise Http404("Diesen Eintrag gibt es nicht.")
    cycle = found.cycle
    years = [row.year for row in years_of(municipality) if row.cycle_id == cycle.pk]

    def content() -> bytes:
        return make(cycle_costs(municipality, cycle, years, timezone.localdate()), timezone.now())

    return made_answer(
        request,
        content,
        name=file_name(municipality, "finanzplan", cycle.first_year, cycle.last_year, ending=ending),
        media_type=media_type,
        back=kind_of(BudgetYear).url("detail", municipality, pk),
        called=f"Finanzplan {cycle.years}",
        fails=(RenderError,),
    )


@in_municipality(Action.READ)
@require_safe
def years_document(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """All years of the cycle as PDF."""
    return answer_years(request, municipality, pk, years_pdf, "pdf", PDF_TYPE)


@in_municipality(Action.READ)
@require_safe
def years_workbook(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """All years of the cycle as XLSX with live formulas."""
    return answer_years(request, municipality, pk, years_xlsx, "xlsx", XLSX_TYPE)
