"""The municipality's own order and choice of planning steps."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import transaction

from accounts.models import User
from accounts.policies import Right
from planning.models import PhaseState, PlanningCycle, PlanningStep, StepTemplate
from planning.queries.steps import steps_of_phase
from records.domain import saving

DISTANCE = 10  # between two positions, so that a step can be put between by hand


class Direction(StrEnum):
    """Where a step is moved; the values stand in the form."""

    UP = "hoch"
    DOWN = "runter"


@transaction.atomic
def move_step(*, step: PlanningStep, direction: Direction, actor: User | None) -> bool:
    """Exchange a step with its neighbour in the phase; False where it is the first or last already.

    Only steps whose position changes are saved. Raises PermissionDenied, StaleRecord.
    """
    saving.require(Right.CHANGE, step, actor)
    steps = list(steps_of_phase(step.cycle, step.phase).select_for_update())
    place = next(index for index, other in enumerate(steps) if other.pk == step.pk)
    neighbour = place + (1 if direction == Direction.DOWN else -1)
    if not 0 <= neighbour < len(steps):
        return False
    steps[place], steps[neighbour] = steps[neighbour], steps[place]
    for index, row in enumerate(steps, start=1):
        if row.position != index * DISTANCE:
            row.position = index * DISTANCE
            saving.update_record(row, version=row.version, actor=actor)
    return True


def take_state(
    *, record: PlanningStep | PhaseState, state: str, version: int, actor: User | None
) -> PlanningStep | PhaseState:
    """Set the state that was proposed. Raises PermissionDenied, StaleRecord, ValidationError."""
    record.state = state
    return saving.update_record(record, version=version, actor=actor)


@transaction.atomic
def add_template_steps(
    *, cycle: PlanningCycle, templates: Iterable[StepTemplate], actor: User | None
) -> list[PlanningStep]:
    """Add steps of the catalogue at the end of their phases; a step that the cycle has already is left out.

    Returns the new steps. Raises PermissionDenied, ValidationError.
    """
    present = list(PlanningStep.objects.filter(cycle=cycle))
    taken = {step.template_id for step in present}
    last: dict[str, int] = {}
    for step in present:
        last[step.phase] = max(last.get(step.phase, 0), step.position)
    added = []
    for template in templates:
        if template.pk in taken:
            continue
        taken.add(template.pk)
        last[template.phase] = last.get(template.phase, 0) + DISTANCE
        step = PlanningStep(
            municipality=cycle.municipality,
            cycle=cycle,
            template=template,
            phase=template.phase,
            position=last[template.phase],
            title=template.title,
            guidance=template.guidance,
            decision_needed=template.decision,
            is_example=cycle.is_example,
        )
        added.append(saving.create_record(step, actor=actor))
    return added
