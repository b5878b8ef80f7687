"""Writing plans and the planner's own texts in them, while they are drafts."""

from datetime import date

from django.db import transaction

from accounts.models import Municipality, User
from planning.models import PlanningCycle
from plans.enums import ChapterCode
from plans.models import ChapterText, Plan
from records.domain.saving import create_record, update_record
from records.errors import StaleRecord


def create_plan(
    *,
    municipality: Municipality,
    cycle: PlanningCycle,
    year: int,
    as_of: date | None,
    actor: User | None,
    form_key: str = "",
) -> Plan:
    """A new plan, empty until its chapters are read from the records.

    Raises PermissionDenied, ValidationError (there is one for the year, the year is outside the cycle),
    DuplicateSubmission.
    """
    plan = Plan(municipality=municipality, cycle=cycle, year=year, as_of=as_of)
    return create_record(plan, actor=actor, form_key=form_key)


@transaction.atomic
def change_plan(*, plan: Plan, as_of: date | None, version: int, actor: User | None) -> Plan:
    """Set the day up to which the statements hold.

    Raises PermissionDenied, RecordLocked (the plan is no draft), StaleRecord, ValidationError.
    """
    plan.as_of = as_of
    return update_record(plan, version=version, actor=actor)


@transaction.atomic
def save_chapter_text(
    *,
    plan: Plan,
    code: ChapterCode,
    text: str,
    left_out: bool,
    left_out_reason: str,
    version: int,
    actor: User | None,
) -> ChapterText:
    """Store the own text of a chapter, or the reason why it is left out.

    ``version`` is the one that was opened, 0 where there was no text yet. Raises PermissionDenied, RecordLocked (the
    plan is no draft), StaleRecord (also where somebody else has written the first text meanwhile), ValidationError.
    """
    stored = ChapterText.objects.filter(plan=plan, chapter=code).first()
    if stored is None and version:
        raise StaleRecord
    row = stored or ChapterText(municipality=plan.municipality, plan=plan, chapter=code)
    row.text, row.left_out, row.left_out_reason = text, left_out, left_out_reason
    if stored is None:
        return create_record(row, actor=actor)
    return update_record(row, version=version, actor=actor)
