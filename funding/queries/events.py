"""What happened in a case: the steps of the application, its decisions, payments, proofs and claims, in one row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from funding.models import (
    ApplicationStep,
    ClaimStep,
    DecisionStep,
    FundingApplication,
    PaymentStep,
    ProofStep,
)
from records.life.registry import find_life

# The model of the steps, and its relation to the record whose life they are.
STEPS: tuple[tuple[Any, str], ...] = (
    (ApplicationStep, "application"),
    (DecisionStep, "decision"),
    (PaymentStep, "payment"),
    (ProofStep, "proof"),
    (ClaimStep, "claim"),
)


@dataclass(frozen=True)
class CaseEvent:
    """A step: of what kind of record, what was done, when and by whom, and what was written down.

    ``number`` counts the steps of one record: what was done in the same moment stands as it was done.
    """

    what: str
    label: str
    at: datetime
    actor: str
    note: str
    number: int


def events_of(application: FundingApplication) -> list[CaseEvent]:
    """All steps of the case, the newest first (one query)."""
    rows = [steps(model, owner, application) for model, owner in STEPS]
    found = rows[0].union(*rows[1:], all=True)
    told = [event(*row) for row in found]
    return sorted(told, key=lambda each: (each.at, each.number), reverse=True)


def steps(model: Any, owner: str, application: FundingApplication) -> QuerySet[Any]:
    """The steps of one life; ``owner`` is the application itself, or a part of it."""
    path = owner if owner == "application" else f"{owner}__application"
    named = model.objects.filter(**{path: application.pk}).order_by().annotate(e_owner=Value(owner, CharField()))
    found: QuerySet[Any] = named.values_list("e_owner", "action", "at", "actor_name", F("note"), "number")
    return found


def event(owner: str, action: str, at: datetime, actor: str, note: str, number: int) -> CaseEvent:
    """A row in words."""
    model = next(model for model, name in STEPS if name == owner)
    record = model._meta.get_field(owner).related_model
    life = find_life(record)
    label = str(life.actions(action).label) if life else action
    return CaseEvent(str(record._meta.verbose_name), label, at, actor, note, number)
