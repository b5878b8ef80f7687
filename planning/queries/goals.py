"""The goals of a cycle as a tree, and what a measure takes over from a goal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from planning.models import ActionField, Goal, LifePhase, Need, PlanningCycle, PlanningRegion, TargetGroup


def goals_of(cycle: PlanningCycle) -> QuerySet[Goal]:
    """The goals of a cycle with their Handlungsfeld; siblings stand in their order."""
    return Goal.objects.filter(cycle=cycle).select_related("action_field").order_by("position", "pk")


def children_of(goals: Iterable[Goal]) -> dict[int | None, list[Goal]]:
    """Goals by the key of the one above, in the given order; None holds the Leitziele."""
    found: dict[int | None, list[Goal]] = defaultdict(list)
    for goal in goals:
        found[goal.parent_id].append(goal)
    return found


def tree_order(goals: Iterable[Goal]) -> list[Goal]:
    """Each goal followed by what stands under it."""
    children = children_of(goals)

    def below(key: int | None) -> Iterator[Goal]:
        for goal in children.get(key, ()):
            yield goal
            yield from below(goal.pk)

    return list(below(None))


@dataclass(frozen=True)
class Heritage:
    """What a measure takes over from the goal that it serves."""

    needs: tuple[Need, ...]
    action_field: ActionField | None
    life_phases: tuple[LifePhase, ...]
    regions: tuple[PlanningRegion, ...]
    target_groups: tuple[TargetGroup, ...]


def heritage_of(goal: Goal) -> Heritage:
    """Needs and Handlungsfeld of the goal, else those of the nearest goal above; the rest from these needs."""
    chain = [goal]
    while chain[-1].parent is not None:
        chain.append(chain[-1].parent)
    needs = next((found for row in chain if (found := list(row.needs.order_by("sort_key", "pk")))), [])
    field = next((row.action_field for row in chain if row.action_field), None)
    keys = [need.pk for need in needs]
    of_needs = list(ActionField.objects.filter(needs__in=keys).distinct()[:2])
    return Heritage(
        needs=tuple(needs),
        action_field=field or (of_needs[0] if len(of_needs) == 1 else None),
        life_phases=tuple(LifePhase.objects.filter(needs__in=keys).distinct().order_by("sort_key", "pk")),
        regions=tuple(PlanningRegion.objects.filter(needs__in=keys).distinct().order_by("sort_key", "pk")),
        target_groups=tuple(TargetGroup.objects.filter(needs__in=keys).distinct().order_by("sort_key", "pk")),
    )
