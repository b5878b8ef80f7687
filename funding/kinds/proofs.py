"""Proofs of use with their rows, things bought, and claims."""

from funding.models import InventoryItem, ProofIncome, ProofOfUse, ProofPosition, Receipt, RepaymentClaim
from planning.enums import Phase
from planning.kinds.common import EXAMPLE_GROUP
from records.grid import Grid
from records.kind import Group, RecordKind
from records.registry import register

register(
    RecordKind(
        model=ProofOfUse,
        segment="verwendungsnachweise",
        section=Phase.IMPLEMENTATION,
        title_field="",
        parent="application",
        in_menu=False,
        intro="Womit Träger nachweisen, was aus dem Geld geworden ist.",
        empty_way="mit dem Nachweis, der nach einem Bescheid fällig wird.",
        columns=("application", "kind", "due", "received_on", "state"),
        filters=("application", "kind", "state"),
        tags=("state", "kind"),
        groups=(
            Group(
                "Verwendungsnachweis",
                "Wann er fällig ist und wann er kam.",
                ("application", ("kind", "due"), ("extended_to", "extension_reason")),
            ),
            Group(
                "Sachbericht",
                "Was der Träger berichtet.",
                ("done", "results", "participants", "deviations", "outlook"),
            ),
            Group("Prüfung", "Was die Stelle festhält.", ("note",)),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=ProofPosition,
        segment="nachweis-ausgaben",
        section=Phase.IMPLEMENTATION,
        title_field="",
        key=("proof", "cost"),
        parent="proof",
        grid=Grid(("cost", "actual", "consent", "cut", "reason")),
        in_menu=False,
        intro="Was je Ausgabe ausgegeben und anerkannt wurde.",
        empty_way="mit den Ausgaben des Bescheids.",
        columns=("proof", "cost", "actual", "cut"),
        filters=("proof",),
        groups=(
            Group(
                "Ausgabe im Nachweis",
                "Ist-Betrag und was davon nicht anerkannt wird.",
                ("proof", "cost", ("actual", "consent"), ("cut", "reason")),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=ProofIncome,
        segment="nachweis-einnahmen",
        section=Phase.IMPLEMENTATION,
        title_field="giver",
        parent="proof",
        grid=Grid(("source", "giver", "amount")),
        in_menu=False,
        intro="Woher das Geld wirklich kam.",
        empty_way="mit den Einnahmen des Nachweises.",
        columns=("proof", "source", "amount"),
        filters=("proof", "source"),
        groups=(
            Group("Einnahme im Nachweis", "Wer wie viel gab.", ("proof", ("source", "giver"), "amount")),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=Receipt,
        segment="belege",
        section=Phase.IMPLEMENTATION,
        title_field="payee",
        parent="proof",
        grid=Grid(("number", "paid_on", "payee", "purpose", "cost", "amount", "cut", "cut_reason")),
        in_menu=False,
        intro="Die Belegliste der Nachweise.",
        empty_way="mit der Belegliste des Trägers, als Tabelle eingefügt.",
        columns=("proof", "number", "paid_on", "amount", "cut"),
        filters=("proof", "cost"),
        groups=(
            Group(
                "Beleg",
                "Was wann an wen bezahlt wurde.",
                ("proof", ("number", "paid_on"), "payee", "purpose", ("cost", "amount")),
            ),
            Group("Prüfung", "Was davon nicht anerkannt wird und warum.", (("cut", "cut_reason"),)),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=InventoryItem,
        segment="inventar",
        section=Phase.IMPLEMENTATION,
        parent="proof",
        grid=Grid(("title", "bought_on", "value", "place", "bound_until")),
        in_menu=False,
        intro="Was mit der Zuwendung angeschafft wurde.",
        empty_way="mit den Gegenständen, die inventarisiert werden müssen.",
        columns=("proof", "bought_on", "value", "bound_until"),
        filters=("proof",),
        groups=(
            Group(
                "Inventargegenstand",
                "Was angeschafft wurde und wo es steht.",
                ("proof", "title", ("bought_on", "value"), ("place", "bound_until")),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=RepaymentClaim,
        segment="rueckforderungen",
        section=Phase.IMPLEMENTATION,
        title_field="",
        parent="application",
        in_menu=False,
        intro="Was von Trägern zurückgefordert wird, bis es bezahlt ist.",
        empty_way="mit dem Ergebnis eines Nachweises, der weniger anerkennt.",
        columns=("application", "ground", "principal", "interest", "state"),
        filters=("application", "ground", "state"),
        tags=("state",),
        groups=(
            Group(
                "Rückforderung",
                "Warum und wie viel.",
                ("application", "proof", ("ground", "principal"), "reasons", "answer"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
)
