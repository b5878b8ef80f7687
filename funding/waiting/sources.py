"""How money is told of in „Wartet auf Sie“ and in „Offene Geldsachen“: what the sources of all topics share."""

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.enums import Action
from funding.enums import Actor
from records.fields import VagueDateField
from records.waiting import MONEY, Found, Source, Told

POSITION = 2  # behind the deadlines of plans, beside what is overdue


def open_money(
    code: str,
    rows: Callable[[], QuerySet[Any]],
    tell: Callable[[Found], Told],
    actor: Actor,
    *,
    rights: tuple[Action, ...] = (Action.WRITE,),
    told_to: Action | None = Action.READ,
    **options: Any,
) -> Source:
    """A source of what is open of money. ``rights`` say for whom it waits, ``told_to`` who learns of it besides."""
    common: dict[str, Any] = {"group": MONEY, "position": POSITION, "actor": str(actor.label)}
    return Source(code, rows, tell, rights=rights, told_to=told_to, **common | options)


def day_of(day: Any) -> Concat:
    """An exact day, a column of its own or an expression, as what waits compares days (VagueDateField)."""
    text = CharField()
    return Concat(Cast(day, text), Value("D", output_field=text), output_field=VagueDateField())


def note(text: str) -> Value:
    """The same words beside every row of a source."""
    return Value(text, output_field=CharField())
