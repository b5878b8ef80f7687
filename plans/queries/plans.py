"""Plans of a municipality; every row is reached from the municipality."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Max, QuerySet

from accounts.models import Municipality
from planning.models import PlanningCycle
from plans.enums import ChapterCode
from plans.models import ChapterText, Plan
from records.queries.prepared import MUNICIPALITY, Parameter, PreparedRows


def plans_of(municipality: Municipality) -> QuerySet[Plan]:
    """The plans, the newest first, with everything that drawing them needs."""
    rows = Plan.objects.filter(municipality=municipality)
    return rows.select_related("municipality", "cycle__predecessor", "changed_by").order_by("-year")


def plan_of(municipality: Municipality, pk: int) -> Plan | None:
    """One of them (one query)."""
    return next(iter(plan_statement().run(municipality, plan=pk)), None)


@cache
def plan_statement() -> PreparedRows:
    """The same for any municipality and key."""
    place: Any = MUNICIPALITY
    return PreparedRows(plans_of(place).filter(pk=Parameter("plan")))


def plans_of_year(year: int) -> QuerySet[Plan]:
    """The plans of all municipalities for one year, by name; for commands of the administration."""
    rows = Plan.objects.filter(year=year).select_related("municipality", "cycle__predecessor")
    return rows.order_by("municipality__sort_key")


def chapter_text(plan: Plan, code: ChapterCode) -> ChapterText | None:
    """The planner's own text of a chapter, where there is one."""
    return ChapterText.objects.filter(plan=plan, chapter=code).select_related("changed_by").first()


def chapter_texts(plan: Plan) -> dict[str, ChapterText]:
    """All own texts of a plan by chapter."""
    return {text.chapter: text for text in texts_statement().run(None, plan=plan.pk)}


@cache
def texts_statement() -> PreparedRows:
    """The same for any plan."""
    return PreparedRows(ChapterText.objects.filter(plan=Parameter("plan")).select_related("changed_by"))


def cycles_of(municipality: Municipality) -> QuerySet[PlanningCycle]:
    """The cycles a plan can belong to."""
    return PlanningCycle.objects.filter(municipality=municipality).order_by("-first_year", "-pk")


def years_without_plan(municipality: Municipality, cycles: Iterable[PlanningCycle]) -> list[int]:
    """Years of the cycles for which there is no plan yet, the newest first."""
    taken = set(plans_of(municipality).values_list("year", flat=True))
    years = {year for cycle in cycles for year in range(cycle.first_year, cycle.last_year + 1)}
    return sorted(years - taken, reverse=True)


def texts_changed(plans: Iterable[Plan]) -> dict[int, datetime]:
    """When a text of each plan was last changed, by the plan's key (one query)."""
    rows = ChapterText.objects.filter(plan__in=list(plans)).order_by()
    return dict(rows.values_list("plan").annotate(last=Max("changed_at")))
