"""The way from one municipality to another, to the same page where the other has it too."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from accounts.access import Access
from accounts.enums import Action
from accounts.models import Municipality
from accounts.typed import actions_of
from records.places import home_url
from records.registry import kind_of_route


@dataclass(frozen=True)
class SwitchLink:
    """A municipality, or all of them."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Switch:
    """The menu in the header: what is open, and what can be opened instead."""

    label: str
    name: str
    links: tuple[SwitchLink, ...]


def switch_of(request: HttpRequest, access: Access, municipality: Municipality | None) -> Switch | None:
    """For people with several places; None where there is nothing to switch to."""
    sees_all, places = access.allows(Action.OVERVIEW), access.visible()
    if len(places) + sees_all < 2:
        return None
    links = [
        SwitchLink(place.name, same_page(request, place), bool(municipality and place.pk == municipality.pk))
        for place in places
    ]
    if sees_all:
        links.insert(0, SwitchLink("Alle Kommunen", reverse("overview:ministry"), municipality is None))
    if municipality:
        return Switch("Kommune", municipality.name, tuple(links))
    return Switch("Ansicht", "Alle Kommunen" if sees_all else "Kommune wählen", tuple(links))


def same_page(request: HttpRequest, place: Municipality) -> str:
    """Lists, phases and overviews in the other municipality; from a record to the list, else to the start page."""
    match = request.resolver_match
    if match is None or "slug" not in match.kwargs:
        return home_url(place)
    if set(match.kwargs) <= {"slug", "phase"} and Action.READ in actions_of(match.func):
        return reverse(match.view_name, kwargs=match.kwargs | {"slug": place.slug})
    kind = kind_of_route(match)
    if kind and kind.is_tenant:
        return kind.url("list", place)
    if match.view_name.startswith("plans:plan-"):
        return reverse("plans:plan-list", kwargs={"slug": place.slug})
    return home_url(place)
