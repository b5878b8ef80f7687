"""The result of a proof of use, R5 to R9, read from the records and written out step by step (money.md §3.4).

The rules themselves are pure (overrun, due, interest); here the records become their values.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from funding.domain.payments.conditions import granting_of
from funding.domain.reckoning.due import Due, Grant, Repayment, grant_due, repayment
from funding.domain.reckoning.overrun import OverrunResult, Position, PositionResult, check_overrun
from funding.domain.reckoning.steps import NOTHING, Step, euro, total
from funding.enums import FinancingKind, MoneySource, ProofAction, ProofKind
from funding.models import DecidedCost, FundingDecision, ProofOfUse, ProofPosition, ProofStep, Receipt
from funding.queries.case_money import paid_out
from planning.models import FundingRule
from planning.queries.funding_rules import rule_of

OTHERS = (MoneySource.THIRD, MoneySource.FEES)  # whose money lessens the grant when it is more than decided
NO_SHARE = "Die Entscheidung nennt keine Förderquote; ohne sie lässt sich die Zuwendung nicht ausrechnen."
NO_DECISION = "Für den Antrag gilt keine Bewilligung; ohne sie gibt es nichts nachzuweisen."


@dataclass(frozen=True)
class Line:
    """A position side by side: as decided, spent, left out by the office, and what the rule makes of the rest."""

    cost: DecidedCost
    position: ProofPosition | None
    spent: Decimal | None
    left_out: Decimal
    result: PositionResult | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What comes out of a proof. ``missing`` says why nothing can be reckoned; then the rest is empty.

    ``due`` and ``back`` are None for a Zwischennachweis, after which nothing is settled.
    """

    lines: tuple[Line, ...]
    decision: FundingDecision | None = None
    rule: FundingRule | None = None
    overrun: OverrunResult | None = None
    new_funds: Decimal = NOTHING
    new_funds_steps: tuple[Step, ...] = ()
    paid: Decimal = NOTHING
    due: Due | None = None
    back: Repayment | None = None
    missing: tuple[str, ...] = ()

    @property
    def recognised(self) -> Decimal | None:
        """The expenses that count."""
        return self.overrun.recognised if self.overrun else None


def day_of_check(proof: ProofOfUse) -> date:
    """A proof is measured by the decision in force when it was checked, before that by today's."""
    step = ProofStep.objects.filter(proof=proof, action=ProofAction.CHECK).order_by("number").last()
    return timezone.localdate(step.at) if step else timezone.localdate()


def result_of(proof: ProofOfUse) -> Result:
    """The whole reckoning (a constant number of queries)."""
    decision = granting_of(proof.application, day_of_check(proof))
    if decision is None or decision.grant is None:
        return Result((), missing=(NO_DECISION,))
    rule = rule_of(proof.municipality_id, proof.application.year)
    costs, spent = list(decision.costs.order_by("pk")), positions_by_cost(proof, decision)
    cuts = cuts_by_cost(proof)
    missing = [f"„{cost}“: nicht gesagt, wie viel ausgegeben wurde." for cost in costs if cost.pk not in spent]
    if decision.financing == FinancingKind.SHARE and decision.share is None:
        missing.append(NO_SHARE)
    if missing:
        lines = tuple(line_of(cost, spent.get(cost.pk), cuts, None) for cost in costs)
        return Result(lines, decision, rule, missing=tuple(missing))
    eligible = [cost for cost in costs if cost.eligible]
    counted = [counted_position(cost, spent[cost.pk], cuts) for cost in eligible]
    overrun = check_overrun(counted, rule.overrun_percent, total(cost.amount for cost in eligible))
    by_key = {each.position.key: each for each in overrun.positions}
    lines = tuple(line_of(cost, spent[cost.pk], cuts, by_key.get(str(cost.pk))) for cost in costs)
    more, steps = new_funds(proof, decision)
    paid = total(paid_out(proof.application).values_list("amount", flat=True))
    due = back = None
    if proof.kind == ProofKind.FINAL:
        due = grant_due(grant_of(decision), overrun.recognised, more)
        back = repayment(paid, due.amount, rule.minor_amount)
    return Result(lines, decision, rule, overrun, more, steps, paid, due, back)


def positions_by_cost(proof: ProofOfUse, decision: FundingDecision) -> dict[int, ProofPosition]:
    """What was said of each cost in force; of an older version's cost by the same kind and title."""
    costs = {(cost.cost_kind_id, cost.title): cost.pk for cost in decision.costs.all()}
    found: dict[int, ProofPosition] = {}
    for position in proof.positions.select_related("cost").order_by("pk"):
        key = costs.get((position.cost.cost_kind_id, position.cost.title), position.cost_id)
        if key not in found or position.cost_id == key:
            found[key] = position
    return found


def cuts_by_cost(proof: ProofOfUse) -> dict[int, Decimal]:
    """What single receipts were cut by, by cost."""
    rows = Receipt.objects.filter(proof=proof, cost__isnull=False, cut__gt=0).order_by()
    return dict(rows.values_list("cost").annotate(Sum("cut")))


def left_out(position: ProofPosition, cuts: dict[int, Decimal]) -> Decimal:
    """What the office does not recognise, of the position and of its receipts; at most what was spent."""
    found: Decimal = (position.cut or NOTHING) + cuts.get(position.cost_id, NOTHING)
    return found if found < position.actual else position.actual


def counted_position(cost: DecidedCost, position: ProofPosition, cuts: dict[int, Decimal]) -> Position:
    """Plan and what counts of the actual."""
    actual = position.actual - left_out(position, cuts)
    return Position(str(cost.pk), cost.title, cost.amount, actual, position.consent)


def line_of(
    cost: DecidedCost, position: ProofPosition | None, cuts: dict[int, Decimal], result: PositionResult | None
) -> Line:
    """One line of the table."""
    if position is None:
        return Line(cost, None, None, NOTHING, None)
    reasons = (position.reason,) if position.reason else ()
    return Line(cost, position, position.actual, left_out(position, cuts), result, reasons)


def new_funds(proof: ProofOfUse, decision: FundingDecision) -> tuple[Decimal, tuple[Step, ...]]:
    """Money of third parties and fees above what was decided (neue Deckungsmittel); less of it changes nothing."""
    planned = total(decision.finances.filter(source__in=OTHERS).values_list("amount", flat=True))
    came = total(proof.incomes.filter(source__in=OTHERS).values_list("amount", flat=True))
    more = max(NOTHING, came - planned)
    return more, (Step("Neue Deckungsmittel", f"{euro(came)} − {euro(planned)}, mindestens 0,00 €", more),)


def grant_of(decision: FundingDecision) -> Grant:
    """The decision as the rule reads it."""

    def given(*sources: str) -> Decimal:
        return total(decision.finances.filter(source__in=sources).values_list("amount", flat=True))

    kind = decision.financing
    amount = decision.grant or NOTHING
    return Grant(kind, amount, decision.share, given(MoneySource.OWN), given(*OTHERS))  # type: ignore[arg-type]
