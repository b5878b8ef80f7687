"""Taking a step in the life of a plan: the only writer of its state and edition."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Access
from accounts.models import User
from plans.domain.freezing import Frozen, freeze, store_version
from plans.domain.lifecycle import BERLIN, MOVES, Attempt, Unmet, unmet
from plans.enums import PlanAction, PlanState
from plans.errors import StepRefused
from plans.models import Plan, PlanEvent, PlanVersion
from plans.models.version import chained
from plans.queries.versions import STEP, adopted_resolution, submission_deadline, versions_of
from records.domain.saving import refuse_used_key, update_record, use_key
from records.templatetags.german import datum

LONGEST_NOTE = 20_000  # characters, as every long text


def take_step(
    *,
    plan: Plan,
    action: PlanAction,
    actor: User | None,
    version: int,
    note: str = "",
    at: datetime | None = None,
    form_key: str = "",
) -> PlanEvent:
    """Move the plan along MOVES and note the step for ever; releasing stores the edition with its PDF.

    ``version`` is the one of the plan's row that was opened; ``at`` is for taking over past steps. Raises
    PermissionDenied, StepRefused (state, conditions, missing text), StaleRecord, DuplicateSubmission, RenderError.
    """
    attempt, note = Attempt(plan, actor, at or timezone.now()), note.strip()
    _require_right(action, attempt)
    refuse_used_key(form_key)
    _refuse(action, attempt, note)
    frozen = freeze(plan, attempt.at.astimezone(BERLIN)) if action == PlanAction.RELEASE else None
    with transaction.atomic():
        return _store(action, attempt, version, note, frozen, form_key)


def _require_right(action: PlanAction, attempt: Attempt) -> None:
    if attempt.actor is not None:
        Access(attempt.actor).require(MOVES[action].right, attempt.plan.municipality)


def _refuse(action: PlanAction, attempt: Attempt, note: str) -> list[Unmet]:
    """Raise StepRefused with everything that hinders; return what the written reason has outweighed."""
    move, state = MOVES[action], PlanState(attempt.plan.state)
    if state not in move.origins:
        raise StepRefused([f"„{action.label}“ ist nicht möglich: Der Plan ist im Zustand „{state.label}“."])
    if len(note) > LONGEST_NOTE:
        raise StepRefused(["Kürzen Sie Ihren Text auf höchstens 20.000 Zeichen."])
    missing = unmet(action, attempt)
    hindering = [each.text for each in missing if not (each.by_reason and note)]
    if move.must_say and not note:
        hindering.append(f"Füllen Sie das Feld „{move.asks}“ aus.")
    if hindering:
        raise StepRefused(hindering)
    return missing


def _store(
    action: PlanAction, attempt: Attempt, version: int, note: str, frozen: Frozen | None, form_key: str
) -> PlanEvent:
    """Claim the plan, look again, write state, version and event; all or nothing."""
    move, plan, before = MOVES[action], attempt.plan, attempt.plan.state
    edition = plan.edition
    plan.state = move.target
    if move.next_edition:
        plan.edition += 1
    try:
        update_record(plan, version=version, actor=attempt.actor, right=move.right, reason=f"{STEP}{action.label}")
    finally:
        plan.state, plan.edition = before, edition
    _require_right(action, attempt)
    outweighed = _refuse(action, attempt, note)
    if frozen:
        current: PlanVersion | None = store_version(plan=plan, frozen=frozen, actor=attempt.actor, at=attempt.at)
    else:
        current = versions_of(plan).filter(edition=edition).first() if move.frozen else None
    event = _note_event(action, attempt, current, note, details_of(action, attempt, current, outweighed))
    use_key(form_key, plan.pk)
    plan.state = move.target
    plan.edition = edition + 1 if move.next_edition else edition
    return event


def details_of(
    action: PlanAction, attempt: Attempt, version: PlanVersion | None, outweighed: list[Unmet]
) -> dict[str, Any]:
    """The facts of a step beside its text, as they were then."""
    if action == PlanAction.RELEASE:
        found = adopted_resolution(attempt.plan, attempt.at.astimezone(BERLIN).date())
        return {
            "sha256": version.sha256 if version else "",
            "resolution": f"{found.body}, {datum(found.resolved_on)}: {found.subject}" if found else "",
            "outweighed": [each.text for each in outweighed],
        }
    if action == PlanAction.SUBMIT:
        deadline = submission_deadline(attempt.plan.year)
        due = deadline.due.last if deadline else None
        return {
            "pdf_sha256": version.pdf_sha256 if version else "",
            "deadline": due.isoformat() if due else "",
            "deadline_title": str(deadline) if deadline else "",
            "late": is_late(attempt.at, due),
        }
    return {}


def is_late(at: datetime, due: date | None) -> bool:
    """True after the last second of the day in Berlin on which the deadline ends; without deadline nothing is late."""
    return due is not None and at.astimezone(BERLIN).date() > due


def _note_event(
    action: PlanAction, attempt: Attempt, version: PlanVersion | None, note: str, details: dict[str, Any]
) -> PlanEvent:
    """The next link of the plan's chain of steps."""
    plan, move = attempt.plan, MOVES[action]
    last = PlanEvent.objects.filter(plan=plan).last()
    event = PlanEvent(
        plan=plan,
        version=version,
        number=last.number + 1 if last else 1,
        edition=plan.edition,
        action=action,
        from_state=plan.state,
        to_state=move.target,
        actor=attempt.actor,
        actor_name=str(attempt.actor) if attempt.actor else "",
        at=attempt.at,
        note=note,
        details=details,
        previous_sha256=last.sha256 if last else "",
    )
    event.sha256 = chained(event.header())
    event.save()
    return event
