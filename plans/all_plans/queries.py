"""Exports of all plans of a year with their counts, and what there is to be exported; no municipality owns them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Municipality
from plans.enums import ExportItemState, PlanState
from plans.models import Plan, PlanExport, PlanExportItem, PlanVersion
from plans.queries.versions import all_versions

COUNTED = {state.value: Count("items", filter=Q(items__state=state)) for state in ExportItemState}
LARGE = ("plan_version__content", "plan_version__pages", "plan_version__pdf")


def exports() -> QuerySet[Any]:
    """All exports, the newest first, with ``total`` and the number of their plans in each state."""
    counts = {f"count_{state}": count for state, count in COUNTED.items()}
    rows = PlanExport.objects.select_related("asked_by").annotate(total=Count("items"), **counts)
    return rows.order_by("-asked_at", "-pk")


def items_of(export: PlanExport) -> QuerySet[PlanExportItem]:
    """The plans of an export in the order of their official keys, without the large columns of their editions."""
    rows = PlanExportItem.objects.filter(export=export).defer(*LARGE)
    return rows.select_related("plan__municipality", "plan__cycle__predecessor", "plan_version").order_by(
        "plan__municipality__ags"
    )


def places_without_plan(export: PlanExport) -> list[Municipality]:
    """The municipalities of the year of which the export has no plan, by name: there was none when it was asked."""
    of_year = Municipality.objects.within(date(export.year, 1, 1), date(export.year, 12, 31))
    return list(of_year.exclude(pk__in=PlanExportItem.objects.filter(export=export).values("plan__municipality")))


def newest_version(plan: Plan) -> Any:
    """The edition that an export takes: the newest frozen one that was not withdrawn; None where there is none."""
    return all_versions().filter(plan=plan).exclude(state=PlanState.DRAFT).order_by("-edition").first()


def version_of_edition(plan: Plan, edition: int) -> PlanVersion | None:
    """A frozen edition by its number, withdrawn or not."""
    return all_versions().filter(plan=plan, edition=edition).first()


@dataclass(frozen=True)
class ExportYear:
    """A year for which there are plans. ``released``: plans with a frozen edition that was not withdrawn."""

    year: int
    plans: int
    released: int


def export_years() -> list[ExportYear]:
    """The years with plans, the newest first (one query)."""
    frozen = all_versions().filter(plan=OuterRef("pk")).exclude(state=PlanState.DRAFT)
    rows = (
        Plan.objects.annotate(is_released=Exists(frozen))
        .order_by("-year")
        .values("year")
        .annotate(plans=Count("pk"), released=Count("pk", filter=Q(is_released=True)))
    )
    return [ExportYear(row["year"], row["plans"], row["released"]) for row in rows]
