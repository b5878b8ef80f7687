"""The Fortschreibung as a whole: planning carries over its content, findings go on supporting the needs."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from participation.models import Finding
from planning.domain import cycle as planning_cycle
from planning.models import Need, PlanningCycle
from records.domain import saving


@transaction.atomic
def continue_cycle(
    *,
    cycle: PlanningCycle,
    title: str,
    first_year: int,
    last_year: int,
    actor: User | None,
    without: Collection[str] = (),
) -> PlanningCycle:
    """As planning.domain.cycle.continue_cycle; every finding that supports a carried need supports its copy too.

    Raises PermissionDenied, ValidationError, StaleRecord (a finding was saved in the same moment).
    """
    new = planning_cycle.continue_cycle(
        cycle=cycle, title=title, first_year=first_year, last_year=last_year, actor=actor, without=without
    )
    support_copies(cycle, new, actor=actor)
    return new


@transaction.atomic
def carry_over(cycle: PlanningCycle, new: PlanningCycle, *, actor: User | None, without: Collection[str] = ()) -> None:
    """The same into a successor that was begun empty. Raises as continue_cycle."""
    planning_cycle.carry_over(cycle, new, actor=actor, without=without)
    support_copies(cycle, new, actor=actor)


def support_copies(cycle: PlanningCycle, new: PlanningCycle, *, actor: User | None) -> None:
    """Every finding that supports a need supports its copy too."""
    copies = {need.predecessor_id: need for need in Need.objects.filter(cycle=new)}
    findings = Finding.objects.filter(needs__in=copies).distinct().order_by("pk").prefetch_related("needs")
    for finding in findings:
        needs = list(finding.needs.all())
        needs += [copies[need.pk] for need in needs if need.pk in copies]
        reason = f"Fortschreibung von „{cycle}“"
        saving.update_record(finding, version=finding.version, actor=actor, links={"needs": needs}, reason=reason)
