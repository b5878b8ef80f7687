"""The rows of a draft whose statements are of a past day: as the history knows them then, without what came later."""

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from participation.enums import BodyState
from participation.models import Body
from participation.models.bodies import ENDED
from planning.enums import StepState
from planning.models import Measure, Milestone, Need
from plans.builder.basis import Basis
from plans.models import Plan
from printing.templatetags.papers import lang
from records.life.moving import BERLIN
from records.queries.past import rows_then

MOVING: dict[type[Any], tuple[str, ...]] = {  # what a record becomes in its time, unlike its words
    Need: ("state", "priority", "priority_set_by", "priority_set_on", "priority_reason"),
    Measure: ("state", "not_done_reason"),
    Milestone: ("state", "reached_on"),
    Body: ("state",),
}
SAID = "Entwurf aus laufenden Einträgen vom {today}. Was nach dem {day} geschehen ist, steht nicht darin."
THEN = "Stände sind die vom {day}."
MIXED = "Stände sind die vom {day}, soweit der Verlauf so weit zurückreicht, sonst der laufende Stand."


def basis_of(plan: Plan) -> Basis:
    """The rows of a plan: as they are now, or as they stood on the past day of its statements."""
    is_past = plan.as_of is not None and plan.as_of < timezone.localdate()
    return PastBasis(plan) if is_past else Basis(plan)


@dataclass
class PastBasis(Basis):
    """Rows of a past day. What a record says in words stays as it is now, so that corrections reach the draft.

    One query more for each kind whose state is printed.
    """

    unknown: set[Any] = field(default_factory=set)

    @property
    def running(self) -> str:
        """What the draft says of its records."""
        days = {"day": lang(self.plan.statement_day), "today": lang(timezone.localdate())}
        return f"{SAID} {MIXED if self.unknown else THEN}".format(**days)

    def as_then(self, rows: list[Any]) -> list[Any]:
        """The rows with what they had become by the end of the day."""
        if not rows:
            return rows
        model = type(rows[0])
        moment = datetime.combine(self.plan.statement_day, time.max, BERLIN)
        then = rows_then(model, [row.pk for row in rows], MOVING[model], moment)
        for row in rows:
            for name, value in then.get(row.pk, {}).items():
                setattr(row, name, value)
            if row.pk not in then and not self.without_later(row):
                self.unknown.add((model, row.pk))
        return rows

    def without_later(self, row: Any) -> bool:
        """Take back what the row's own dates show to be later; whether that tells its state."""
        if isinstance(row, Need) and self.came_later(row.priority_set_on):
            row.priority = row.priority_set_by = row.priority_reason = ""
            row.priority_set_on = None
        elif isinstance(row, Milestone) and self.came_later(row.reached_on):
            row.state, row.reached_on = StepState.OPEN, None
            return True
        elif isinstance(row, Body) and row.state in ENDED and self.came_later(row.dissolved_on):
            row.state = BodyState.CONSTITUTED if row.constituted_on else BodyState.WORKING
            return self.without_later(row) or True
        elif isinstance(row, Body) and row.state == BodyState.CONSTITUTED and self.came_later(row.constituted_on):
            row.state = BodyState.WORKING
            return True
        return False
