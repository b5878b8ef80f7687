"""Who was heard, when, how many, and what came of it; by years."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.participation.queries import read_voices
from insight.participation.voices import participation_page
from participation.models import Event
from records.parts import Link, Option
from records.places import home_link
from records.registry import kind_of
from records.vague import FIRST_YEAR, LAST_YEAR

FROM, TO = "von", "bis"


def year_in(text: str) -> int | None:
    """A year that the portal knows, or None."""
    return int(text) if text.isdecimal() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR else None


@require_safe
def _participation(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Tables and chart for the wanted years."""
    voices = read_voices(municipality)
    first, last = year_in(request.GET.get(FROM, "")), year_in(request.GET.get(TO, ""))
    if first and last and first > last:
        first, last = last, first
    years = sorted({heard.year for heard in voices.all if heard.year} | {year for year in (first, last) if year})
    writable = access_of(request).allows(Action.WRITE, municipality)
    context = {
        "crumbs": [home_link(municipality), Link("Beteiligung", "")],
        "page": participation_page(voices.within(first, last), municipality),
        "filters": [
            year_filter(FROM, "Von", "Anfang", years, first),
            year_filter(TO, "Bis", "Ende", years, last),
        ],
        "is_filtered": bool(first or last),
        "clear_url": reverse("insight:participation", kwargs={"slug": municipality.slug}),
        "events_url": kind_of(Event).url("create" if writable else "list", municipality),
        "writable": writable,
    }
    return TemplateResponse(request, "insight/participation.html", context)


def year_filter(name: str, label: str, open_end: str, years: list[int], chosen: int | None) -> dict[str, Any]:
    """A select of years."""
    options = [Option("", open_end, chosen is None), *(Option(str(y), str(y), y == chosen) for y in years)]
    return {"name": name, "label": label, "options": options}


participation = in_municipality(Action.READ)(_participation)
