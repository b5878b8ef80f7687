"""The Finanzplan of a plan for download."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from planning.records.export import XLSX_TYPE
from reporting.documents.finance import finance_pdf, finance_xlsx
from reporting.views.downloads import file_answer, file_name, pdf_answer
from reporting.views.plans import get_plan, url_of


@in_municipality(Action.READ)
@require_safe
def finance(request: HttpRequest, municipality: Municipality, pk: int, form: str) -> HttpResponse:
    """The planned costs as PDF or XLSX."""
    if form not in {"pdf", "xlsx"}:
        raise Http404("Diese Ausgabe gibt es nicht.")
    plan, now = get_plan(municipality, pk), timezone.now()
    name = file_name(municipality, "finanzplan", plan.year, ending=form)
    if form == "xlsx":
        return file_answer(finance_xlsx(plan, now), name=name, media_type=XLSX_TYPE)
    return pdf_answer(request, partial(finance_pdf, plan, now), name=name, back=url_of("plan-detail", municipality, pk))
