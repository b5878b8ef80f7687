"""Plans of a municipality; every row is reached from the municipality."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from accounts.models import Municipality
from participation.enums import Legitimises, Outcome
from participation.models import Resolution
from planning.models import Goal, Measure, Need, PlanningCycle
from planning.records.kind import RecordKind
from planning.records.registry import kind_of
from reporting.enums import ChapterCode
from reporting.models import ChapterText, Plan


def plans_of(municipality: Municipality) -> QuerySet[Plan]:
    """The plans, the newest first, with everything that drawing them needs."""
    rows = Plan.objects.filter(municipality=municipality)
    return rows.select_related("municipality", "cycle__predecessor", "changed_by").order_by("-year")


def plans_of_year(year: int) -> QuerySet[Plan]:
    """The plans of all municipalities for one year, by name; for commands of the administration."""
    rows = Plan.objects.filter(year=year).select_related("municipality", "cycle__predecessor")
    return rows.order_by("municipality__name")


def chapter_text(plan: Plan, code: ChapterCode) -> ChapterText | None:
    """The planner's own text of a chapter, where there is one."""
    return ChapterText.objects.filter(plan=plan, chapter=code).select_related("changed_by").first()


def chapter_texts(plan: Plan) -> dict[str, ChapterText]:
    """All own texts of a plan by chapter."""
    return {text.chapter: text for text in ChapterText.objects.filter(plan=plan).select_related("changed_by")}


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


@dataclass(frozen=True)
class Condition:
    """What a plan should have before it is released. ``code``: ok, gap (a hint) or stop."""

    code: str
    text: str
    note: str
    url: str = ""


def conditions_of(plan: Plan, texts: Iterable[ChapterText]) -> list[Condition]:
    """What still hinders the plan, in the order of its chapters (four queries)."""
    municipality = plan.municipality
    found = [condition for model in (Need, Goal, Measure) for condition in gaps_of(plan, kind_of(model))]
    resolutions = kind_of(Resolution)
    legitimated = (
        resolutions.rows(municipality)
        .filter(legitimises=Legitimises.PLAN, outcome=Outcome.ADOPTED, resolved_on__lt=f"{plan.year + 1}")
        .exists()
    )
    if legitimated:
        found.append(Condition("ok", "Beschluss erfasst", "ein Beschluss, der den Plan legitimiert"))
    else:
        url = resolutions.url("list", municipality)
        found.append(Condition("stop", "Beschluss fehlt", "Kreistag, Stadtrat oder beauftragter Ausschuss", url))
    left_out = sum(text.left_out for text in texts)
    if left_out:
        words = "1 Kapitel ausgelassen" if left_out == 1 else f"{left_out} Kapitel ausgelassen"
        found.append(Condition("gap", words, "mit Begründung, verhindert nichts"))
    return found


def gaps_of(plan: Plan, kind: RecordKind) -> list[Condition]:
    """The gaps of one kind in the plan's cycle, counted in one query; each leads to the list of its records."""
    rows = kind.rows(plan.municipality).filter(cycle=plan.cycle_id).order_by()
    counts = rows.aggregate(
        **{f"gap_{number}": Count("pk", filter=gap.condition, distinct=True) for number, gap in enumerate(kind.gaps)}
    )
    found = []
    for number, gap in enumerate(kind.gaps):
        count = counts[f"gap_{number}"]
        if count:
            url = f"{kind.url('list', plan.municipality)}?luecke={gap.code}"
            label = kind.label if count == 1 else kind.plural
            found.append(Condition("gap", f"{count} {label} {gap.label}", "zuordnen oder schriftlich begründen", url))
        else:
            found.append(Condition("ok", f"Keine {kind.plural} {gap.label}", ""))
    return found
