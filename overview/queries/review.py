"""Who has to submit which plan until when, and where each stands, alphabetical (docs/product.md §6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery

from accounts.models import Municipality
from overview.queries.ministry import PLAN_STATES
from planning.models import Deadline, PlanningCycle
from plans.enums import PlanAction, PlanState
from plans.models import Plan, PlanEvent, PlanReview, Remark
from plans.waiting import last_of_year

WAITING = frozenset({PlanState.SUBMITTED, PlanState.IN_REVIEW})


@dataclass(frozen=True)
class ReviewRow:
    """A municipality and a year, with the deadline and the plan where there are any.

    ``submitted_at`` tells of the current edition, ``first_submitted_at`` of the first one. ``is_open``: no edition was
    ever submitted, though the municipality owes a plan for the year or has begun one; ``is_overdue``: one that it owes,
    and the deadline has passed (docs/adr/0022-what-waits.md). ``is_returned``: the ministry gave it back, and
    no further edition has come since.
    """

    municipality: Municipality
    year: int
    deadline: Deadline | None
    plan: Plan | None
    state: str
    submitted_at: datetime | None
    first_submitted_at: datetime | None
    late: bool
    remarks: int
    responsible: str
    review_due: date | None
    is_open: bool
    is_overdue: bool
    is_returned: bool

    @property
    def waits(self) -> bool:
        """The ministry has the next step."""
        return self.plan is not None and self.plan.state in WAITING


def review_rows(years: Iterable[int], today: date) -> list[ReviewRow]:
    """Every municipality that existed at the end of each year (or exists today), by year and name (three queries)."""
    wanted = list(years)
    plans = {(plan.municipality_id, plan.year): plan for plan in plans_with_facts().filter(year__in=wanted)}
    deadlines = {row.year: row for row in last_of_year().filter(year__in=wanted)}
    places = places_with_cycles()
    return [
        row_of(place, year, deadlines.get(year), plans.get((place.pk, year)), owes(place, year, today), today)
        for year in wanted
        for place in places
        if exists_on(place, min(date(year, 12, 31), today))
    ]


def review_rows_of(place: Municipality, today: date) -> list[ReviewRow]:
    """The plans of one municipality, the newest year first (two queries)."""
    plans = list(plans_with_facts().filter(municipality=place).order_by("-year"))
    deadlines = {row.year: row for row in last_of_year()}
    return [row_of(place, plan.year, deadlines.get(plan.year), plan, True, today) for plan in plans]


def places_with_cycles() -> list[Any]:
    """All municipalities by name, with ``first_cycle``, the first year of their first cycle (one query)."""
    cycles = PlanningCycle.objects.filter(municipality=OuterRef("pk")).order_by().values("municipality")
    return list(Municipality.objects.annotate(first_cycle=Subquery(cycles.annotate(n=Min("first_year")).values("n"))))


def owes(place: Any, year: int, today: date) -> bool:
    """What is due for a year is owed from the first cycle on, without one from the present year on (ADR 0022)."""
    return bool(place.first_cycle <= year if place.first_cycle is not None else year >= today.year)


def exists_on(place: Municipality, day: date) -> bool:
    """As MunicipalityQuerySet.current, for rows that were read."""
    return (place.valid_from is None or place.valid_from <= day) and (
        place.valid_until is None or place.valid_until >= day
    )


def plans_with_facts() -> QuerySet[Any]:
    """The plans with their submission, remarks and review (one query)."""
    submitted = PlanEvent.objects.filter(plan=OuterRef("pk"), action=PlanAction.SUBMIT).order_by("-number")
    current = submitted.filter(edition=OuterRef("edition"))
    reviewed = PlanEvent.objects.filter(plan=OuterRef("pk"), action__in=(PlanAction.RETURN, PlanAction.APPROVE))
    review = PlanReview.objects.filter(plan_version__plan=OuterRef("pk"), plan_version__edition=OuterRef("edition"))
    counted = (
        Remark.objects.filter(plan_version__plan=OuterRef("pk"), plan_version__edition=OuterRef("edition"))
        .order_by()
        .values("plan_version__plan")
        .annotate(number=Count("pk"))
    )
    return Plan.objects.annotate(
        ever_submitted=Subquery(submitted.values("pk")[:1]),
        submitted_at=Subquery(current.values("at")[:1]),
        first_submitted_at=Subquery(submitted.order_by("number").values("at")[:1]),
        answer=Subquery(reviewed.order_by("-number").values("action")[:1]),
        submission=Subquery(current.values("details")[:1]),
        responsible=Subquery(review.values("responsible__display_name")[:1]),
        review_due=Subquery(review.values("due")[:1]),
        remark_count=Subquery(counted.values("number")[:1]),
    )


def row_of(
    place: Municipality, year: int, deadline: Deadline | None, plan: Any, is_owed: bool, today: date
) -> ReviewRow:
    """One row from what was read; ``plan`` carries the annotations of ``plans_with_facts``."""
    ever = bool(plan and plan.ever_submitted)
    return ReviewRow(
        municipality=place,
        year=year,
        deadline=deadline,
        plan=plan,
        state=PLAN_STATES.get(plan.state, PLAN_STATES[PlanState.DRAFT]) if plan else PLAN_STATES["none"],
        submitted_at=plan.submitted_at if plan else None,
        first_submitted_at=plan.first_submitted_at if plan else None,
        late=bool(plan and (plan.submission or {}).get("late")),
        remarks=(plan.remark_count or 0) if plan else 0,
        responsible=(plan.responsible or "") if plan else "",
        review_due=plan.review_due if plan and plan.state in WAITING else None,
        is_open=not ever and (is_owed or plan is not None),
        is_overdue=bool(is_owed and not ever and deadline and deadline.due.last < today),
        is_returned=bool(plan and plan.answer == PlanAction.RETURN and plan.state not in WAITING),
    )


def years_of_plans(today: date) -> list[int]:
    """Years that have a plan or a deadline of submission, up to the next one, the newest first (one query)."""
    with_plan = Plan.objects.order_by().values_list("year", flat=True)
    near = Deadline.objects.filter(for_plan=True, year__lte=today.year + 1).order_by().values_list("year", flat=True)
    return sorted({today.year, today.year + 1, *with_plan.union(near)}, reverse=True)
