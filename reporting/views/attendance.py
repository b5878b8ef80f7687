"""The attendance sheet of an event."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.downloads import file_name, pdf_answer
from participation.queries.sign_ups import event_of
from reporting.papers.attendance import KIND, attendance_pdf


@in_municipality(Action.WRITE)
@require_safe
def sheet(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Who has registered, with room to sign, as PDF."""
    event = event_of(municipality, pk)
    if event is None:
        raise Http404("Diese Veranstaltung gibt es nicht.")
    name = file_name(municipality, "anwesenheit", event.title, ending="pdf")
    back = reverse("participation:sign-up-list", args=[municipality.slug, pk])
    make = partial(attendance_pdf, event, timezone.now())
    return pdf_answer(request, make, name=name, back=back, called=f"{KIND} „{event.title}“")
