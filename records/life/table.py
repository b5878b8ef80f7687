"""A life as data: the table of its steps and the texts that belong to them. Nothing here reads or writes.

A room describes the life of its model once and registers it; moving, the form, the page and the lock follow from it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from accounts.enums import Action
from accounts.models import User
from records.models.base import MunicipalRecord
from records.models.guard import Guard
from records.models.steps import StepRow


@dataclass(frozen=True)
class Unmet:
    """What hinders a step, as a sentence. ``by_reason``: with a written reason the step is possible all the same.

    ``way`` is label and address of the page where it is mended.
    """

    code: str
    text: str
    by_reason: bool = False
    way: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Attempt:
    """A step that somebody wants to take with a record at a time.

    ``values`` are those of the step's fields as they were given; empty before the form is sent, so that conditions that
    look at them ask with ``get``. The record is the one before the step.
    """

    record: Any
    actor: User | None
    at: datetime
    values: Mapping[str, Any] = field(default_factory=dict)


OWN_NAMES = frozenset({"note", "version", "form_key", "state"})  # what the form of a step, and the step, has already
WHY = "Schreiben Sie den Grund auf."  # where a written reason outweighs what is open
Words = str | Callable[[Attempt], str]


@dataclass(frozen=True)
class Condition:
    """What a step needs. ``words`` name it where it is met, maybe with what met it; ``check`` yields what is not."""

    words: Words
    check: Callable[[Attempt], Iterable[Unmet]]

    def met(self, attempt: Attempt) -> str:
        """The words for an attempt that meets it."""
        return self.words if isinstance(self.words, str) else self.words(attempt)


def condition(words: Words) -> Callable[[Callable[[Attempt], Iterable[Unmet]]], Condition]:
    """Make a condition of the function below."""
    return lambda check: Condition(words, check)


def as_it_is(record: Any) -> dict[str, Any]:
    """A step that suggests nothing for its fields."""
    return {}


def always(record: Any) -> bool:
    """A step that exists for every record of the model."""
    return True


@dataclass(frozen=True)
class Move:
    """A step: from which states to which, with which right, on which conditions, and what the page says about it.

    ``meaning`` says what it does, ``done`` that it is done (``{record}`` is the record after it). ``asks`` labels the
    text that belongs to it (empty: none), ``asks_for`` says what the text is for, ``must_say`` demands it, and with
    ``reason_only`` it is asked where it outweighs something that hinders, not else; ``despite`` says before such open
    points that the step is possible all the same. ``locks``:
    after it the record and its parts do not change but by steps. ``prepare`` does slow work before the transaction, in
    the queue; ``doing`` says then what is under way (``{record}`` is the record before it).

    ``fields`` are fields of the record that belong to the step: asked on its page, stored and noted with it. They are
    required but for those in ``optional_fields``; ``initial`` suggests values for a record, else what it has is shown.
    ``fits`` is true for the records for which the step exists.
    """

    origins: tuple[str, ...]
    target: str
    right: Action
    conditions: tuple[Condition, ...] = ()
    meaning: str = ""
    done: str = ""
    asks: str = ""
    asks_for: str = ""
    must_say: bool = False
    reason_only: bool = False
    despite: str = "Der Schritt ist trotzdem möglich, wenn Sie unten den Grund aufschreiben."
    locks: bool = False
    prepare: Callable[[Attempt], Any] | None = None
    doing: str = ""
    fields: tuple[str, ...] = ()
    optional_fields: tuple[str, ...] = ()
    initial: Callable[[Any], dict[str, Any]] = as_it_is
    fits: Callable[[Any], bool] = always


def nothing_more(move: Any, record: Any) -> dict[str, Any]:
    """A step that sets the state alone."""
    return {}


def no_columns(action: str, attempt: Attempt, prepared: Any, outweighed: list[Unmet]) -> dict[str, Any]:
    """A step that says no more than every step."""
    return {}


@dataclass(frozen=True)
class Life:
    """The life of a model's records.

    ``owner`` names the relation of ``steps`` to the record. ``says`` tells of every state who has the record then and
    what to do: why a locked one does not change, or a step is not possible. ``parts`` are models that are locked with
    their record, with the relation to it. ``row`` are the states drawn in a row, ``stands_at`` where others of them
    stand, ``ahead`` what is said of a state that is still to come, ``main`` the order in which a step becomes the main
    button. ``row_of`` gives the row of a record where not all have the same.
    ``sets`` gives further fields that a step changes; the record has the values of the step's fields then, and still
    its state. ``columns``, called in the transaction after the record was claimed, writes what else belongs to the
    step and returns the values of further columns of it.
    """

    model: type[MunicipalRecord]
    steps: type[StepRow]
    owner: str
    states: type[models.TextChoices]
    actions: type[models.TextChoices]
    moves: dict[str, Move]
    start: str
    says: Mapping[str, str]
    slugs: Mapping[str, str]
    row: tuple[str, ...]
    stands_at: Mapping[str, str] = field(default_factory=dict)
    ahead: Mapping[str, str] = field(default_factory=dict)
    main: tuple[str, ...] = ()
    parts: tuple[tuple[type[models.Model], str], ...] = ()
    row_of: Callable[[Any], tuple[str, ...]] | None = None
    sets: Callable[[Any, Any], dict[str, Any]] = nothing_more
    columns: Callable[[str, Attempt, Any, list[Unmet]], dict[str, Any]] = no_columns

    def __post_init__(self) -> None:
        if self.start in self.locked_states():
            raise ValueError("Ein neuer Eintrag lässt sich ändern; der erste Zustand wird nicht gesperrt.")
        if silent := set(self.states.values) - set(self.says):
            raise ValueError(f"Zu diesen Zuständen fehlt der Satz: {', '.join(sorted(silent))}.")
        for state in self.states.values:
            if len({move.locks for move in self.moves.values() if move.target == state}) > 1:
                raise ValueError(f"Die Schritte nach „{state}“ sind sich über die Sperre nicht einig.")
        for action, move in self.moves.items():
            self._check_fields(action, move)

    def _check_fields(self, action: str, move: Move) -> None:
        """The fields of a step are plain columns of the record; the form of a step has names of its own."""
        columns = {each.name: each for each in self.model._meta.concrete_fields}
        odd = [name for name in move.fields if name in OWN_NAMES or not isinstance(columns.get(name), models.Field)]
        odd += [name for name in move.fields if isinstance(columns.get(name), models.FileField)]
        if odd or not set(move.optional_fields) <= set(move.fields):
            names = ", ".join(odd or move.optional_fields)
            raise ValueError(f"Diese Felder fragt der Schritt „{action}“ nicht: {names}.")

    def locked_states(self) -> frozenset[str]:
        """The states after which a record changes by steps alone."""
        return frozenset(str(move.target) for move in self.moves.values() if move.locks)

    def guard(self, through: str = "") -> Guard:
        """What saving asks about the record, or about a part of it."""
        return Guard(self.model, str(self.start), self.locked_states(), self.says, through)

    def has(self, action: str, record: Any) -> bool:
        """Whether the step exists for the record as it stands."""
        move = self.moves[action]
        return record.state in move.origins and move.fits(record)

    def actions_of(self, record: Any) -> list[str]:
        """The steps that exist for the record as it stands, in the order of the table."""
        return [action for action in self.moves if self.has(action, record)]

    def fields_of_steps(self) -> frozenset[str]:
        """The fields of the record that its steps ask."""
        return frozenset(name for move in self.moves.values() for name in move.fields)

    def not_now(self, action: str, state: str) -> str:
        """Why a step does not exist in a state, and what to do."""
        return f"„{self.actions(action).label}“ ist jetzt nicht möglich. {self.says[state]}"

    def label(self, state: str) -> str:
        """A state in words."""
        return str(self.states(state).label)


def looked_at(move: Move, attempt: Attempt) -> list[tuple[Condition, list[Unmet]]]:
    """Every condition of the step with what it lacks; rights and states are not among them."""
    return [(each, list(each.check(attempt))) for each in move.conditions]


def unmet(move: Move, attempt: Attempt) -> list[Unmet]:
    """What still hinders the step, in the order of the table."""
    return [missing for _, found in looked_at(move, attempt) for missing in found]
