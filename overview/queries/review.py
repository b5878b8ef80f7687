"""The plans of all municipalities for a year and where they stand, alphabetical (docs/product.md §6)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Subquery

from accounts.models import Municipality
from plans.enums import PlanAction, PlanState
from plans.models import Plan, PlanEvent, PlanVersion, Remark


@dataclass(frozen=True)
class ReviewRow:
    """A municipality with its plan of the year; without a plan the fields after the municipality are empty."""

    municipality: Municipality
    plan: Plan | None
    state: str
    submitted_at: datetime | None
    late: bool
    remarks: int
    pdf_sha256: str


def review_rows(year: int, day: date) -> list[ReviewRow]:
    """All municipalities that existed on the day, by name (two queries)."""
    submitted = PlanEvent.objects.filter(
        plan=OuterRef("pk"), edition=OuterRef("edition"), action=PlanAction.SUBMIT
    ).order_by("-number")
    version = PlanVersion.objects.filter(plan=OuterRef("pk"), edition=OuterRef("edition"))
    counted = (
        Remark.objects.filter(plan_version__plan=OuterRef("pk"), plan_version__edition=OuterRef("edition"))
        .order_by()
        .values("plan_version__plan")
        .annotate(number=Count("pk"))
    )
    plans = Plan.objects.filter(year=year).annotate(
        submitted_at=Subquery(submitted.values("at")[:1]),
        submission=Subquery(submitted.values("details")[:1]),
        pdf_sha256=Subquery(version.values("pdf_sha256")[:1]),
        remark_count=Subquery(counted.values("number")[:1]),
    )
    by_place = {plan.municipality_id: plan for plan in plans}
    places = list(Municipality.objects.current(day))
    return [row_of(place, by_place.get(place.pk)) for place in places]


def row_of(place: Municipality, plan: Plan | None) -> ReviewRow:
    """One row from what was read; ``plan`` carries the annotations of ``review_rows``."""
    if plan is None:
        return ReviewRow(place, None, "kein Plan", None, False, 0, "")
    submission = plan.submission or {}  # type: ignore[attr-defined]
    return ReviewRow(
        place,
        plan,
        str(PlanState(plan.state).label),
        plan.submitted_at,  # type: ignore[attr-defined]
        bool(submission.get("late")),
        plan.remark_count or 0,  # type: ignore[attr-defined]
        plan.pdf_sha256 or "",  # type: ignore[attr-defined]
    )


def years_with_plans() -> list[int]:
    """Years for which any municipality has a plan, the newest first."""
    return sorted(set(Plan.objects.order_by().values_list("year", flat=True)), reverse=True)
