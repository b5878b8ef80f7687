"""What a decision is prepared from: the application, the votes and the Kommune's rules, with every step written out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from funding.domain.cases.conditions import ASKED_OF_US, asked_grant
from funding.domain.decisions.quotas import eligible_of
from funding.domain.reckoning.arithmetic import proposed_grant
from funding.domain.reckoning.steps import EXACT, NOTHING, Step, euro, total
from funding.enums import FinancingKind, GrantOutcome, Recommendation
from funding.models import (
    BoardVote,
    DecidedCost,
    DecidedFinance,
    DecisionCondition,
    FundingApplication,
    FundingDecision,
    Instalment,
    LocalFundingRule,
)
from funding.queries.in_force import decided_in, released
from funding.queries.local_rules import decider_for, local_rule, proof_due_by_rules
from records.models import MunicipalRecord

Rows = dict[type[MunicipalRecord], list[Any]]
OUTCOMES = {
    Recommendation.FOR: GrantOutcome.GRANTED,
    Recommendation.PARTLY: GrantOutcome.PARTLY,
    Recommendation.AGAINST: GrantOutcome.REFUSED,
}
PARTS: tuple[Any, ...] = (DecidedCost, DecidedFinance, Instalment, DecisionCondition)
TAKEN_OVER = (
    "outcome",
    "financing",
    "share",
    "grant",
    "starts_on",
    "ends_on",
    "proof_due",
    "proof_form",
    "decided_by",
    "reasons",
)


@dataclass(frozen=True)
class Proposal:
    """A decision that is not stored, its rows, and how the amount was found."""

    decision: FundingDecision
    rows: Rows
    steps: tuple[Step, ...] = ()


def draft_of(application: FundingApplication) -> FundingDecision | None:
    """The decision that is being prepared or waits for its release (one query)."""
    return application.decisions.filter(state__in=("draft", "prepared")).order_by("pk").last()


def stored_rows(decision: FundingDecision) -> Rows:
    """The rows of a stored decision (4 queries)."""
    return {model: list(model._default_manager.filter(decision=decision)) for model in PARTS}


def proposal_for(application: FundingApplication) -> Proposal:
    """The draft that is there, else a change of what is out, else what follows from the application."""
    if draft := draft_of(application):
        return Proposal(draft, stored_rows(draft))
    before = released().filter(application=application).order_by("edition").last()
    return change_of(before) if before is not None else first_decision(application)


def change_of(before: FundingDecision) -> Proposal:
    """The next version, filled with what holds; what is done stays with the version before."""
    values = {name: getattr(before, name) for name in TAKEN_OVER}
    found = FundingDecision(
        municipality=before.municipality, application=before.application, dated=timezone.localdate(), **values
    )
    rows = {model: [anew(row) for row in each] for model, each in stored_rows(before).items()}
    return Proposal(found, rows, (Step("Bisher bewilligt", f"Fassung {before.edition}", before.grant or NOTHING),))


def anew(row: Any) -> Any:
    """The same row for another decision."""
    apart = {"id", "uid", "version", "decision", "created_at", "created_by", "changed_at", "changed_by", "done_on"}
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in apart}
    return type(row)(**values)


def first_decision(application: FundingApplication) -> Proposal:
    """From the application: amount by votes, rules and pot, period, proof, who decides."""
    today, place = timezone.localdate(), application.municipality
    rule = local_rule(place, application.project_class, today)
    votes = application.votes.select_related("session__body").exclude(recommendation=Recommendation.LATER)
    vote = votes.order_by("pk").last()
    outcome = OUTCOMES.get(Recommendation(vote.recommendation), GrantOutcome.GRANTED) if vote else GrantOutcome.GRANTED
    costs = list(application.costs.all())
    amount, steps = amount_for(application, costs, rule, vote)
    found = FundingDecision(municipality=place, application=application, outcome=outcome, dated=today)
    found.starts_on, found.ends_on = application.starts_on, application.ends_on
    found.decided_by, found.decided_on = who_decides(rule, amount, vote, today)
    rows: Rows = {model: [] for model in PARTS}
    if outcome == GrantOutcome.REFUSED:
        return Proposal(found, rows, steps)
    if outcome == GrantOutcome.GRANTED and amount < asked_grant(application):
        found.outcome = GrantOutcome.PARTLY
    found.grant = amount
    found.financing, found.share = kind_of_financing(application, rule, amount, eligible_of(costs))
    if rule is not None:
        found.proof_form = rule.proof_form
    if found.ends_on:
        found.proof_due = proof_due_by_rules(application, today, found.ends_on)
    rows[DecidedCost] = [copied(DecidedCost, row, ("cost_kind", "title", "amount", "eligible")) for row in costs]
    rows[DecidedFinance] = financing_of(application, amount)
    if amount:
        planned = max(filter(None, (found.dated, found.starts_on)))
        rows[Instalment] = [Instalment(municipality=place, planned_on=planned, amount=amount)]
    return Proposal(found, rows, steps)


def amount_for(
    application: FundingApplication, costs: Sequence[Any], rule: LocalFundingRule | None, vote: BoardVote | None
) -> tuple[Decimal, tuple[Step, ...]]:
    """What may be granted at most, down to the cent: applied, advised, by the rules, left in the pot."""
    asked = asked_grant(application)
    steps = [Step("Beantragt", "Land und Kommune in der Finanzierung des Antrags", asked)]
    if vote is not None and vote.amount is not None:
        steps.append(Step("Votum", f"Empfehlung: {vote.session}", vote.amount))
    if rule is not None and rule.maximum_share is not None:
        steps += proposed_grant(rule.maximum_share, eligible_of(costs), rule.maximum_grant)[1]
    elif rule is not None and rule.maximum_grant is not None:
        steps.append(Step("Höchstbetrag", f"höchstens {euro(rule.maximum_grant)}", rule.maximum_grant))
    if application.call is not None and application.call.pot is not None:
        spent = total(decided_in(application.call, without=application).values())
        free = max(NOTHING, application.call.pot - spent)
        steps.append(Step("Im Topf frei", f"{euro(application.call.pot)} − {euro(spent)}", free))
    least = min(step.result for step in steps)
    return least, (*steps, Step("Vorschlag", "das Kleinste davon", least))


def kind_of_financing(
    application: FundingApplication, rule: LocalFundingRule | None, amount: Decimal, eligible: Decimal
) -> tuple[str, Decimal | None]:
    """Anteil where the rule speaks of a share, else Festbetrag; the share is just enough for the amount."""
    if application.is_light or rule is None or rule.maximum_share is None or not eligible:
        return FinancingKind.FIXED, None
    given, base = (int(EXACT.scaleb(each, 2)) for each in (amount, eligible))
    return FinancingKind.SHARE, Decimal(-(-given * 10**6 // base)).scaleb(-4)


def who_decides(
    rule: LocalFundingRule | None, amount: Decimal, vote: BoardVote | None, today: date
) -> tuple[str, date | None]:
    """Who decides about the amount by the rule, and when the board has."""
    decider = decider_for(rule.deciders.select_related("body"), amount) if rule else None
    if decider is None:
        return "", None
    if decider.body_id is None:
        return str(decider), today
    held = vote.session.held_on if vote is not None and vote.session.body_id == decider.body_id else None
    return str(decider), held.first if held is not None and held.first == held.last else None


def copied(model: Any, row: Any, names: Sequence[str]) -> Any:
    """A row of a decision made of one of the application."""
    return model(municipality=row.municipality, **{name: getattr(row, name) for name in names})


def financing_of(application: FundingApplication, amount: Decimal) -> list[DecidedFinance]:
    """The sources as applied; what Land and Kommune give less is taken from the last of them first."""
    rows = [copied(DecidedFinance, row, ("source", "giver", "amount")) for row in application.finances.all()]
    less = total(row.amount for row in rows if row.source in ASKED_OF_US) - amount
    for row in reversed([row for row in rows if row.source in ASKED_OF_US]):
        cut = min(row.amount, max(NOTHING, less))
        row.amount, less = row.amount - cut, less - cut
    return rows
