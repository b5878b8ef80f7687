"""The exchange of experience: what municipalities have released, how long things took, meetings of the network.

Every page stands twice: below a municipality for those who work in one, and in the portal for all others.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import View, access_of, in_municipality, in_portal
from accounts.enums import Action
from accounts.models import Municipality
from overview.queries.durations import body_durations, step_durations
from overview.queries.exchange import found_by, shown
from participation.queries.exchange import network_events, released_one
from planning.enums import FEWEST_PLACES
from records.parts import Link
from records.places import home_link
from records.registry import kind_of

PAGE, PAGE_SIZE = "seite", 20
TITLE = "Erfahrungsaustausch"
Inner = Callable[..., HttpResponse]


def for_everybody(view: Inner) -> tuple[View, View]:
    """The view in the portal, for whoever has a role, and below a municipality."""

    @in_portal(Action.ACCOUNT)
    @require_safe
    @wraps(view)
    def in_the_portal(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not access_of(request).assignments:
            raise PermissionDenied("Der Erfahrungsaustausch steht allen offen, die eine Rolle haben.")
        return view(request, None, **kwargs)

    @in_municipality(Action.READ)
    @require_safe
    @wraps(view)
    def here(request: HttpRequest, municipality: Municipality, **kwargs: Any) -> HttpResponse:
        return view(request, municipality, **kwargs)

    return in_the_portal, here


def url_of(name: str, municipality: Municipality | None, *given: Any) -> str:
    """The page where the person is."""
    if municipality is None:
        return reverse(f"overview:{name}", args=given)
    return reverse(f"overview:{name}-here", args=[municipality.slug, *given])


def crumbs(municipality: Municipality | None, *last: str) -> list[Link]:
    """The way to a page of the exchange."""
    first = [home_link(municipality)] if municipality else []
    root = Link(TITLE, url_of("exchange", municipality) if last else "")
    return [*first, root, *(Link(label, "") for label in last)]


def _exchange(request: HttpRequest, municipality: Municipality | None) -> HttpResponse:
    """What others have released, by subject."""
    found = found_by(request.GET)
    page = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get(PAGE))
    asked = request.GET.copy()
    asked.pop(PAGE, None)
    access = access_of(request)
    own = municipality if municipality and access.allows(Action.WRITE, municipality) else None
    context = {
        "found": found,
        "lines": [(shown(row), url_of("experience", municipality, row.pk)) for row in page.object_list],
        "total": page.paginator.count,
        "page": page,
        "pages": [Link(str(n), f"?{asked.urlencode()}&{PAGE}={n}") for n in page.paginator.page_range],
        "here": url_of("exchange", municipality),
        "durations_url": url_of("durations", municipality),
        "network_url": url_of("network", municipality),
        "questions_url": reverse("participation:question-list", args=[own.slug]) if own else "",
        "own_url": reverse("participation:experience-list", args=[own.slug]) if own else "",
        "crumbs": crumbs(municipality),
    }
    return TemplateResponse(request, "overview/exchange.html", context)


def _experience(request: HttpRequest, municipality: Municipality | None, pk: int) -> HttpResponse:
    """One of them; what is not released does not exist here."""
    experience = released_one(pk)
    if experience is None:
        raise Http404("Diese Erfahrung gibt es im Erfahrungsaustausch nicht.")
    own = municipality is not None and municipality.pk == experience.municipality_id
    ask_url = ""
    if municipality and not own and access_of(request).allows(Action.WRITE, municipality):
        ask_url = f"{reverse('participation:question-create', args=[municipality.slug])}?zu={experience.pk}"
    context = {
        "shown": shown(experience),
        "ask_url": ask_url,
        "own_url": kind_of(type(experience)).url("detail", municipality, experience.pk) if own else "",
        "crumbs": crumbs(municipality, experience.title),
    }
    return TemplateResponse(request, "overview/experience.html", context)


def _durations(request: HttpRequest, municipality: Municipality | None) -> HttpResponse:
    """How long steps and the building of bodies took."""
    context = {
        "steps": step_durations(),
        "bodies": body_durations(),
        "fewest": FEWEST_PLACES,
        "crumbs": crumbs(municipality, "Wie lange es dauerte"),
    }
    return TemplateResponse(request, "overview/durations.html", context)


def _network(request: HttpRequest, municipality: Municipality | None) -> HttpResponse:
    """The programme's network events, those to come and those that are documented."""
    events = list(network_events())
    context = {
        "events": [(event, kind_of(type(event)).url("detail", None, event.pk)) for event in events],
        "crumbs": crumbs(municipality, "Netzwerkveranstaltungen"),
    }
    return TemplateResponse(request, "overview/network.html", context)


exchange, exchange_here = for_everybody(_exchange)
experience, experience_here = for_everybody(_experience)
durations, durations_here = for_everybody(_durations)
network, network_here = for_everybody(_network)
