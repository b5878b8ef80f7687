"""Who has to submit which plan until when, and where each stands, alphabetical (docs/product.md §6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, OuterRef, Subquery

from accounts.models import Municipality
from overview.queries.ministry import PLAN_STATES
from planning.models import Deadline, PlanningCycle
from plans.enums import PlanAction, PlanState
from plans.models import Plan, PlanEvent, PlanVersion, Remark
from plans.waiting import last_of_year
from records.text import sort_key

WAITING = frozenset({PlanState.SUBMITTED, PlanState.IN_REVIEW})


@dataclass(frozen=True)
class ReviewRow:
    """A municipality and a year, with the deadline and the plan where there are any.

    ``submitted_at`` tells of the current edition. ``is_open``: no edition was ever submitted, though the municipality
    owes a plan for the year or has begun one; ``is_overdue``: one that it owes, and the deadline has passed
    (docs/adr/0022-what-waits.md).
    """

    municipality: Municipality
    year: int
    deadline: Deadline | None
    plan: Plan | None
    state: str
    submitted_at: datetime | None
    late: bool
    remarks: int
    pdf_sha256: str
    is_open: bool
    is_overdue: bool

    @property
    def waits(self) -> bool:
        """The ministry has the next step."""
        return self.plan is not None and self.plan.state in WAITING


def review_rows(years: Iterable[int], today: date) -> list[ReviewRow]:
    """Every municipality that existed at the end of each year (or exists today), by year and name (three queries)."""
    wanted = list(years)
    plans = {(plan.municipality_id, plan.year): plan for plan in plans_with_facts(wanted)}
    deadlines = {row.year: row for row in last_of_year().filter(year__in=wanted)}
    cycles = PlanningCycle.objects.filter(municipality=OuterRef("pk")).order_by().values("municipality")
    first = Subquery(cycles.annotate(first=Min("first_year")).values("first"))
    places = sorted(Municipality.objects.annotate(first_cycle=first), key=lambda place: sort_key(place.name))
    return [
        row_of(place, year, deadlines.get(year), plans.get((place.pk, year)), today)
        for year in wanted
        for place in places
        if exists_on(place, min(date(year, 12, 31), today))
    ]


def exists_on(place: Municipality, day: date) -> bool:
    """As MunicipalityQuerySet.current, for rows that were read."""
    return (place.valid_from is None or place.valid_from <= day) and (
        place.valid_until is None or place.valid_until >= day
    )


def plans_with_facts(years: list[int]) -> Iterable[Plan]:
    """The plans with their submission, remarks and hash (one query)."""
    submitted = PlanEvent.objects.filter(plan=OuterRef("pk"), action=PlanAction.SUBMIT).order_by("-number")
    current = submitted.filter(edition=OuterRef("edition"))
    version = PlanVersion.objects.filter(plan=OuterRef("pk"), edition=OuterRef("edition"))
    counted = (
        Remark.objects.filter(plan_version__plan=OuterRef("pk"), plan_version__edition=OuterRef("edition"))
        .order_by()
        .values("plan_version__plan")
        .annotate(number=Count("pk"))
    )
    return Plan.objects.filter(year__in=years).annotate(
        ever_submitted=Subquery(submitted.values("pk")[:1]),
        submitted_at=Subquery(current.values("at")[:1]),
        submission=Subquery(current.values("details")[:1]),
        pdf_sha256=Subquery(version.values("pdf_sha256")[:1]),
        remark_count=Subquery(counted.values("number")[:1]),
    )


def row_of(place: Municipality, year: int, deadline: Deadline | None, plan: Plan | None, today: date) -> ReviewRow:
    """One row from what was read; ``plan`` and ``place`` carry the annotations of ``review_rows``."""
    ever = bool(plan and plan.ever_submitted)  # type: ignore[attr-defined]
    first: int | None = place.first_cycle  # type: ignore[attr-defined]
    owes = first <= year if first is not None else year >= today.year
    return ReviewRow(
        municipality=place,
        year=year,
        deadline=deadline,
        plan=plan,
        state=PLAN_STATES.get(plan.state, PLAN_STATES[PlanState.DRAFT]) if plan else PLAN_STATES["none"],
        submitted_at=plan.submitted_at if plan else None,  # type: ignore[attr-defined]
        late=bool(plan and (plan.submission or {}).get("late")),  # type: ignore[attr-defined]
        remarks=(plan.remark_count or 0) if plan else 0,  # type: ignore[attr-defined]
        pdf_sha256=(plan.pdf_sha256 or "") if plan else "",  # type: ignore[attr-defined]
        is_open=not ever and (owes or plan is not None),
        is_overdue=bool(owes and not ever and deadline and deadline.due.last < today),
    )


def years_of_plans(today: date) -> list[int]:
    """Years that have a plan or a deadline of submission, up to the next one, the newest first (one query)."""
    with_plan = Plan.objects.order_by().values_list("year", flat=True)
    near = Deadline.objects.filter(for_plan=True, year__lte=today.year + 1).order_by().values_list("year", flat=True)
    return sorted({today.year, today.year + 1, *with_plan.union(near)}, reverse=True)
