"""The ministry's list of the plans of a year: where each stands and what waits for review."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_portal
from accounts.enums import Action
from overview.queries.review import ReviewRow, review_rows, years_with_plans
from plans.enums import PlanState
from plans.pages.life import short
from plans.queries.versions import submission_deadline
from records.parts import Link, Option

WAITING = {PlanState.SUBMITTED, PlanState.IN_REVIEW}


@dataclass(frozen=True)
class ReviewLine:
    """A row of the table with its addresses."""

    row: ReviewRow
    url: str
    start_url: str
    hash: str


@in_portal(Action.OVERVIEW)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """All municipalities with their plan of a year, by name; a filter shows what waits for the ministry."""
    years = years_with_plans() or [timezone.localdate().year]
    given = request.GET.get("jahr", "")
    year = int(given) if given.isdecimal() and int(given[:4]) in years and len(given) == 4 else years[0]
    today = timezone.localdate()
    rows = review_rows(year, min(date(year, 12, 31), today))
    waiting = [row for row in rows if row.plan and row.plan.state in WAITING]
    only = request.GET.get("nur") == "pruefung"
    here = reverse("overview:review")
    context = {
        "crumbs": [Link("Alle Kommunen", reverse("overview:ministry")), Link("Pläne", "")],
        "year": year,
        "years": [Option(f"{here}?jahr={each}", str(each), each == year) for each in years],
        "chips": [
            Option(f"{here}?jahr={year}", f"Alle {len(rows)}", not only),
            Option(f"{here}?jahr={year}&nur=pruefung", f"Wartet auf das Ministerium {len(waiting)}", only),
        ],
        "rows": [line_of(row) for row in (waiting if only else rows)],
        "deadline": submission_deadline(year),
    }
    return TemplateResponse(request, "overview/review.html", context)


def line_of(row: ReviewRow) -> ReviewLine:
    """A row with its addresses."""
    slug = row.municipality.slug
    url = reverse("plans:plan-detail", args=[slug, row.plan.pk]) if row.plan else ""
    start = reverse("overview:start", args=[slug])
    return ReviewLine(row, url, start, short(row.pdf_sha256) if row.pdf_sha256 else "")
