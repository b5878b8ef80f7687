"""Draft and released editions of Sachbericht and Familienbericht."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.downloads import PDF_TYPE, file_answer, file_name, pdf_answer
from plans.errors import DamagedVersion
from records.registry import kind_of
from reporting.domain.freezing import draft_pdf
from reporting.models import Report
from reporting.queries.frozen import edition_of, report_of

MEDIA = {"pdf": PDF_TYPE, "json": "application/json"}


@in_municipality(Action.WRITE)
@require_safe
def draft(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The report as it would be released now."""
    report = report_of(municipality, pk)
    if report is None:
        raise Http404("Diesen Bericht gibt es nicht.")
    at = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    name = file_name(municipality, report.get_kind_display(), report.year, "entwurf", ending="pdf")
    back = kind_of(Report).url("detail", municipality, pk)
    called = f"{report} (Entwurf)"
    return pdf_answer(
        request, partial(draft_pdf, report, at), name=name, back=back, called=called, fails=(DamagedVersion,)
    )


@in_municipality(Action.READ)
@require_safe
def edition(request: HttpRequest, municipality: Municipality, pk: int, edition: int, form: str) -> HttpResponse:
    """A released edition, byte by byte as it was frozen."""
    frozen = edition_of(municipality, pk, edition) if form in MEDIA else None
    if frozen is None:
        raise Http404("Diese Ausgabe gibt es nicht.")
    content = bytes(frozen.pdf if form == "pdf" else frozen.data)
    name = file_name(municipality, str(frozen.report), f"ausgabe-{edition}", ending=form)
    return file_answer(content, name=name, media_type=MEDIA[form])
