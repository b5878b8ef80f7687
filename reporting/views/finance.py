"""The Finanzplan of a plan for download."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.downloads import file_answer, file_name, pdf_answer
from plans.views.plans import get_plan, url_of
from records.tables.writing import XLSX_TYPE
from reporting.papers.finance import finance_pdf, finance_xlsx


@in_municipality(Action.READ)
@require_safe
def document(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The planned costs as PDF."""
    plan = get_plan(municipality, pk)
    name = file_name(municipality, "finanzplan", plan.year, ending="pdf")
    make = partial(finance_pdf, plan, timezone.now())
    return pdf_answer(request, make, name=name, back=url_of("plan-detail", municipality, pk))


@in_municipality(Action.READ)
@require_safe
def workbook(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The planned costs as XLSX."""
    plan = get_plan(municipality, pk)
    name = file_name(municipality, "finanzplan", plan.year, ending="xlsx")
    return file_answer(finance_xlsx(plan, timezone.now()), name=name, media_type=XLSX_TYPE)
