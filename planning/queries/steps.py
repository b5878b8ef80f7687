"""Steps of a cycle and what the catalogue offers for it."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Municipality
from planning.enums import Phase, StepState
from planning.models import PlanningCycle, PlanningStep, StepTemplate
from planning.queries.cycles import current_cycle_key


def steps_of_phase(cycle: PlanningCycle, phase: Phase | str) -> QuerySet[PlanningStep]:
    """The steps of a phase in the municipality's own order."""
    return PlanningStep.objects.filter(cycle=cycle, phase=phase).order_by("position", "pk")


def open_steps(municipality: Municipality, phase: Phase) -> list[PlanningStep]:
    """Steps of the phase in the current cycle that are still to be done, those under way first (one query)."""
    rows = PlanningStep.objects.filter(cycle=Subquery(current_cycle_key(municipality)), phase=phase)
    steps = rows.exclude(state__in=(StepState.DONE, StepState.DROPPED)).order_by("position", "pk")
    return sorted(steps, key=lambda step: step.state != StepState.RUNNING)


def valid_templates(on: date | None = None) -> QuerySet[StepTemplate]:
    """Steps of the catalogue that are valid on that day (today where none is named)."""
    day = on or timezone.localdate()
    return StepTemplate.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    ).order_by("phase", "position", "pk")


def templates_for(cycle: PlanningCycle) -> QuerySet[StepTemplate]:
    """Valid steps of the catalogue; ``is_taken`` tells whether the cycle has the step already."""
    taken = PlanningStep.objects.filter(cycle=cycle, template=OuterRef("pk"))
    return valid_templates().annotate(is_taken=Exists(taken))
