"""What of the Landeszuwendung is open: conditions of notices, calls for money, proofs to the Land."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from funding.enums import Actor
from funding.models import FundsCall, NoticeCondition, StateProof
from funding.queries.use_until import calls_in_use
from funding.waiting.sources import note, open_money
from records.fields import VagueDateField
from records.waiting import tell_record


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
