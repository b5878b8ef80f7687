"""Storing what a proof says, as a whole or not at all: typed by the office, or handed in by the Träger.

Rows that are as before stay as they are, with what the office has cut of them; others are made and taken away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, cast

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from funding.domain.proofs.receipt_text import TypedReceipt
from funding.domain.proofs.result import positions_by_cost
from funding.enums import ProofAction
from funding.models import FundingDecision, InventoryItem, ProofIncome, ProofOfUse, ProofPosition, Receipt
from records.domain import saving
from records.domain.batches import Recorder, record_batch
from records.life.moving import take_step

REPORT = ("done", "results", "participants", "deviations", "outlook")
Row = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """What was typed: texts of the Sachbericht, actual by cost, rows of incomes and things bought, receipts."""

    report: dict[str, str]
    actual: dict[int, Decimal | None]
    incomes: tuple[Row, ...] = ()
    receipts: tuple[TypedReceipt, ...] = ()
    inventory: tuple[Row, ...] = ()


class Writer(Protocol):
    """What writes rows: a person's batch, or nobody."""

    def create(self, obj: Any) -> Any:
        """Store a new one."""

    def update(self, obj: Any, *, version: int) -> Any:
        """Store changed values."""

    def delete(self, obj: Any, *, version: int) -> Any:
        """Take one away."""


@dataclass
class Unsigned:
    """Writes what came under a secret link: no person of the portal did."""

    reason: str = "Vom Träger eingereicht"

    def create(self, obj: Any) -> Any:
        """Store a new one."""
        return saving.create_record(obj, actor=None, reason=self.reason)

    def update(self, obj: Any, *, version: int) -> Any:
        """Store changed values."""
        return saving.update_record(obj, version=version, actor=None, reason=self.reason)

    def delete(self, obj: Any, *, version: int) -> Any:
        """Take one away."""
        return saving.delete_record(obj, version=version, actor=None, reason=self.reason)


def save_entry(*, proof: ProofOfUse, decision: FundingDecision, entry: Entry, actor: User, version: int) -> Recorder:
    """Store what the office typed; undone as one.

    Raises PermissionDenied, StaleRecord, ValidationError, RecordLocked.
    """
    summary = f"Angaben zum Nachweis „{proof.application.title}“ gespeichert"
    with record_batch(municipality=proof.municipality, actor=actor, summary=summary) as recorder:
        write(cast(Writer, recorder), proof, decision, entry, version)
    return recorder


@transaction.atomic
def hand_in(*, proof: ProofOfUse, decision: FundingDecision, entry: Entry) -> None:
    """Store what the Träger handed in, and that it came today. Raises ValidationError, StepRefused, RecordLocked."""
    write(Unsigned(), proof, decision, entry, proof.version)
    proof.refresh_from_db()
    action = ProofAction.RECEIVE if proof.state == "due" else ProofAction.ANSWER
    values = {"received_on": timezone.localdate()} if action == ProofAction.RECEIVE else {}
    take_step(
        record=proof,
        action=action,
        actor=None,
        version=proof.version,
        note="Unter dem geheimen Link eingereicht.",
        values=values,
    )


def write(writer: Writer, proof: ProofOfUse, decision: FundingDecision, entry: Entry, version: int) -> None:
    """The proof itself, then its rows."""
    for name in REPORT:
        setattr(proof, name, entry.report.get(name, ""))
    writer.update(proof, version=version)
    write_positions(writer, proof, decision, entry.actual)
    place = {"municipality": proof.municipality, "proof": proof}
    incomes = [ProofIncome(**place, **row) for row in entry.incomes]
    replace_rows(writer, list(proof.incomes.all()), incomes, ("source", "giver", "amount"))
    things = [InventoryItem(**place, **row) for row in entry.inventory]
    replace_rows(writer, list(proof.inventory.all()), things, ("title", "bought_on", "value", "place"))
    receipts = [
        Receipt(
            **place,
            number=row.number,
            paid_on=row.paid_on,
            payee=row.payee,
            purpose=row.purpose,
            cost_id=row.cost,
            amount=row.amount,
        )
        for row in entry.receipts
    ]
    replace_rows(
        writer, list(proof.receipts.all()), receipts, ("number", "paid_on", "payee", "purpose", "cost_id", "amount")
    )


def write_positions(
    writer: Writer, proof: ProofOfUse, decision: FundingDecision, actual: dict[int, Decimal | None]
) -> None:
    """What was spent on each cost in force; a row about an older version's cost becomes one about its heir."""
    known = positions_by_cost(proof, decision)
    for cost, amount in actual.items():
        row = known.get(cost)
        if row is None and amount is not None:
            new = ProofPosition(municipality=proof.municipality, proof=proof, cost_id=cost, actual=amount)
            writer.create(new)
        elif row is not None and amount is None:
            writer.delete(row, version=row.version)
        elif row is not None and (row.actual, row.cost_id) != (amount, cost):
            row.actual, row.cost_id = amount, cost
            writer.update(row, version=row.version)


def replace_rows(writer: Writer, stored: Sequence[Any], wanted: Iterable[Any], names: tuple[str, ...]) -> None:
    """Rows as a set: what is the same stays, the rest is made or taken away."""

    def told(row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in names)

    left = list(stored)
    new = []
    for row in wanted:
        same = next((each for each in left if told(each) == told(row)), None)
        if same is not None:
            left.remove(same)
        else:
            new.append(row)
    for row in left:
        writer.delete(row, version=row.version)
    for row in new:
        writer.create(row)
