"""Where a person begins: the municipality's start page, or the choice between several."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality, public
from accounts.enums import Action
from accounts.models import Municipality
from overview.queries.advice import advised_by
from overview.queries.due import waiting_items
from overview.queries.start import WAITING_SHOWN, quick_entries, start_page
from participation.models import SupportRecord
from participation.queries.open_surveys import answerable
from participation.queries.sign_ups import coming
from planning.models import Deadline, PlanningCycle, PlanningStep
from plans.queries.published import public_places
from records.pages.recent import recent_records
from records.parts import Link
from records.places import home_url
from records.registry import kind_of
from records.waiting import note_number, read_everywhere

RECENT_SHOWN, EVENTS_SHOWN = 5, 10


@require_safe
def _home(request: HttpRequest) -> HttpResponse:
    """What the portal is, for people without log-in.

    Others go to the only place they have, advisers to their own page, or to the choice where there are several or none.
    """
    if not request.user.is_authenticated:
        today = timezone.localdate()
        shown = {
            "frame": None,
            "places": public_places(),
            "events": coming(today)[:EVENTS_SHOWN],
            "surveys": answerable(today)[:EVENTS_SHOWN],
            "today": today,
        }
        return TemplateResponse(request, "overview/public_start.html", shown)
    access = access_of(request)
    places = [Link(m.name, home_url(m)) for m in access.municipalities()]
    if advised := advised_by(access):
        if len(advised) == len(places) and not access.sees_all:
            return HttpResponseRedirect(reverse("overview:advice"))
        places.insert(0, Link("Begleitete Kommunen", reverse("overview:advice")))
    if access.allows(Action.OVERVIEW):
        places.insert(0, Link("Alle Kommunen", reverse("overview:ministry")))
    if len(places) == 1:
        return HttpResponseRedirect(places[0].url)
    today, waiting = timezone.localdate(), read_everywhere(access, timezone.localdate())
    note_number(request, waiting.number)
    context = {
        "places": places,
        "waiting": waiting_items(waiting.mine[:WAITING_SHOWN], today),
        "waiting_total": waiting.number,
    }
    return TemplateResponse(request, "overview/chooser.html", context)


@require_safe
def _start(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Where the cycle stands, what is due, what comes next, what was changed."""
    access = access_of(request)
    may_write = access.allows(Action.WRITE, municipality)
    page = start_page(municipality, timezone.localdate(), access)
    note_number(request, page.number)
    advice = [Link("Prozessbegleitung", kind_of(SupportRecord).url("create", municipality))]
    may_advise = access.allows(Action.SUPPORT, municipality)
    context = {
        "place": municipality,
        "page": page,
        "quick": quick_entries(municipality) if may_write else advice if may_advise else [],
        "recent": recent_records(request.session, municipality, access_of(request))[:RECENT_SHOWN],
        "new_cycle": kind_of(PlanningCycle).url("create", municipality) if may_write else "",
        "steps_url": kind_of(PlanningStep).url("list", municipality),
        "deadlines_url": kind_of(Deadline).url("list", None),
        "timeline_url": reverse("insight:timeline", kwargs={"slug": municipality.slug}),
        "money_url": reverse("overview:open-money", kwargs={"slug": municipality.slug}),
        "plans_url": reverse("plans:plan-list", kwargs={"slug": municipality.slug}),
    }
    return TemplateResponse(request, "overview/start.html", context)


home = public(_home)
start = in_municipality(Action.READ)(_start)
