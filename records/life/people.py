"""Conditions about who takes a step: what one person has prepared, another one releases."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from records.life.registry import life_of
from records.life.table import Attempt, Condition, Unmet
from records.queries.steps import steps_of
from records.queries.writers import written_by

SECOND = "Bitten Sie eine zweite Person um diesen Schritt."


def another_person(before: str, *, content: bool = False) -> Condition:
    """Who took the step ``before`` (the last one of that action) does not take this one.

    ``content``: nor does who wrote the record or its parts, by their history; values given with steps are no writing.
    What was taken over without a person binds nobody.
    """

    def words(attempt: Attempt) -> str:
        step = _last(before, attempt)
        taken = f" „{_label(before, attempt)}“: {step.actor_name}." if step and step.actor_name else ""
        return f"Eine zweite Person führt den Schritt aus.{taken}"

    def check(attempt: Attempt) -> Iterable[Unmet]:
        if attempt.actor is None:
            return
        step = _last(before, attempt)
        if step and step.actor_id == attempt.actor.pk:
            yield Unmet("another_person", f"Sie haben „{_label(before, attempt)}“ selbst ausgeführt. {SECOND}")
        if content and (kinds := written_of(attempt.record, attempt.actor.pk)):
            yield Unmet("another_author", f"Sie haben daran mitgeschrieben ({', '.join(kinds)}). {SECOND}")

    return Condition(words, check)


def written_of(record: Any, person: int) -> list[str]:
    """What of the record and its parts the person has written, as kinds (1 query)."""
    parts: Any = life_of(type(record)).parts
    rows = written_by(type(record), Q(id=record.pk))
    rows = rows.union(*(written_by(part, Q(**{through: record.pk})) for part, through in parts))
    return sorted(what for who, what in rows if who == person)


def _last(action: str, attempt: Attempt) -> Any:
    life = life_of(type(attempt.record))
    return steps_of(life.steps, life.owner, attempt.record).filter(action=action).first()


def _label(action: str, attempt: Attempt) -> str:
    return str(life_of(type(attempt.record)).actions(action).label)
