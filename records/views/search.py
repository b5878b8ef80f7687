"""Search over all records of a municipality, or over municipalities and the programme."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality, in_portal
from accounts.client import by_htmx
from accounts.enums import Action
from accounts.models import Municipality
from records.pages.recent import recent_records
from records.pages.search import read_query, search_page, short_search
from records.parts import Link
from records.places import home_url
from records.text import fold


@in_municipality(Action.READ)
@require_safe
def search(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Records of this municipality and of the programme."""
    return answer(request, municipality, reverse("records:search", kwargs={"slug": municipality.slug}), [])


@in_portal(Action.ACCOUNT)
@require_safe
def search_programme(request: HttpRequest) -> HttpResponse:
    """Municipalities that the person may see, by name, and records of the programme."""
    _, words, _ = read_query(request.GET)
    places = [
        Link(f"Kommune: {place.name}", home_url(place))
        for place in (access_of(request).visible() if words else [])
        if all(word in fold(place.name) for word in words)
    ]
    return answer(request, None, reverse("records:search-programme"), places)


def answer(request: HttpRequest, municipality: Municipality | None, url: str, places: list[Link]) -> HttpResponse:
    """The page, or the short list below the search field of every page."""
    access = access_of(request)
    is_short = by_htmx(request)
    page = (short_search if is_short else search_page)(municipality, request.GET, url, access)
    context = {
        "page": replace(page, places=(*places, *page.places)),
        "recent": () if page.words else recent_records(request.session, municipality, access),
        "municipality": municipality,
        "url": url,
    }
    response = TemplateResponse(request, "records/_search_short.html" if is_short else "records/search.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
