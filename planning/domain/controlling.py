"""Storing what controlling says: values with their parts, revised targets, sentences, decisions for the next cycle.

Everything goes through a Recorder, so that one page is one batch, stored as a whole and undone by one click.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from planning.achieved import achieved, reports_in
from planning.enums import CarryDecision, Counting
from planning.models import (
    CarryOver,
    CriterionReport,
    CriterionValue,
    GoalResult,
    MeasureReview,
    PlanningCycle,
    QualityCriterion,
    TargetRevision,
)
from records.domain.batches import Recorder
from records.domain.saving import create_record
from records.models import MunicipalRecord
from records.vague import YEAR, VagueDate


def whole_year(year: int) -> VagueDate:
    """The period of a report about a whole year."""
    return VagueDate(timezone.localdate().replace(year=year, month=1, day=1), YEAR)


def write(batch: Recorder, record: MunicipalRecord) -> None:
    """Store a record, new or changed."""
    if record.pk is None:
        batch.create(record)
    else:
        batch.update(record, version=record.version)


def say_values(batch: Recorder, value: CriterionValue, typed: Mapping[str, Any]) -> None:
    """What was typed of a criterion for a year: ``actual``, ``numerator``, ``denominator``, ``target``, ``reason`` and
    ``comment``; a changed target keeps the old one.

    A share is reckoned of its parts. A new target without an old one is agreed for the first time and needs no reason.
    Raises as records.domain.saving.
    """
    criterion, new = value.criterion, typed.get("target")
    if value.pk and value.target is not None and new is not None and new != value.target:
        change = TargetRevision(
            criterion=criterion, year=value.year, old=value.target, new=new, reason=typed.get("reason", "")
        )
        change.decided_on, change.is_example = (
            typed.get("decided_on") or VagueDate(timezone.localdate()),
            value.is_example,
        )
        batch.create(change)
    if new is not None:
        value.target = new
    if criterion.counting == Counting.SHARE:
        say_share(batch, criterion, value, typed)
    else:
        value.actual = typed.get("actual")
    value.comment = typed.get("comment", "")
    said = value.target, value.actual, value.comment
    if value.pk or any(each not in (None, "") for each in said):
        write(batch, value)


def say_share(batch: Recorder, criterion: QualityCriterion, value: CriterionValue, typed: Mapping[str, Any]) -> None:
    """Zähler and Nenner of the whole year, of which the value is reckoned; parts of it stay as reported."""
    rows = reports_in(criterion, value.year)
    period = whole_year(value.year)
    known = next((row for row in rows if row.period == period), None)
    numerator, denominator = typed.get("numerator"), typed.get("denominator")
    if numerator is not None or denominator is not None:
        row = known or CriterionReport(criterion=criterion, period=period, is_example=value.is_example)
        row.numerator, row.denominator = numerator, denominator
        write(batch, row)
        rows = rows if known else [*rows, row]
    if rows:
        value.actual = achieved(criterion, rows)


def say_meaning(batch: Recorder, review: MeasureReview, text: str) -> None:
    """The sentence „Was heißt das?“; an emptied one is taken back, and the measure counts as not spoken about."""
    say_text(batch, review, "meaning", text)


def say_result(batch: Recorder, result: GoalResult, text: str) -> None:
    """The words to a goal, in the same way."""
    say_text(batch, result, "text", text)


def say_text(batch: Recorder, record: MunicipalRecord, name: str, text: str) -> None:
    """Store, change or take back a record that is one text."""
    setattr(record, name, text)
    if text:
        write(batch, record)
    elif record.pk is not None:
        batch.delete(record, version=record.version)


def say_decision(batch: Recorder, row: CarryOver, decision: str, reason: str) -> None:
    """What becomes of it; none takes an earlier one of the same year back."""
    row.decision, row.reason = decision, reason
    if decision:
        write(batch, row)
    elif row.pk is not None:
        batch.delete(row, version=row.version)


@transaction.atomic
def decide_for_next(cycle: PlanningCycle, said: Mapping[Any, tuple[CarryDecision, str]], actor: User | None) -> None:
    """Decide about measures while the next cycle begins; the decisions belong to the last year that has begun.

    Raises PermissionDenied, ValidationError.
    """
    year = max(cycle.first_year, min(cycle.last_year, timezone.localdate().year))
    for measure, (decision, reason) in said.items():
        row = CarryOver(municipality=cycle.municipality, measure=measure, year=year, decision=decision, reason=reason)
        create_record(row, actor=actor, reason="Beim Fortschreiben entschieden")
