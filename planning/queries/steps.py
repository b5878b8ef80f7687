"""Steps of a cycle and what the catalogue offers for it."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Municipality
from planning.enums import Phase, StepState
from planning.models import PlanningCycle, PlanningStep, StepTemplate
from planning.queries.cycles import current_cycle_key
from records.models import Span


def steps_of_phase(cycle: PlanningCycle, phase: Phase | str) -> QuerySet[PlanningStep]:
    """The steps of a phase in the municipality's own order."""
    return PlanningStep.objects.filter(cycle=cycle, phase=phase).order_by("position", "pk")


def open_steps(municipality: Municipality, phase: Phase) -> list[PlanningStep]:
    """Steps of the phase in the current cycle that are still to be done, those under way first (one query)."""
    rows = PlanningStep.objects.filter(cycle=Subquery(current_cycle_key(municipality)), phase=phase)
    steps = rows.exclude(state__in=(StepState.DONE, StepState.DROPPED)).order_by("position", "pk")
    return sorted(steps, key=lambda step: step.state != StepState.RUNNING)


def valid_templates(span: Span | None = None) -> QuerySet[StepTemplate]:
    """Steps of the catalogue that hold in that time (today where none is named)."""
    first, last = span or 2 * (timezone.localdate(),)
    return StepTemplate.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=last), Q(valid_until__isnull=True) | Q(valid_until__gte=first)
    ).order_by("phase", "position", "pk")


def templates_for(cycle: PlanningCycle) -> QuerySet[StepTemplate]:
    """Steps of the catalogue that hold in the cycle; ``is_taken`` tells whether the cycle has the step already."""
    taken = PlanningStep.objects.filter(cycle=cycle, template=OuterRef("pk"))
    return valid_templates(cycle.span()).annotate(is_taken=Exists(taken))
