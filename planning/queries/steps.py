"""Steps of a cycle and what the catalogue offers for it."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from planning.enums import Phase
from planning.models import PlanningCycle, PlanningStep, StepTemplate


def steps_of_phase(cycle: PlanningCycle, phase: Phase | str) -> QuerySet[PlanningStep]:
    """The steps of a phase in the municipality's own order."""
    return PlanningStep.objects.filter(cycle=cycle, phase=phase).order_by("position", "pk")


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
