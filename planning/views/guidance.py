"""The help of a phase, read when somebody opens it beside a record."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality
from accounts.client import by_htmx
from accounts.enums import Action
from accounts.models import Municipality
from planning.enums import Phase
from planning.pages import guidance


@in_municipality(Action.READ)
@require_safe
def phase_help(request: HttpRequest, municipality: Municipality, phase: str) -> HttpResponse:
    """What stands in the open help; as an address of its own it leads to the page of the phase."""
    found = next((p for p in Phase if p.slug == phase), None)
    if found is None:
        raise Http404("Diese Phase gibt es nicht.")
    if not by_htmx(request):
        return HttpResponseRedirect(guidance.phase_url(municipality, found))
    context = {
        "help": guidance.phase_help(municipality, found, access_of(request)),
        "may_write": access_of(request).allows(Action.WRITE, municipality),
    }
    return TemplateResponse(request, "planning/_phase_help.html", context)
