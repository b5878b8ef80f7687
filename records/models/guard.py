"""What saving asks about a record with a life: the states in which it, or a part of it, is not to be changed.

A life (records.life) registers a guard for its model and for the parts of its records. Guards stand here and not beside
the life, because records.domain.saving asks them and the life itself saves through it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Guard:
    """``model`` is the one whose rows hold the state; ``through`` names a part's relation to it, „line__budget_year“ in
    steps, empty for itself.

    ``locked`` are the states in which nothing changes but by a step; ``says`` tells of each who has it and what to do.
    """

    model: type[models.Model]
    start: str
    locked: frozenset[str]
    says: Mapping[str, str]
    through: str = ""
    field: str = "state"

    def stored_state(self, obj: Any, *, hold: bool = False) -> str | None:
        """The state as it is stored now; ``hold`` keeps others from changing it until the transaction ends."""
        *between, last = self.through.split("__")
        for name in between:
            obj = getattr(obj, name)
        pk = getattr(obj, f"{last}_id") if last else obj.pk
        rows = self.model._default_manager.filter(pk=pk).order_by()
        if hold:
            rows = rows.select_for_update()
        state: str | None = rows.values_list(self.field, flat=True).first()
        return state

    def why_locked(self, state: str | None) -> str:
        """A sentence where the state allows no change, else empty."""
        return self.says[state] if state in self.locked else ""


_guards: dict[type[models.Model], Guard] = {}


def register_guard(model: type[models.Model], guard: Guard) -> None:
    """From now on saving rows of this model asks the guard. A second one is a programming error."""
    if model in _guards:
        raise ValueError(f"{model.__name__} hat schon einen Lebenslauf.")
    _guards[model] = guard


def guard_of(model: type[models.Model]) -> Guard | None:
    """The guard of a model, None for those without a life."""
    return _guards.get(model)


def why_locked(obj: Any, *, changes: bool = False) -> str:
    """Why the record cannot be changed now, as a sentence; empty where it can. For pages, which promise nothing.

    ``changes``: asked for its form, which a part with ``open_when_locked`` keeps.
    """
    guard = guard_of(type(obj))
    if changes and guard and guard.through and obj.open_when_locked:
        return ""
    if guard is None:
        return ""
    is_own = not guard.through and not obj._state.adding  # then the page has read it with the record
    return guard.why_locked(getattr(obj, guard.field) if is_own else guard.stored_state(obj))


def why_closed_below(part: type[models.Model], record: Any) -> str:
    """Why no part can be added to the record or changed in a table of its parts; empty where it can."""
    return why_locked(record) if guard_of(part) is not None else ""
