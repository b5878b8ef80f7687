"""The ministry's list of the plans: who has to submit until when, what is overdue, what waits for review."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_portal
from accounts.enums import Action
from overview.queries.review import ReviewRow, review_rows, years_of_plans
from plans.queries.versions import submission_deadline
from records.parts import Link, Option

ALL_YEARS = "alle"
FILTERS: dict[str, tuple[str, Callable[[ReviewRow], bool], str]] = {
    "": ("Alle", lambda row: True, "Keine Kommune in dieser Auswahl."),
    "pruefung": ("Wartet auf das Ministerium", lambda row: row.waits, "Kein Plan wartet auf das Ministerium."),
    "offen": ("Noch nicht eingereicht", lambda row: row.is_open, "Alle Pläne sind eingereicht."),
    "zurueck": ("Zurückgegeben", lambda row: row.is_returned, "Kein zurückgegebener Plan wird überarbeitet."),
    "ueberfaellig": ("Überfällig", lambda row: row.is_overdue, "Kein Plan ist überfällig."),
}


@dataclass(frozen=True)
class ReviewLine:
    """A row of the table with its addresses, and how long it is overdue in words."""

    row: ReviewRow
    url: str
    start_url: str
    overdue: str


@in_portal(Action.OVERVIEW)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """All municipalities with their plan of a year, or of all years, by name; filters show what is open."""
    today = timezone.localdate()
    years, given = years_of_plans(today), request.GET.get("jahr", "")
    year = next((each for each in years if str(each) == given), max(y for y in years if y <= today.year + 1))
    chosen, text = (years, ALL_YEARS) if given == ALL_YEARS else ([year], str(year))
    only = request.GET.get("nur", "") if request.GET.get("nur", "") in FILTERS else ""
    rows = review_rows(chosen, today)
    here = reverse("overview:review")

    def address(jahr: str, nur: str) -> str:
        return f"{here}?jahr={jahr}" + (f"&nur={nur}" if nur else "")

    context = {
        "crumbs": [Link("Alle Kommunen", reverse("overview:ministry")), Link("Pläne", "")],
        "title": "Pläne aller Jahre" if given == ALL_YEARS else f"Pläne {year}",
        "years": [Option(address(str(each), only), str(each), text == str(each)) for each in years]
        + [Option(address(ALL_YEARS, only), "Alle Jahre", given == ALL_YEARS)],
        "chips": [
            Option(address(text, code), f"{label} {sum(map(fits, rows))}", only == code)
            for code, (label, fits, _) in FILTERS.items()
        ],
        "rows": [line_of(row) for row in rows if FILTERS[only][1](row)],
        "nothing": FILTERS[only][2],
        "many_years": given == ALL_YEARS,
        "year": year,
        "deadline": None if given == ALL_YEARS else submission_deadline(year),
    }
    return TemplateResponse(request, "overview/review.html", context)


def line_of(row: ReviewRow) -> ReviewLine:
    """A row with its addresses."""
    slug = row.municipality.slug
    url = reverse("plans:plan-detail", args=[slug, row.plan.pk]) if row.plan else ""
    start = reverse("overview:place", args=[slug])
    late = (timezone.localdate() - row.deadline.due.last).days if row.is_overdue and row.deadline else 0
    days = "" if not late else "seit gestern" if late == 1 else f"seit {late} Tagen"
    return ReviewLine(row, url, start, days)
