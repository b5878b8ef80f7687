"""A network event of the programme as calendar file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_portal
from accounts.enums import Action
from insight.downloads import file_answer
from participation.models import NetworkEvent
from records.pages.rows import get_row
from records.registry import kind_of
from records.vague import DAY
from reporting.papers.calendar import MEDIA_TYPE, network_calendar

NO_DAY = "Für den Kalender braucht die Veranstaltung einen genauen Tag. Er steht noch nicht fest."


@in_portal(Action.ACCOUNT)
@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The file; without a day the page of the event says what is missing."""
    kind = kind_of(NetworkEvent)
    event = get_row(kind, None, pk, access_of(request))
    if event.begin is None or event.begin.precision != DAY:
        messages.info(request, NO_DAY)
        return HttpResponseRedirect(kind.url("detail", None, pk))
    name = f"netzwerkveranstaltung-{event.begin.iso}.ics"
    return file_answer(network_calendar(event), name=name, media_type=MEDIA_TYPE)
