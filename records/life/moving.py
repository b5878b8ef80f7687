"""Taking a step in the life of a record: the only writer of its state."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import Access
from accounts.models import User
from accounts.text import clean_text
from records.display import label_of
from records.domain.saving import check_record, refuse_used_key, update_record, use_key
from records.errors import StepRefused
from records.life.registry import life_of
from records.life.said import FIELDS, said
from records.life.table import WHY, Attempt, Life, Unmet, unmet
from records.models.base import MunicipalRecord
from records.models.steps import STEP, ChainedStep
from records.queries.steps import steps_of

BERLIN = ZoneInfo("Europe/Berlin")  # days begin and end there, wherever the server stands
LONGEST_NOTE = 20_000  # characters, as every long text


def take_step(
    *,
    record: MunicipalRecord,
    action: str,
    actor: User | None,
    version: int,
    note: str = "",
    at: datetime | None = None,
    form_key: str = "",
    prepared: Any = None,
    values: Mapping[str, Any] | None = None,
) -> Any:
    """Move the record along the table of its life and note the step for ever; returns the step.

    ``version`` is the one of the record that was opened; ``at`` is for taking over past steps, ``prepared`` for many
    steps whose slow work was done side by side; ``values`` are those of the step's fields, by name. Raises
    PermissionDenied, StepRefused (state, conditions, missing text), StaleRecord, DuplicateSubmission, ValidationError
    (a value is missing, or the record refuses it), and whatever the step's own work raises.
    Slow work of the step is done before the transaction begins.
    """
    life, note = life_of(type(record)), note.strip()
    attempt = Attempt(record, actor, at or timezone.now(), values or {})
    look_before(life, action, attempt, note, form_key)
    prepare = life.moves[action].prepare
    if prepare and prepared is None:
        prepared = prepare(attempt)
    with transaction.atomic():
        return _store(life, action, attempt, version, note, prepared, form_key)


def look_before(life: Life, action: str, attempt: Attempt, note: str, form_key: str) -> None:
    """What is known before any work begins.

    Raises PermissionDenied, DuplicateSubmission, StepRefused, ValidationError.
    """
    _require_right(life, action, attempt)
    refuse_used_key(form_key)
    _refuse(life, action, attempt, note)
    if life.moves[action].fields or attempt.values:
        _check_values(life, action, attempt)


def _check_values(life: Life, action: str, attempt: Attempt) -> None:
    """Raise ValidationError for what is missing and for what the record would refuse; ValueError for strange fields.

    In a transaction, so that a number that the step would give is not given to another record while this one is asked.
    """
    move, values = life.moves[action], attempt.values
    if strange := values.keys() - set(move.fields):
        raise ValueError(f"Diese Felder gehören nicht zum Schritt „{action}“: {', '.join(sorted(strange))}.")
    required = [name for name in move.fields if name not in move.optional_fields]
    missing = [name for name in required if values.get(name) in (None, "")]
    if missing:
        raise ValidationError({name: f"Füllen Sie das Feld „{label_of(life.model, name)}“ aus." for name in missing})
    with transaction.atomic(), _having(attempt.record, _after(life, action, attempt)):
        check_record(attempt.record, None)


def was_taken(life: Life, action: str, attempt: Attempt, version: int) -> bool:
    """Whether this person has taken just this step with the record as it was opened, by a form sent before."""
    record = attempt.record
    last = steps_of(life.steps, life.owner, record).first()
    is_next = type(record)._default_manager.filter(pk=record.pk, version=version + 1).exists()
    if not is_next or last is None or attempt.actor is None:
        return False
    return (last.action, last.actor_id) == (action, attempt.actor.pk) and says_the_same(last, life, attempt)


def was_noted(life: Life, action: str, attempt: Attempt) -> bool:
    """Whether the person has taken the step with just these values, whenever that was."""
    taken = steps_of(life.steps, life.owner, attempt.record).filter(action=action, actor=attempt.actor)
    return not life.moves[action].fields or any(says_the_same(step, life, attempt) for step in taken)


def says_the_same(step: Any, life: Life, attempt: Attempt) -> bool:
    """Whether the step notes just these values; another window of the same person may have given others."""
    noted: list[list[str]] = step.details.get(FIELDS, [])
    return noted == said(life.moves[step.action], attempt)


def _require_right(life: Life, action: str, attempt: Attempt) -> None:
    if attempt.actor is not None:
        Access(attempt.actor).require(life.moves[action].right, attempt.record.municipality)


def _refuse(life: Life, action: str, attempt: Attempt, note: str) -> list[Unmet]:
    """Raise StepRefused with everything that hinders; return what the written reason has outweighed."""
    move = life.moves[action]
    if not life.has(action, attempt.record):
        raise StepRefused([life.not_now(action, attempt.record.state)])
    if len(note) > LONGEST_NOTE:
        raise StepRefused(["Kürzen Sie Ihren Text auf höchstens 20.000 Zeichen."])
    missing = unmet(move, attempt)
    hindering = [each.text for each in missing if not (each.by_reason and note)]
    if move.must_say and not note:
        hindering.append(f"Füllen Sie das Feld „{move.asks}“ aus.")
    elif not note and any(each.by_reason for each in missing):
        hindering.append(WHY)
    if hindering:
        raise StepRefused(hindering)
    return missing


def _store(life: Life, action: str, attempt: Attempt, version: int, note: str, prepared: Any, form_key: str) -> Any:
    """Claim the record, look again, write its state, what belongs to the step, and the step; all or nothing."""
    move, record = life.moves[action], attempt.record
    after = _after(life, action, attempt)
    with _having(record, after):
        reason = f"{STEP}{life.actions(action).label}"
        update_record(record, version=version, actor=attempt.actor, step=move.right, reason=reason)
        after = {name: getattr(record, name) for name in after}  # as they were stored
    attempt = replace(attempt, values={name: after[name] for name in attempt.values})
    _require_right(life, action, attempt)
    outweighed = _refuse(life, action, attempt, note)
    step = _note_step(life, action, attempt, note, life.columns(action, attempt, prepared, outweighed))
    use_key(form_key, record.pk)
    _put(record, after)
    return step


def _after(life: Life, action: str, attempt: Attempt) -> dict[str, Any]:
    """What the record has after the step: its state, the values of the step's fields, what else the life sets."""
    move = life.moves[action]
    with _having(attempt.record, attempt.values):
        return {**attempt.values, "state": move.target, **life.sets(move, attempt.record)}


@contextmanager
def _having(record: Any, values: Mapping[str, Any]) -> Iterator[None]:
    """The record with these values, and then again with those that it had."""
    before = {name: getattr(record, name) for name in values}
    try:
        _put(record, values)
        yield
    finally:
        _put(record, before)


def _put(record: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, value)


def _note_step(life: Life, action: str, attempt: Attempt, note: str, columns: dict[str, Any]) -> Any:
    """The next step of the record, as a link of its chain where the model keeps one."""
    record, model = attempt.record, life.steps
    last = steps_of(model, life.owner, record).first()
    noted = said(life.moves[action], attempt)
    details = {"details": columns.get("details", {}) | {FIELDS: noted}} if noted else {}
    step = model(
        number=last.number + 1 if last else 1,
        action=action,
        from_state=record.state,
        to_state=life.moves[action].target,
        actor=attempt.actor,
        actor_name=str(attempt.actor) if attempt.actor else "",
        at=attempt.at,
        note=clean_text(note),
        **({life.owner: record} | columns | details),
    )
    if isinstance(step, ChainedStep):
        step.link_to(last)
    step.save()
    return step
