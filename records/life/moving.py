"""Taking a step in the life of a record: the only writer of its state."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.access import Access
from accounts.models import User
from records.domain.saving import refuse_used_key, update_record, use_key
from records.errors import StepRefused
from records.life.registry import life_of
from records.life.table import WHY, Attempt, Life, Unmet, unmet
from records.models.base import MunicipalRecord
from records.models.steps import ChainedStep
from records.queries.steps import steps_of

BERLIN = ZoneInfo("Europe/Berlin")  # days begin and end there, wherever the server stands
STEP = "Schritt: "  # the reason in a record's history that a step of its life changed it, not a person's writing
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
) -> Any:
    """Move the record along the table of its life and note the step for ever; returns the step.

    ``version`` is the one of the record that was opened; ``at`` is for taking over past steps, ``prepared`` for many
    steps whose slow work was done side by side. Raises
    PermissionDenied, StepRefused (state, conditions, missing text), StaleRecord, DuplicateSubmission, and whatever the
    step's own work raises. Slow work of the step is done before the transaction begins.
    """
    life, attempt, note = life_of(type(record)), Attempt(record, actor, at or timezone.now()), note.strip()
    look_before(life, action, attempt, note, form_key)
    prepare = life.moves[action].prepare
    if prepare and prepared is None:
        prepared = prepare(attempt)
    with transaction.atomic():
        return _store(life, action, attempt, version, note, prepared, form_key)


def look_before(life: Life, action: str, attempt: Attempt, note: str, form_key: str) -> None:
    """What is known before any work begins. Raises PermissionDenied, DuplicateSubmission, StepRefused."""
    _require_right(life, action, attempt)
    refuse_used_key(form_key)
    _refuse(life, action, attempt, note)


def was_taken(life: Life, action: str, record: MunicipalRecord, actor: User, version: int) -> bool:
    """Whether this person has taken just this step with the record as it was opened, by a form sent before."""
    last = steps_of(life.steps, life.owner, record).first()
    is_next = type(record)._default_manager.filter(pk=record.pk, version=version + 1).exists()
    return is_next and last is not None and (last.action, last.actor_id) == (action, actor.pk)


def _require_right(life: Life, action: str, attempt: Attempt) -> None:
    if attempt.actor is not None:
        Access(attempt.actor).require(life.moves[action].right, attempt.record.municipality)


def _refuse(life: Life, action: str, attempt: Attempt, note: str) -> list[Unmet]:
    """Raise StepRefused with everything that hinders; return what the written reason has outweighed."""
    move, state = life.moves[action], attempt.record.state
    if state not in move.origins:
        raise StepRefused([life.not_now(action, state)])
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
    after = {"state": move.target, **life.sets(move, record)}
    before = {name: getattr(record, name) for name in after}
    _put(record, after)
    try:
        reason = f"{STEP}{life.actions(action).label}"
        update_record(record, version=version, actor=attempt.actor, step=move.right, reason=reason)
    finally:
        _put(record, before)
    _require_right(life, action, attempt)
    outweighed = _refuse(life, action, attempt, note)
    step = _note_step(life, action, attempt, note, life.columns(action, attempt, prepared, outweighed))
    use_key(form_key, record.pk)
    _put(record, after)
    return step


def _put(record: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, value)


def _note_step(life: Life, action: str, attempt: Attempt, note: str, columns: dict[str, Any]) -> Any:
    """The next step of the record, as a link of its chain where the model keeps one."""
    record, model = attempt.record, life.steps
    last = steps_of(model, life.owner, record).first()
    step = model(
        number=last.number + 1 if last else 1,
        action=action,
        from_state=record.state,
        to_state=life.moves[action].target,
        actor=attempt.actor,
        actor_name=str(attempt.actor) if attempt.actor else "",
        at=attempt.at,
        note=note,
        **{life.owner: record, **columns},
    )
    if isinstance(step, ChainedStep):
        step.link_to(last)
    step.save()
    return step
