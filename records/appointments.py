"""Which records stand in people's calendars: kinds with a day, registered by their rooms. Vague days stand in none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.enums import Action
from records.models.base import Record


def never(row: Any) -> bool:
    """Nothing of the kind is ever cancelled."""
    return False


def title_of(row: Any) -> str:
    """What a record is called, also where it is a row of the history."""
    return str(getattr(row, "label", "") or getattr(row, "title", ""))


@dataclass(frozen=True)
class Appointments:
    """Records of a kind that every reader of their place sees whole; ``rights`` say who has them in the calendar.

    The names are columns: the day, the last day, the time of day (HH:MM), the place. ``sort`` says what
    it is. ``title`` may look at the relations in ``related``; deleted records are called by their own title.
    ``is_cancelled`` is asked of records and of their history rows.
    """

    model: type[Record]
    day: str
    last: str = ""
    clock: str = ""
    place: str = ""
    sort: str = ""
    related: tuple[str, ...] = ()
    is_cancelled: Callable[[Any], bool] = never
    title: Callable[[Any], str] = title_of
    rights: tuple[Action, ...] = (Action.READ,)


_kinds: list[Appointments] = []


def register_appointments(*kinds: Appointments) -> None:
    """Add kinds of records to the calendars."""
    _kinds.extend(kinds)


def appointments() -> list[Appointments]:
    """All of them."""
    return list(_kinds)
