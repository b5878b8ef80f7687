"""Which resolution legitimises a plan, and what is amiss with those that nearly do (ADR 0019)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery

from participation.enums import Legitimises, Outcome, ResolutionKind
from participation.models import Resolution
from plans.models import Plan
from records.registry import kind_of
from records.templatetags.german import datum


@dataclass(frozen=True)
class Near:
    """A resolution on plans that does not legitimise this one, and why not."""

    resolution: Resolution
    why: str


@dataclass(frozen=True)
class Legitimation:
    """``found`` is the resolution that counts, or None; ``near`` then are the others, the most promising first."""

    plan: Plan
    found: Resolution | None
    near: tuple[Near, ...] = ()

    @property
    def in_words(self) -> str:
        """„Kreistag, 15.12.2017: Plan 2018 (gilt für: Plan 2018)“; empty where there is none."""
        row = self.found
        return f"{row.body}, {datum(row.resolved_on)}: {row.subject} (gilt für: {row.plans_named})" if row else ""

    @property
    def missing(self) -> str:
        """What is missing, as a sentence; the nearest resolution is named with what is amiss."""
        if not self.near:
            return f"Ein Beschluss über den Plan {self.plan.year} ist nicht erfasst."
        nearest = self.near[0]
        return f"Kein Beschluss legitimiert den Plan {self.plan.year}. „{nearest.resolution}“ {nearest.why}."

    @property
    def way(self) -> tuple[str, str]:
        """Label and address of the page where it is mended: the nearest resolution, else a new one for this plan."""
        kind, place = kind_of(Resolution), self.plan.municipality
        if self.near:
            return "Beschluss bearbeiten", kind.url("update", place, self.near[0].resolution.pk)
        asked = urlencode({"legitimises": Legitimises.PLAN.value, "first_year": self.plan.year})
        return "Beschluss eintragen", f"{kind.url('create', place)}?{asked}"


def legitimation_of(plan: Plan, day: date) -> Legitimation:
    """The latest resolution of a political body that was adopted by this day and names the plan (one query)."""
    rows = Resolution.objects.filter(municipality=plan.municipality_id, legitimises=Legitimises.PLAN)
    later = Resolution.objects.filter(follows=OuterRef("pk"), outcome=Outcome.ADOPTED).order_by("resolved_on", "pk")
    rows = rows.annotate(replaced_on=Subquery(later.values("resolved_on")[:1]))
    ordered = list(rows.select_related("body", "cycle").order_by("-resolved_on", "-pk"))
    found = next((row for row in ordered if not any(objections(row, plan, day))), None)
    if found:
        return Legitimation(plan, found)
    near = [Near(row, next(objections(row, plan, day))) for row in ordered if may_be_meant(row, plan)]
    near.sort(key=lambda each: not each.resolution.covers(plan.year, plan.cycle_id))
    return Legitimation(plan, None, tuple(near))


def may_be_meant(row: Resolution, plan: Plan) -> bool:
    """Whether a person could think that it is the one: it names the plan, or none at all and is not much older."""
    if row.first_year or row.cycle_id:
        return row.covers(plan.year, plan.cycle_id)
    return row.resolved_on.year in (plan.year - 1, plan.year)


def objections(row: Any, plan: Plan, day: date) -> Iterator[str]:
    """Why it does not legitimise the plan, as ends of a sentence."""
    if not row.plans_named:
        yield "nennt nicht, für welche Pläne er gilt"
    elif not row.covers(plan.year, plan.cycle_id):
        yield f"gilt für: {row.plans_named}"
    yield from objections_to_decision(row, day)


def objections_to_decision(row: Any, day: date) -> Iterator[str]:
    """Why it decides nothing, whatever the plan; ``replaced_on`` is when an adopted follow-up took its place."""
    if row.kind != ResolutionKind.RESOLUTION:
        yield f"ist nur eine {row.get_kind_display()}"
    elif not row.can_legitimise:
        yield f"ist von „{row.body}“; einen Plan beschließt ein politisches Gremium"
    if row.outcome == Outcome.DEFERRED:
        yield f"ist vertagt auf {row.deferred_to}"
    elif row.outcome != Outcome.ADOPTED:
        yield f"hat den Ausgang „{row.get_outcome_display()}“"
    elif row.resolved_on.first > day:
        yield f"ist erst vom {row.resolved_on}"
    elif row.replaced_on and row.replaced_on.first <= day:
        yield f"ist ersetzt durch den Folgebeschluss vom {row.replaced_on}"
