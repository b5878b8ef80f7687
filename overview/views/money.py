"""Money at a glance: what is open in a municipality, by who acts next; and the ministry's table of the year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality, in_portal, may_open
from accounts.enums import Action
from accounts.models import Municipality
from funding.enums import Actor
from overview.queries.due import waiting_items
from overview.queries.money import MoneyRow, money_rows, money_years, sums_of
from records.parts import Link, Option
from records.places import home_link, overview_link
from records.tables.writing import CSV_TYPE, csv_bytes
from records.text import whole_number
from records.waiting import in_order, note_number, of_money, read_here, source_of

TITLE, STATE_TITLE = "Offene Geldsachen", "Landeszuwendungen"
YEAR = "jahr"
HEADS = [
    "Schlüssel",
    "Kommune",
    "Jahr",
    "Beantragt (Euro)",
    "Bewilligt (Euro)",
    "Abgerufen (Euro)",
    "Eingegangen (Euro)",
    "Vom Land anerkannt (Euro)",
    "Nachweis eingereicht",
]


@in_municipality(Action.READ)
@require_safe
def open_money(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Everything that the person may know of, whoever acts; the oldest first."""
    today = timezone.localdate()
    access = access_of(request)
    waiting = read_here(access, municipality, today)
    note_number(request, waiting.number)
    found = in_order(of_money(waiting))
    opens = partial(may_open, access, municipality)
    groups = [
        (actor.label, waiting_items((each for each in found if source_of(each).actor == actor.label), today, opens))
        for actor in Actor
    ]
    context = {
        "crumbs": [home_link(municipality), Link(TITLE, "")],
        "title": TITLE,
        "groups": [(str(label), items) for label, items in groups if items],
        "total": len(found),
    }
    return TemplateResponse(request, "overview/open_money.html", context)


# ---------------------------------------------------------------- the ministry
@dataclass(frozen=True)
class PlaceLine:
    """A municipality in the ministry's table, with the way to its page of the year."""

    row: MoneyRow
    url: str


@in_portal(Action.OVERVIEW)
@require_safe
def state_money(request: HttpRequest) -> HttpResponse:
    """What every municipality applied for, was granted, called, received and proved in a year, by name."""
    today = timezone.localdate()
    year, years = year_of(request, today)
    rows = money_rows(year, today)
    url = reverse("overview:state-money")
    context = {
        "crumbs": [overview_link(), Link(STATE_TITLE, "")],
        "title": f"{STATE_TITLE} {year}",
        "year": year,
        "years": [Option(f"{url}?{YEAR}={one}", str(one), one == year) for one in years],
        "lines": [PlaceLine(row, grant_url(row, year)) for row in rows],
        "sums": sums_of(rows),
        "csv_url": f"{reverse('overview:state-money-csv')}?{YEAR}={year}",
    }
    return TemplateResponse(request, "overview/state_money.html", context)


@in_portal(Action.OVERVIEW)
@require_safe
def state_money_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as CSV."""
    today = timezone.localdate()
    year, _ = year_of(request, today)
    rows = ([*facts_of(row, year)] for row in money_rows(year, today))
    headers = {"Content-Disposition": f'attachment; filename="landeszuwendungen-{year}-{today.isoformat()}.csv"'}
    return HttpResponse(csv_bytes(HEADS, rows), content_type=CSV_TYPE, headers=headers)


def year_of(request: HttpRequest, today: date) -> tuple[int, list[int]]:
    """The year of the address, else the present one, and those that are offered."""
    years = money_years(today)
    asked = whole_number(request.GET.get(YEAR, ""))
    return (asked if asked in years else today.year), years


def grant_url(row: MoneyRow, year: int) -> str:
    """The municipality's own page of the year."""
    return f"{reverse('funding:state-grant', args=[row.municipality.slug])}?{YEAR}={year}"


def facts_of(row: MoneyRow, year: int) -> Iterator[Any]:
    """A row for the file: empty where nobody has said anything."""
    yield from (row.municipality.ags, row.municipality.name, year)
    yield from ("" if value is None else value for value in row.amounts)
    yield row.submitted_on.iso if row.submitted_on else ""
