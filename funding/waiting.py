"""What of money is open, and who acts: sources of „Wartet auf Sie“ that „Offene Geldsachen“ lists as well.

Further parts of the room add theirs to SOURCES through ``open_money``; who else learns of them is said by ``told_to``.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.enums import Action
from funding.enums import Actor
from funding.models import FundsCall, NoticeCondition, StateProof
from funding.queries.use_until import calls_in_use
from records.fields import VagueDateField
from records.waiting import MONEY, Found, Source, Told, tell_record

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


def open_conditions(**of_date: bool) -> QuerySet[Any]:
    """Conditions that are not met, with or without a date."""
    return NoticeCondition.objects.filter(done_on__isnull=True, **of_date)


SOURCES = (
    open_money(
        "notice-condition",
        lambda: open_conditions(due__isnull=False),
        tell_record(NoticeCondition, "Erfüllt?"),
        Actor.PLANNER,
        day="due",
        note="notice__label",
    ),
    open_money(
        "notice-condition-undated",
        lambda: open_conditions(due__isnull=True),
        tell_record(NoticeCondition, "Erfüllt?"),
        Actor.PLANNER,
        since="created_at",
        note="notice__label",
    ),
    open_money(
        "funds-call",
        lambda: FundsCall.objects.filter(received_on__isnull=True),
        tell_record(FundsCall, "Ist das Geld da?"),
        Actor.LAND,
        day=Coalesce("needed_until", "requested_on", output_field=VagueDateField()),
        note=note("abgerufen, noch nicht eingegangen"),
    ),
    open_money(
        "funds-to-use",
        calls_in_use,
        tell_record(FundsCall, "Verwendung eintragen"),
        Actor.PLANNER,
        day="use_until",
        note=note("eingegangenes Geld, zu verwenden"),
    ),
    open_money(
        "state-proof",
        lambda: StateProof.objects.filter(submitted_on__isnull=True),
        tell_record(StateProof, "Eingereicht?"),
        Actor.PLANNER,
        day=Coalesce("extended_to", "due", output_field=VagueDateField()),
        note=note("an das Land"),
    ),
    open_money(
        "state-repayment",
        lambda: StateProof.objects.filter(repayment__gt=0, repaid_on__isnull=True),
        tell_record(StateProof, "Zurückgezahlt?"),
        Actor.CASH_OFFICE,
        since="changed_at",
        note=note("Rückzahlung an das Land"),
    ),
)
