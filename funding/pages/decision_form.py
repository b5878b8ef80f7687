"""The page on which a decision is prepared: its fields and its rows, filled with what is known."""

from typing import Any

from django.http import QueryDict

from funding.domain.decisions.proposals import Proposal
from funding.enums import ApplicationState as S
from funding.forms.rowed import Row, RowedForm, RowTable
from funding.models import DecidedCost, DecidedFinance, DecisionCondition, FundingDecision, Instalment
from funding.queries.deciding import cost_kinds

NAMES = (
    "outcome",
    "dated",
    "grant",
    "financing",
    "share",
    "starts_on",
    "ends_on",
    "proof_due",
    "proof_form",
    "decided_by",
    "decided_on",
    "reasons",
)
TABLES: tuple[tuple[str, str, Any, tuple[str, ...], tuple[str, ...], int], ...] = (
    ("ausgaben", "Anerkannte Ausgaben", DecidedCost, ("cost_kind", "title", "amount", "eligible"), ("amount",), 3),
    ("finanzierung", "Anerkannte Finanzierung", DecidedFinance, ("source", "giver", "amount"), ("amount",), 2),
    ("raten", "Raten", Instalment, ("planned_on", "amount", "note"), ("planned_on", "amount"), 3),
    ("auflagen", "Auflagen", DecisionCondition, ("title", "due"), ("title",), 4),
)
HINT = "Leere Zeilen zählen nicht; wer einen Betrag leert, nimmt die Zeile heraus."


def decision_form(data: QueryDict | None, proposal: Proposal) -> RowedForm:
    """The form of the decision with its four tables."""
    found = proposal.decision
    tables = [
        RowTable(code, heading, names, anchors, rows_of(proposal, model, extra), hint=HINT, relation="decision")
        for code, heading, model, names, anchors, extra in TABLES
    ]
    kinds = cost_kinds(row.cost_kind_id for row in proposal.rows[DecidedCost])
    names = (*NAMES, "change_reason") if is_change(found) else NAMES
    choices = {"cost_kind": [(kind.pk, kind.title) for kind in kinds]}
    return RowedForm(data, tables=tables, record=found, names=names, choices=choices)


def is_change(decision: FundingDecision) -> bool:
    """Whether it changes what was decided before."""
    return bool(decision.change_reason) or decision.application.state in (S.DECIDED, S.REFUSED)


def rows_of(proposal: Proposal, model: Any, extra: int) -> tuple[Row, ...]:
    """The stored or proposed rows, and some to type into."""
    place, found = proposal.decision.municipality, proposal.rows[model]
    stored = [Row(str(row.pk) if row.pk else f"n{number}", row) for number, row in enumerate(found)]
    return (*stored, *(Row(f"l{number}", model(municipality=place)) for number in range(extra)))
