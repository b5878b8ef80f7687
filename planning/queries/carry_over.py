"""What was decided about the content of a cycle for the next one; of several years the last decision counts."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from planning.enums import CarryDecision, MeasureState
from planning.models import CarryOver, Goal, Measure, PlanningCycle
from planning.models.controlling import SUBJECTS

CLOSED_MEASURES = (MeasureState.FINISHED, MeasureState.DROPPED)


@dataclass(frozen=True)
class Decisions:
    """The last decision by kind of subject („measure“) and key."""

    rows: dict[str, dict[int, CarryOver]] = field(default_factory=lambda: {name: {} for name in SUBJECTS})

    def about(self, record: Any) -> CarryOver | None:
        """What becomes of a measure, need or goal; None where nobody has decided."""
        return self.rows[record._meta.model_name].get(record.pk)

    def ended(self, name: str) -> list[int]:
        """The keys of those that end."""
        return [pk for pk, row in self.rows[name].items() if row.decision == CarryDecision.END]

    def kept(self, name: str) -> list[int]:
        """The keys of those that go on, changed or not."""
        return [pk for pk, row in self.rows[name].items() if row.decision != CarryDecision.END]

    def going_on(self, name: str, is_open: Q) -> Q:
        """What goes on: decided so, or open and not ended."""
        return Q(pk__in=self.kept(name)) | (is_open & ~Q(pk__in=self.ended(name)))


def decisions_of(cycle: PlanningCycle, *, until: int | None = None) -> Decisions:
    """All decisions about the cycle's content, up to a year where one is named (one query)."""
    about = Q(measure__cycle=cycle) | Q(need__cycle=cycle) | Q(goal__cycle=cycle)
    rows = CarryOver.objects.filter(about, municipality=cycle.municipality_id).order_by("year", "pk")
    found = Decisions()
    for row in rows.filter(year__lte=until) if until is not None else rows:
        for name in SUBJECTS:
            if (pk := getattr(row, f"{name}_id")) is not None:
                found.rows[name][pk] = row
    return found


def ended_goals(cycle: PlanningCycle, decisions: Decisions) -> set[int]:
    """Goals that end, with all that stand under them (one query, none where no goal ends)."""
    ended = set(decisions.ended("goal"))
    pairs = list(Goal.objects.filter(cycle=cycle).values_list("pk", "parent_id")) if ended else []
    while below := {pk for pk, parent in pairs if parent in ended} - ended:
        ended |= below
    return ended


def undecided_measures(cycle: PlanningCycle) -> list[Measure]:
    """Measures that are still open and of which nobody has said what becomes of them, by number (two queries)."""
    decided = decisions_of(cycle).rows["measure"]
    rows = Measure.objects.filter(cycle=cycle).exclude(state__in=CLOSED_MEASURES).exclude(pk__in=decided)
    return list(rows.order_by("number", "pk"))
