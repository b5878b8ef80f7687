"""The page of a Landeszuwendung: one year, from the application to the proof."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from funding.pages.state_grant import grant_page
from funding.queries.grants import grant_years
from records.parts import Link, Option
from records.places import home_link
from records.text import whole_number

YEAR = "jahr"
FIRST, LAST = 2000, 2100


@in_municipality(Action.READ)
@require_safe
def state_grant(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The year of the address, else the newest for which there is a grant, else the present one."""
    today = timezone.localdate()
    known = grant_years(municipality)
    asked = whole_number(request.GET.get(YEAR, "")) or 0
    year = asked if FIRST <= asked <= LAST else known[0] if known else today.year
    url = reverse("funding:state-grant", args=[municipality.slug])
    context = {
        "crumbs": [home_link(municipality), Link("Landeszuwendung", "")],
        "page": grant_page(municipality, access_of(request), year, today),
        "years": [
            Option(f"{url}?{YEAR}={one}", str(one), one == year)
            for one in sorted({*known, year, today.year, today.year + 1}, reverse=True)
        ],
    }
    return TemplateResponse(request, "funding/state_grant.html", context)
