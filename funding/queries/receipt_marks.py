"""What is odd about receipts (R11): outside the period, without number or day, doubled. They are marked, never cut."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.db.models import Q

from funding.models import FundingDecision, ProofOfUse, Receipt
from records.text import fold

OUTSIDE = "außerhalb des Bewilligungszeitraums"
NO_NUMBER, NO_DAY = "ohne Belegnummer", "ohne Tag"
TWICE_HERE = "steht zweimal in der Liste"
TWICE = "auch im Nachweis zu {}"
Key = tuple[str, date | None, Decimal]


class AnyReceipt(Protocol):
    """A receipt as it is stored or was typed."""

    @property
    def number(self) -> str:
        """Its number."""

    @property
    def paid_on(self) -> date | None:
        """When it was paid."""

    @property
    def payee(self) -> str:
        """To whom."""

    @property
    def amount(self) -> Decimal:
        """How much."""


def key_of(receipt: AnyReceipt) -> Key:
    """What makes two receipts the same: payee, day, amount."""
    return " ".join(fold(receipt.payee).split()), receipt.paid_on, receipt.amount


def marks_of(
    receipts: Sequence[AnyReceipt], proof: ProofOfUse, decision: FundingDecision | None, *, beyond: bool = True
) -> list[tuple[str, ...]]:
    """For each receipt what is odd; ``beyond`` looks into the Träger's other cases too (one query)."""
    seen = Counter(map(key_of, receipts))
    others = in_other_cases(receipts, proof) if beyond else {}
    begin = proof.application.early_begin_on or (decision.starts_on if decision else None)
    end = decision.ends_on if decision else None

    def marks(receipt: AnyReceipt) -> tuple[str, ...]:
        day = receipt.paid_on
        found = [] if receipt.number else [NO_NUMBER]
        if day is None:
            found.append(NO_DAY)
        elif (begin and day < begin) or (end and day > end):
            found.append(OUTSIDE)
        if seen[key_of(receipt)] > 1:
            found.append(TWICE_HERE)
        return (*found, *(TWICE.format(case) for case in others.get(key_of(receipt), ())))

    return [marks(receipt) for receipt in receipts]


def in_other_cases(receipts: Sequence[AnyReceipt], proof: ProofOfUse) -> dict[Key, list[str]]:
    """The same receipts in other proofs of the same Träger, by the name of their case."""
    case = proof.application
    same = Q(proof__application__applicant=case.applicant)
    if case.provider_id:
        same |= Q(proof__application__provider=case.provider_id)
    rows = Receipt.objects.filter(same, municipality=proof.municipality_id).exclude(proof=proof)
    rows = rows.filter(amount__in={receipt.amount for receipt in receipts}).select_related("proof__application")
    wanted = {key_of(receipt) for receipt in receipts}
    found: dict[Key, list[str]] = {}
    for row in rows:
        if (key := key_of(row)) in wanted:
            name = row.proof.application.case_number or row.proof.application.title
            found.setdefault(key, [])
            if name not in found[key]:
                found[key].append(name)
    return found
