"""What became of planned money: approved, paid and spent for the measures of a year, and by the Kommune itself.

An application belongs to the year for which it was made and to its measure. Approved is the version of its decision
that is in force today, never a sum of versions; spent is what its last recognised proof says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from funding.enums import DecisionState, GrantOutcome, PaymentState, ProofKind, ProofState
from funding.models import BudgetYear, FundingDecision, OwnExpense, Payment, ProofOfUse, ProofPosition

NOTHING = Decimal("0.00")
GIVEN = (DecisionState.RELEASED, DecisionState.SENT, DecisionState.FINAL)


@dataclass(frozen=True)
class Flow:
    """In euro; None where nobody has said anything yet, which is not zero."""

    approved: Decimal | None = None
    paid: Decimal | None = None
    spent: Decimal | None = None


def own_spent(year: BudgetYear) -> dict[int, Decimal]:
    """What the Kommune paid itself, by line."""
    rows = OwnExpense.objects.filter(line__budget_year=year).order_by().values_list("line")
    return dict(rows.annotate(Sum("amount")))


def flows_of(year: BudgetYear, today: date) -> dict[int, Flow]:
    """By measure (four queries)."""
    approved, paid, spent = approved_of(year, today), paid_of(year), spent_of(year)
    return {
        measure: Flow(approved.get(measure), paid.get(measure), spent.get(measure))
        for measure in {*approved, *paid, *spent}
    }


def approved_of(year: BudgetYear, today: date) -> dict[int, Decimal]:
    """The grants in force today, by measure: of each application the version that began last."""
    rows = FundingDecision.objects.filter(
        municipality=year.municipality_id,
        application__year=year.year,
        application__measure__isnull=False,
        state__in=GIVEN,
    )
    last: dict[tuple[int, int], tuple[tuple[date, int], Decimal]] = {}
    columns = ("application__measure", "application", "edition", "dated", "outcome", "grant")
    for measure, application, edition, dated, outcome, grant in rows.order_by().values_list(*columns):
        if dated <= today:
            amount = NOTHING if outcome == GrantOutcome.REFUSED or grant is None else grant
            version = (dated, edition or 0), amount
            last[measure, application] = max(last.get((measure, application), version), version)
    return added((measure, amount) for (measure, _), (_, amount) in last.items())


def paid_of(year: BudgetYear) -> dict[int, Decimal]:
    """What was paid out, by measure."""
    rows = Payment.objects.filter(
        municipality=year.municipality_id,
        application__year=year.year,
        application__measure__isnull=False,
        state=PaymentState.PAID,
    )
    return added(rows.order_by().values_list("application__measure", "amount"))


def spent_of(year: BudgetYear) -> dict[int, Decimal]:
    """What recognised proofs say, by measure: the final one of an application, else its last."""
    proofs = ProofOfUse.objects.filter(
        municipality=year.municipality_id,
        application__year=year.year,
        application__measure__isnull=False,
        state=ProofState.RECOGNISED,
    )
    last: dict[int, tuple[tuple[bool, date, int], int]] = {}
    for pk, application, kind, due in proofs.order_by().values_list("pk", "application", "kind", "due"):
        place = (kind == ProofKind.FINAL, due, pk)
        last[application] = max(last.get(application, (place, pk)), (place, pk))
    rows = ProofPosition.objects.filter(proof__in=[pk for _, pk in last.values()])
    return added(rows.order_by().values_list("proof__application__measure", "actual"))


def added(pairs: Iterable[tuple[int, Decimal]]) -> dict[int, Decimal]:
    """Sums by key."""
    found: dict[int, Decimal] = {}
    for key, amount in pairs:
        found[key] = found.get(key, NOTHING) + amount
    return found
