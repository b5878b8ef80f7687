"""The pages of advisers: the own municipalities, and the process support of a year."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import View, access_of, in_portal, who_may
from accounts.enums import Action
from insight.downloads import file_answer, pdf_answer
from overview.domain.visits import note_visit
from overview.papers.advice import KIND, advice_pdf
from overview.queries.advice import advised_by, advised_places
from overview.queries.advice_year import HEADS, table_of, year_of_advice, years_of_advice
from overview.queries.due import due_items, waiting_items
from overview.queries.start import DUE_SHOWN, WAITING_SHOWN
from records.parts import Link, Option
from records.tables.writing import CSV_TYPE, csv_bytes
from records.waiting import note_number, read_everywhere, read_portal

TITLE = "Begleitete Kommunen"


def for_advisers(view: Callable[..., HttpResponse]) -> View:
    """The view for people who advise at least one municipality; else 403."""

    @in_portal(Action.ACCOUNT)
    @wraps(view)
    def gated(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not advised_by(access_of(request)):
            raise PermissionDenied(who_may([Action.ADVISE]))
        return require_safe(view)(request, **kwargs)

    return gated


@for_advisers
def advice(request: HttpRequest) -> HttpResponse:
    """What waits, and of every municipality what has changed since the last visit, what comes next, open hints."""
    access, now = access_of(request), timezone.now()
    today = timezone.localdate(now)
    waiting = read_everywhere(access, today)
    note_number(request, waiting.number)
    since = note_visit(access.user, now)
    context = {
        "since": since,
        "places": advised_places(access, since, today),
        "waiting": waiting_items(waiting.mine[:WAITING_SHOWN], today),
        "waiting_total": waiting.number,
        "due": due_items(read_portal(access, today).dates, today)[:DUE_SHOWN],
        "year_url": reverse("overview:advice-year", args=[today.year]),
        "year": today.year,
    }
    return TemplateResponse(request, "overview/advice.html", context)


@for_advisers
def advice_year(request: HttpRequest, year: int) -> HttpResponse:
    """The process support of a year in the own municipalities."""
    places, today = advised_by(access_of(request)), timezone.localdate()
    years = require_year(places, year, today)
    context = {
        "year": year,
        "years": [Option(reverse("overview:advice-year", args=[each]), str(each), each == year) for each in years],
        "lines": year_of_advice(places, year),
        "pdf_url": reverse("overview:advice-pdf", args=[year]),
        "csv_url": reverse("overview:advice-csv", args=[year]),
        "crumbs": [Link(TITLE, reverse("overview:advice")), Link(f"Jahresübersicht {year}", "")],
    }
    return TemplateResponse(request, "overview/advice_year.html", context)


@for_advisers
def advice_year_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The same as PDF."""
    places, today = advised_by(access_of(request)), timezone.localdate()
    require_year(places, year, today)
    make = partial(advice_pdf, places, year, today)
    back = reverse("overview:advice-year", args=[year])
    return pdf_answer(request, make, name=f"prozessbegleitung-{year}.pdf", back=back, called=f"{KIND} {year}")


@for_advisers
def advice_year_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The same as CSV."""
    places, today = advised_by(access_of(request)), timezone.localdate()
    require_year(places, year, today)
    content = csv_bytes(list(HEADS), iter(table_of(year_of_advice(places, year))))
    return file_answer(content, name=f"prozessbegleitung-{year}.csv", media_type=CSV_TYPE)


def require_year(places: Any, year: int, today: Any) -> list[int]:
    """The years that can be asked for; Http404 for another one."""
    years = years_of_advice(places, today)
    if year not in years:
        raise Http404("Für dieses Jahr ist keine Prozessbegleitung eingetragen.")
    return years
