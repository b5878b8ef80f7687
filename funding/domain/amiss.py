"""What is amiss with the money of a year: cases of Träger and the grant of the Land, as counts and sums.

Whoever reads a plan reads its check, the ministry too. So nothing here names an application: ``Amiss`` has numbers
only. None stands where there was nothing to compare.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import Sum
from django.db.models.functions import Coalesce

from accounts.models import Municipality
from funding.deadlines import use_until as use_until_day
from funding.domain.grants import use_until
from funding.domain.payments.conditions import term_of
from funding.domain.reckoning.arithmetic import check_pot
from funding.domain.reckoning.overrun import Position, check_position
from funding.enums import GrantOutcome, PaymentState, ProofState
from funding.models import (
    Call,
    DecisionCondition,
    FundingApplication,
    FundingDecision,
    FundsCall,
    NoticeCondition,
    Payment,
    PaymentUse,
    ProofOfUse,
    ProofPosition,
    Receipt,
    StateGrant,
    StateProof,
)
from funding.queries.case_money import AWAITED
from funding.queries.in_force import granted, land_granted, released
from planning.models import FundingRule

NOTHING = Decimal("0.00")
IN_WORK = (ProofState.RECEIVED, ProofState.ASKED, ProofState.CHECKED)  # what is recognised is settled


@dataclass(frozen=True)
class Amiss:
    """How many, and how much money it is about, in euro; ``of_land`` of them concern the Land."""

    count: int = 0
    amount: Decimal = NOTHING
    of_land: int = 0

    def __add__(self, other: "Amiss") -> "Amiss":
        return Amiss(self.count + other.count, self.amount + other.amount, self.of_land + other.of_land)


def added(amounts: Iterable[Decimal]) -> Amiss:
    """One for each amount."""
    found = list(amounts)
    return Amiss(len(found), sum(found, NOTHING))


@dataclass
class MoneyOfYear:
    """The cases and the grant of one municipality and year, each question asked once and when it is needed."""

    municipality: Municipality
    year: int
    rule: FundingRule
    today: date

    @cached_property
    def has_cases(self) -> bool:
        """Whether anything was applied for."""
        return FundingApplication.objects.filter(municipality=self.municipality, year=self.year).exists()

    @cached_property
    def grant(self) -> StateGrant | None:
        """What the Land gives for the year."""
        return StateGrant.objects.filter(municipality=self.municipality, year=self.year).first()

    @cached_property
    def versions(self) -> list[FundingDecision]:
        """Every version that is out, in the order in which they replace each other."""
        rows = released().filter(application__municipality=self.municipality, application__year=self.year)
        return list(rows.select_related("application").order_by("application", "dated", "edition"))

    @cached_property
    def holding(self) -> dict[int, FundingDecision]:
        """By application what holds today."""
        return {row.application_id: row for row in self.versions if row.dated <= self.today}

    @cached_property
    def newest(self) -> dict[int, FundingDecision]:
        """By application the newest version, also one that holds from a later day: a pot is bound by it."""
        return {row.application_id: row for row in self.versions}

    @cached_property
    def paid(self) -> dict[int, Decimal]:
        """What was paid out, by application."""
        rows = Payment.objects.filter(
            municipality=self.municipality, application__year=self.year, state=PaymentState.PAID
        )
        return dict(rows.order_by().values_list("application").annotate(Sum("amount")))

    @property
    def decided(self) -> Decimal:
        """What all cases were granted together of the money of the Land."""
        return land_granted(self.newest.values())

    @property
    def measures_granted(self) -> set[int]:
        """Measures of which a case is granted today."""
        rows = (row for row in self.holding.values() if row.outcome != GrantOutcome.REFUSED)
        return {row.application.measure_id for row in rows if row.application.measure_id}

    # ---------------------------------------------------------------- of cases
    def pots_exceeded(self) -> Amiss:
        """R3: calls of the year whose decisions are more than their pot, and by how much."""
        by_call: dict[int, list[Decimal]] = defaultdict(list)
        for row in self.newest.values():
            if row.application.call_id:
                by_call[row.application.call_id].append(granted(row))
        pots = Call.objects.filter(pk__in=by_call, pot__isnull=False).values_list("pk", "pot")
        checks = (check_pot(by_call[pk], pot) for pk, pot in pots)
        return added(-check.free for check in checks if check.is_met is False and check.free is not None)

    def decided_without_payment(self) -> Amiss | None:
        """Grants of which nothing was paid so many days after they began; None where no time is set."""
        if self.rule.pay_within_days is None:
            return None
        last = self.today - timedelta(days=self.rule.pay_within_days)
        late = [row for row in self.first_grants if row.dated < last and not self.paid.get(row.application_id)]
        return added(granted(self.holding[row.application_id]) for row in late)

    @property
    def first_grants(self) -> list[FundingDecision]:
        """Of each case that holds a grant the first version that granted: a change does not begin the time anew."""
        found: dict[int, FundingDecision] = {}
        for row in self.versions:
            if granted(row) and granted(self.holding.get(row.application_id)):
                found.setdefault(row.application_id, row)
        return list(found.values())

    def used_late(self) -> Amiss:
        """Money that was used after its day: of the Land, and what Träger say of theirs."""
        return self.state_used_late() + self.uses_late()

    def state_used_late(self) -> Amiss:
        """Calls whose money was used too late, or of which nobody says so after the last day."""
        late = []
        for call in FundsCall.objects.filter(notice__grant=self.grant) if self.grant else ():
            until = use_until(call, self.rule)
            if until is not None and (call.used_on.first if call.used_on else self.today) > until:
                late.append(call.received_amount or NOTHING)
        found = added(late)
        return Amiss(found.count, found.amount, found.count)

    def uses_late(self) -> Amiss:
        """Uses of payments after the last day for them; of what nobody says, nothing is known."""
        term = term_of(self.rule)
        rows = PaymentUse.objects.filter(
            municipality=self.municipality, payment__application__year=self.year, payment__paid_on__isnull=False
        ).values_list("used_on", "payment__paid_on", "amount")
        late = []
        for used_on, paid_on, amount in rows if term else ():
            until = paid_on and use_until_day(paid_on, term)
            if until and used_on > until:
                late.append(amount)
        return added(late)

    def overruns(self) -> Amiss | None:
        """R5: positions of proofs in work above what is allowed, without consent; None where no limit is set."""
        if self.rule.overrun_percent is None:
            return None
        rows = ProofPosition.objects.filter(
            municipality=self.municipality,
            proof__application__year=self.year,
            proof__state__in=IN_WORK,
            cost__eligible=True,
            consent=False,
        ).select_related("cost", "proof")
        cuts, planned = self.receipt_cuts(), self.planned_costs()
        over = []
        for row in rows:
            cost = (row.proof.application_id, row.cost.cost_kind_id, row.cost.title)
            left_out = (row.cut or NOTHING) + cuts.get((row.proof_id, row.cost_id), NOTHING)
            position = Position("", "", planned.get(cost, row.cost.amount), max(NOTHING, row.actual - left_out))
            result = check_position(position, self.rule.overrun_percent)
            over += [result.over] if result.is_over else []
        return added(over)

    def receipt_cuts(self) -> dict[tuple[int, int], Decimal]:
        """What the office cut of single receipts, by proof and position."""
        rows = Receipt.objects.filter(
            municipality=self.municipality, proof__application__year=self.year, cost__isnull=False, cut__gt=0
        )
        found = rows.order_by().values_list("proof", "cost").annotate(Sum("cut"))
        return {(proof, cost): cut for proof, cost, cut in found}

    def planned_costs(self) -> dict[tuple[int, int, str], Decimal]:
        """Costs of the decisions in force, by case, kind and name."""
        decisions = {row.pk: key for key, row in self.holding.items()}
        rows = FundingDecision.objects.filter(pk__in=decisions).order_by()
        found = rows.values_list("pk", "costs__cost_kind", "costs__title", "costs__amount")
        return {(decisions[pk], kind, title): amount for pk, kind, title, amount in found if amount is not None}

    # ---------------------------------------------------------------- what is late
    def proofs_overdue(self) -> Amiss:
        """Proofs of Träger that are awaited after their day, and the one to the Land."""
        late = ProofOfUse.objects.alias(until=Coalesce("extended_to", "due")).filter(
            municipality=self.municipality, application__year=self.year, state__in=AWAITED, until__lt=self.today
        )
        cases = set(late.values_list("pk", "application")) if self.has_cases else set()
        found = Amiss(len(cases), sum((self.paid.get(case, NOTHING) for _, case in cases), NOTHING))
        return found + self.state_proofs_overdue()

    def state_proofs_overdue(self) -> Amiss:
        """The proof to the Land that is not handed in."""
        rows = StateProof.objects.filter(grant=self.grant, submitted_on__isnull=True) if self.grant else ()
        days = (row.extended_to or row.due for row in rows)
        count = sum(day is not None and day.last < self.today for day in days)
        return Amiss(count, of_land=count)

    def conditions_overdue(self) -> Amiss:
        """Conditions of the Land and of notices in force that are not met."""
        own = NoticeCondition.objects.filter(notice__grant=self.grant, done_on__isnull=True, due__isnull=False)
        land = sum(row.due.last < self.today for row in own) if self.grant else 0
        held = [row.pk for row in self.holding.values()] if self.has_cases else []
        rows = DecisionCondition.objects.filter(decision__in=held, done_on__isnull=True, due__lt=self.today)
        cases = rows.count() if held else 0
        return Amiss(land + cases, of_land=land)

    # ---------------------------------------------------------------- paid and called
    @cached_property
    def called(self) -> Decimal:
        """What was called from the Land for the year."""
        found = FundsCall.objects.filter(notice__grant=self.grant).aggregate(all=Sum("amount"))["all"]
        return found or NOTHING

    @property
    def paid_out(self) -> Decimal:
        """What Träger were paid for the year."""
        return sum(self.paid.values(), NOTHING)
