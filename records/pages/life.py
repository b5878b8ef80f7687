"""What pages say about the life of a record: the row of its states, what the person may do, what still hinders."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.access import Access
from records.life.moving import BERLIN
from records.life.table import Attempt, Condition, Life, Unmet, looked_at
from records.models import StepRow
from records.parts import LifeStation, Link, StepLink
from records.templatetags.german import datum

Looked = list[tuple[Condition, list[Unmet]]]


@dataclass(frozen=True)
class ConditionLine:
    """A condition of a step before its button: met or not, and whether a reason outweighs it."""

    code: str  # ok, gap (a reason outweighs it), stop
    text: str
    way: Link | None = None


def stations(
    life: Life, record: Any, note: Callable[[str, int, int], str], passed: Collection[str] | None = None
) -> list[LifeStation]:
    """The row of states; ``note`` is called with the state, its place and the place where the record stands.

    ``passed`` are the states through which the record went; others before its place are left out, because nobody did
    them. None: nobody knows, or the row has no way around any.
    """
    stood = life.stands_at.get(record.state, record.state)
    states = life.row_of(record) if life.row_of else life.row
    if passed is not None:
        begun = states.index(stood)
        states = tuple(state for number, state in enumerate(states) if number >= begun or state in passed)
    here, last = states.index(stood), len(states) - 1
    row = []
    for number, state in enumerate(states):
        current = number == here
        code = "d" if number < here or (current and number == last) else "c" if current else ""
        label = life.label(record.state if current else state)  # „zurückgegeben“ at the place of the review
        row.append(LifeStation(label, code, note(state, number, here), current))
    return row


def passed_by(life: Life, record: Any, taken: Sequence[StepRow]) -> set[str] | None:
    """The states through which the record went to where it stands, by its steps (the newest first); None without any.

    What ends aside, as withdrawn or cancelled, went no further than where it ended.
    """
    if not taken:
        return None
    states = life.row_of(record) if life.row_of else life.row
    reached = {life.start} | {life.stands_at.get(step.to_state, step.to_state) for step in taken}
    ended = next((step for step in taken if step.to_state == record.state != step.from_state), None)
    left = life.stands_at.get(ended.from_state, ended.from_state) if ended else ""
    if record.state not in states and left in states:
        reached &= set(states[: states.index(left) + 1])
    return reached


def day(at: datetime) -> str:
    """The day in Berlin."""
    return datum(timezone.localtime(at, BERLIN).date())


def steps_open_to(life: Life, record: Any, access: Access, url_of: Callable[[Any, str], str]) -> list[StepLink]:
    """The steps that exist now and that the person has the right to take, the main one first."""
    place = record.municipality
    possible = [a for a in life.actions_of(record) if access.allows(life.moves[a].right, place)]
    main = next((action for action in life.main if action in possible), None)
    ordered = sorted(possible, key=lambda action: action != main)
    return [StepLink(str(life.actions(a).label), url_of(record, a), a == main) for a in ordered]


def hindrances(life: Life, action: str, attempt: Attempt) -> Looked:
    """Every condition with what it lacks now; nothing where the step does not exist for the record."""
    move = life.moves[action]
    return looked_at(move, attempt) if life.has(action, attempt.record) else []


def condition_lines(looked: Looked, attempt: Attempt) -> dict[str, list[ConditionLine]]:
    """What is lacking, with the way there, what a reason outweighs, and what is met: by code."""
    lines = [
        ConditionLine("gap" if each.by_reason else "stop", each.text, Link(*each.way) if all(each.way) else None)
        for each in unmet_in(looked)
    ]
    lines += [ConditionLine("ok", each.met(attempt)) for each, found in looked if not found]
    return {code: found for code in ("stop", "gap", "ok") if (found := [line for line in lines if line.code == code])}


def unmet_in(looked: Looked) -> list[Unmet]:
    """What is lacking, flat."""
    return [missing for _, found in looked for missing in found]
