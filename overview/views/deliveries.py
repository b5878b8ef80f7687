"""The ministry's pages about who delivers what until when, and about one municipality."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_portal
from accounts.enums import Action, StateRegion
from overview.enums import DeliveryKind
from overview.queries.deliveries import Delivery, deliveries
from overview.queries.place import place_page
from overview.queries.review import years_of_plans
from records.parts import Link, Option
from records.places import home_url, overview_link
from records.text import fold

TITLE = "Wer liefert was bis wann"
FILTERS: dict[str, tuple[str, Callable[[Delivery], bool]]] = {
    "": ("Alles", lambda row: True),
    "offen": ("Noch offen", lambda row: row.is_open),
    "ueberfaellig": ("Überfällig", lambda row: row.is_overdue),
    "ministerium": ("Wartet auf das Ministerium", lambda row: row.waits),
}


@in_portal(Action.OVERVIEW)
@require_safe
def delivery_list(request: HttpRequest) -> HttpResponse:
    """Everything that is owed for a year, by municipality and day; filters live in the address."""
    today, query = timezone.localdate(), request.GET
    years = years_of_plans(today)
    year = next((each for each in years if str(each) == query.get("jahr")), today.year)
    kind = next((each for each in DeliveryKind if each == query.get("was")), None)
    only = query.get("nur", "") if query.get("nur", "") in FILTERS else ""
    name = query.get("name", "").replace("\x00", "").strip()[:80]
    rows = [row for row in deliveries(year, today) if fold(name) in fold(row.municipality.name)]
    of_kind = [row for row in rows if kind in (None, row.kind)]

    def address(**changes: object) -> str:
        chosen = {"jahr": year, "was": kind or "", "nur": only, "name": name} | changes
        changed = query.__class__("", mutable=True)
        changed.update({key: str(value) for key, value in chosen.items() if value})
        return f"{reverse('overview:deliveries')}?{changed.urlencode()}"

    context = {
        "crumbs": [overview_link(), Link(TITLE, "")],
        "title": f"{TITLE}: {year}",
        "name": name,
        "year": year,
        "kind": kind,
        "only": only,
        "years": [Option(address(jahr=each), str(each), each == year) for each in years],
        "kinds": [Option(address(was=""), "Alle Arten", kind is None)]
        + [Option(address(was=each), str(each.label), each == kind) for each in DeliveryKind],
        "chips": [
            Option(address(nur=code), f"{label} {sum(map(fits, of_kind))}", only == code)
            for code, (label, fits) in FILTERS.items()
        ],
        "rows": [row for row in of_kind if FILTERS[only][1](row)],
        "clear_url": reverse("overview:deliveries"),
    }
    return TemplateResponse(request, "overview/deliveries.html", context)


@in_portal(Action.OVERVIEW)
@require_safe
def place(request: HttpRequest, place: str) -> HttpResponse:
    """A municipality with its cycle, plans, reviews, money and contacts by function."""
    access = access_of(request)
    municipality = access.municipality(place)
    today = timezone.localdate()
    context = {
        "crumbs": [overview_link(), Link(municipality.name, "")],
        "place": municipality,
        "region": StateRegion(municipality.state_region).label,
        "page": place_page(municipality, today),
        "home_url": home_url(municipality),
        "plans_url": reverse("plans:plan-list", args=[municipality.slug]),
        "money_url": reverse("funding:state-grant", args=[municipality.slug]),
        "may_review": access.allows(Action.REVIEW),
    }
    return TemplateResponse(request, "overview/place.html", context)
