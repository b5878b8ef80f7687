"""What of the planning stands in calendars: deadlines, milestones, the planned ends of steps."""

from typing import Any

from accounts.enums import Action
from planning.enums import StepState
from planning.models import Deadline, Milestone, PlanningStep
from records.appointments import Appointments


def is_dropped(row: Any) -> bool:
    """Nobody does it any more."""
    return bool(row.state == StepState.DROPPED)


INSIDE = (Action.WRITE,)
KINDS = (
    Appointments(Deadline, "due", sort="Frist", rights=(Action.WRITE, Action.SUPPORT, Action.REVIEW)),
    Appointments(Milestone, "planned_on", sort="Meilenstein", is_cancelled=is_dropped, rights=INSIDE),
    Appointments(
        PlanningStep, "planned_end", sort="Planungsschritt, geplantes Ende", is_cancelled=is_dropped, rights=INSIDE
    ),
)
