"""The goal tree is built together at the beamer: goals are added, renamed and moved (docs/product.md §4, §5).

A goal's level follows from its place; moving takes along what stands under it. Siblings are numbered by tens, and
only rows whose place changes get a new version.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.policies import Right
from planning.enums import GoalLevel
from planning.models import ActionField, Goal, Need, PlanningCycle
from planning.models.goals import LEVEL_ABOVE
from planning.queries.goals import goals_of, tree_order
from records.domain import saving
from records.domain.batches import Recorder, record_batch
from records.errors import StaleRecord
from records.models import Batch, held

DISTANCE = 10  # between two positions, so that a goal can be put between by hand
LEVEL_BELOW = {above: below for below, above in LEVEL_ABOVE.items()}


class Direction(StrEnum):
    """Where a goal is moved by keys and buttons; the values stand in the form."""

    UP = "hoch"
    DOWN = "runter"
    LEFT = "links"
    RIGHT = "rechts"


@dataclass(frozen=True)
class Place:
    """Where a goal goes: under a goal (None: as Leitziel) and before a sibling (None: at the end)."""

    parent: Goal | None
    before: Goal | None = None


def level_under(parent: Goal | None) -> GoalLevel:
    """The level that a goal has in this place. Raises ValidationError under a Maßnahmenziel."""
    level = LEVEL_BELOW.get(GoalLevel(parent.level) if parent else None)
    if level is None:
        raise ValidationError("Unter einem Maßnahmenziel stehen keine Ziele. Legen Sie dort eine Maßnahme an.")
    return level


@transaction.atomic
def add_goal(
    *,
    cycle: PlanningCycle,
    parent: Goal | None,
    title: str,
    actor: User,
    after: Goal | None = None,
    action_field: ActionField | None = None,
    needs: Iterable[Need] = (),
    form_key: str = "",
) -> tuple[Goal, Batch]:
    """Add a goal under another one, behind ``after`` or at the end; without a field it takes the one above's.

    Raises PermissionDenied, ValidationError, DuplicateSubmission.
    """
    goal = Goal(
        municipality=cycle.municipality,
        cycle=cycle,
        level=level_under(parent),
        parent=parent,
        title=title,
        action_field=action_field or inherited(parent, cycle),
    )
    rows = locked(cycle)
    siblings = siblings_of(rows, goal)
    place = next((index for index, row in enumerate(siblings, 1) if after and row.pk == after.pk), len(siblings))
    siblings.insert(place, goal)
    with record_batch(municipality=cycle.municipality, actor=actor, summary="", form_key=form_key) as batch:
        goal.position = (place + 1) * DISTANCE
        batch.create(goal, links={"needs": list(needs)})
        renumber(siblings, batch)
        batch.summary = f"{GoalLevel(goal.level).label} {goal.code} angelegt"
    return goal, stored(batch)


def inherited(parent: Goal | None, cycle: PlanningCycle) -> ActionField | None:
    """The Handlungsfeld of the goal above, or what followed it where it holds no longer in the cycle."""
    above = parent.action_field if parent else None
    return next(iter(held([above] if above else [], cycle.span())), None)


@transaction.atomic
def rename_goal(*, goal: Goal, title: str, seen: str, version: int, actor: User | None) -> Goal:
    """Give a goal another title; ``seen`` is the one the person had before their eyes.

    Where only the place of the goal was changed meanwhile, there is nothing to decide and the title is stored.
    Raises PermissionDenied, StaleRecord, ValidationError.
    """
    saving.require(Right.CHANGE, goal, actor)
    if title == goal.title:
        return goal
    if goal.title == seen:
        version = goal.version
    goal.title = title
    return saving.update_record(goal, version=version, actor=actor)


@transaction.atomic
def move_goal(*, goal: Goal, place: Place, version: int, actor: User) -> Batch | None:
    """Put a goal, with all that stands under it, in another place; None where it stands there already.

    ``version`` is the one of the goal that the person saw. Raises PermissionDenied, StaleRecord, ValidationError.
    """
    saving.require(Right.CHANGE, goal, actor)
    rows = locked(goal.cycle)
    moved = next((row for row in rows if row.pk == goal.pk), None)
    if moved is None or moved.version != version:
        raise StaleRecord
    order = [row.pk for row in tree_order(rows)]
    moved.parent = place.parent
    siblings = [row for row in siblings_of(rows, moved) if row is not moved]
    before = place.before.pk if place.before else None
    index = next((index for index, row in enumerate(siblings) if row.pk == before), len(siblings))
    siblings.insert(index, moved)
    others = [row for row in rows if row not in siblings]
    if [row.pk for row in tree_order([*others, *siblings])] == order and moved.parent_id == goal.parent_id:
        return None
    with record_batch(municipality=goal.municipality, actor=actor, summary="") as batch:
        renumber(siblings, batch, moved)
        batch.summary = f"Ziel {goal.code} verschoben"
    return stored(batch)


def neighbour_place(goal: Goal, direction: Direction) -> Place | None:
    """The next place in a direction, or None where there is none: siblings up and down, goals above left and right."""
    rows = list(goals_of(goal.cycle))
    goal = next((row for row in rows if row.pk == goal.pk), goal)
    if direction in (Direction.UP, Direction.DOWN):
        siblings = siblings_of(rows, goal)
        index = [row.pk for row in siblings].index(goal.pk)
        if direction == Direction.UP:
            return Place(goal.parent, siblings[index - 1]) if index else None
        following = siblings[index + 1 :]
        return Place(goal.parent, following[1] if len(following) > 1 else None) if following else None
    above = LEVEL_ABOVE[GoalLevel(goal.level)]
    parents = [row for row in tree_order(rows) if row.level == above]
    if goal.parent_id is None:
        return None
    index = [row.pk for row in parents].index(goal.parent_id) + (1 if direction == Direction.RIGHT else -1)
    if not 0 <= index < len(parents):
        return None
    first = next((row for row in rows if row.parent_id == parents[index].pk), None)
    return Place(parents[index], first if direction == Direction.RIGHT else None)


def locked(cycle: PlanningCycle) -> list[Goal]:
    """The goals of the cycle in order; nobody else changes the tree until the transaction ends."""
    return list(goals_of(cycle).select_for_update(of=("self",)))


def siblings_of(rows: Iterable[Goal], goal: Goal) -> list[Goal]:
    """The goals in the same place, in order."""
    return [row for row in rows if row.parent_id == goal.parent_id and row.level == goal.level]


def renumber(siblings: list[Goal], batch: Recorder, moved: Goal | None = None) -> None:
    """Number siblings by tens; stores those whose position changes, and the one that was moved."""
    for number, row in enumerate(siblings, 1):
        if row.position != number * DISTANCE or row is moved:
            row.position = number * DISTANCE
            batch.update(row, version=row.version)


def stored(recorder: Recorder) -> Batch:
    """The batch after its block."""
    assert recorder.batch is not None
    return recorder.batch
