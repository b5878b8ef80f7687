"""Payments and proofs that follow from the decisions in force, made when somebody asks for them; undone as one."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from accounts.models import Municipality, User
from funding.domain.reckoning.steps import NOTHING, total
from funding.enums import ApplicationState, GrantOutcome, PaymentState, ProofKind
from funding.models import FundingApplication, FundingDecision, Instalment, Payment, ProofOfUse
from funding.queries.in_force import all_in_force
from funding.queries.local_rules import proof_due_by_rules
from records.domain.batches import record_batch
from records.models import Batch


def granted_cases(municipality: Municipality, day: date) -> list[tuple[FundingApplication, FundingDecision]]:
    """Cases that run, with the decision in force that grants (two queries)."""
    cases = {
        row.pk: row
        for row in FundingApplication.objects.filter(municipality=municipality, state=ApplicationState.DECIDED)
    }
    found = all_in_force(cases.values(), day)
    return [(cases[pk], row) for pk, row in found.items() if row.outcome != GrantOutcome.REFUSED]


def missing_payments(municipality: Municipality, day: date) -> list[tuple[FundingApplication, Instalment]]:
    """Instalments of decisions in force that no payment carries, as far as they fit into the grant.

    A change notice repeats instalments that were paid: one of the same day and amount is the same.
    """
    cases = granted_cases(municipality, day)
    paid: dict[int, list[Payment]] = {}
    for payment in Payment.objects.filter(municipality=municipality).exclude(state=PaymentState.CANCELLED):
        paid.setdefault(payment.application_id, []).append(payment)
    rows = Instalment.objects.filter(decision__in=[decision for _, decision in cases]).order_by("planned_on", "pk")
    by_decision: dict[int, list[Instalment]] = {}
    for row in rows:
        by_decision.setdefault(row.decision_id, []).append(row)
    found = []
    for case, decision in cases:
        carried = list(paid.get(case.pk, []))
        left = (decision.grant or NOTHING) - total(each.amount for each in carried)
        for row in by_decision.get(decision.pk, []):
            same = next((each for each in carried if is_same(each, row)), None)
            if same is not None:
                carried.remove(same)
            elif row.amount <= left:
                left -= row.amount
                found.append((case, row))
    return found


def is_same(payment: Payment, row: Instalment) -> bool:
    """Whether the payment carries the instalment, of this version or one before."""
    return payment.instalment_id == row.pk or (payment.planned_on, payment.amount) == (row.planned_on, row.amount)


def plan_payments(municipality: Municipality, actor: User, day: date) -> Batch | None:
    """A planned payment for every instalment that has none. Raises PermissionDenied."""
    rows = missing_payments(municipality, day)
    if not rows:
        return None
    with record_batch(
        municipality=municipality, actor=actor, summary=f"{len(rows)} Auszahlung{'en' * (len(rows) > 1)} geplant"
    ) as recorder:
        for case, row in rows:
            recorder.create(
                Payment(
                    application=case,
                    decision_id=row.decision_id,
                    instalment=row,
                    amount=row.amount,
                    planned_on=row.planned_on,
                    is_example=case.is_example,
                )
            )
    return cast(Batch, recorder.batch)


def due_of(case: FundingApplication, decision: FundingDecision) -> date | None:
    """When the proof is due: as decided, else by the rules of the Kommune, else by those of the programme."""
    if decision.proof_due or decision.ends_on is None:
        return decision.proof_due
    return proof_due_by_rules(case, decision.dated, decision.ends_on)


def missing_proofs(municipality: Municipality, day: date) -> list[tuple[FundingApplication, date]]:
    """Cases that run without a Verwendungsnachweis, with the day on which it is due; not where none is set."""
    rows = ProofOfUse.objects.filter(municipality=municipality, kind=ProofKind.FINAL)
    known = set(rows.values_list("application", flat=True))
    open_cases = [(case, decision) for case, decision in granted_cases(municipality, day) if case.pk not in known]
    found = ((case, due_of(case, decision)) for case, decision in open_cases)
    return [(case, due) for case, due in found if due is not None]


def plan_proofs(municipality: Municipality, actor: User, day: date) -> Batch | None:
    """An awaited proof for every case that has none. Raises PermissionDenied."""
    rows: Iterable[tuple[FundingApplication, date]] = missing_proofs(municipality, day)
    rows = list(rows)
    if not rows:
        return None
    with record_batch(
        municipality=municipality, actor=actor, summary=f"{len(rows)} Nachweis{'e' * (len(rows) > 1)} vorgemerkt"
    ) as recorder:
        for case, due in rows:
            recorder.create(ProofOfUse(application=case, kind=ProofKind.FINAL, due=due, is_example=case.is_example))
    return cast(Batch, recorder.batch)
