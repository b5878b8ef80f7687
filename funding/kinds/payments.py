"""Payments and what the money was used for."""

from funding.models import Payment, PaymentUse
from planning.enums import Phase
from planning.kinds.common import EXAMPLE_GROUP
from records.grid import Grid
from records.kind import Group, RecordKind
from records.registry import register

register(
    RecordKind(
        model=Payment,
        segment="auszahlungen",
        section=Phase.IMPLEMENTATION,
        title_field="",
        parent="application",
        in_menu=False,
        intro="Was wann an Träger ausgezahlt wird.",
        empty_way="mit der ersten Rate eines Bescheids.",
        columns=("application", "planned_on", "amount", "state", "paid_on"),
        filters=("application", "state"),
        tags=("state",),
        groups=(
            Group(
                "Auszahlung",
                "Wie viel wann, und zu welchem Bescheid.",
                ("application", ("decision", "instalment"), ("amount", "planned_on")),
            ),
            Group(
                "Abruf",
                "Wofür der Träger das Geld braucht.",
                (("requested_on", "needed_until"), "need"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=PaymentUse,
        segment="verwendungen",
        section=Phase.IMPLEMENTATION,
        title_field="",
        parent="payment",
        grid=Grid(("used_on", "amount", "note")),
        in_menu=False,
        intro="Wann ausgezahltes Geld verwendet wurde.",
        empty_way="mit dem, was der Träger im Nachweis angibt.",
        columns=("payment", "used_on", "amount"),
        filters=("payment",),
        groups=(
            Group("Verwendung", "Wann wie viel verwendet wurde.", ("payment", ("used_on", "amount"), "note")),
            EXAMPLE_GROUP,
        ),
    ),
)
