"""The ministry's remarks while it reviews a plan, and what the municipality answers."""

from django.db import transaction

from accounts.models import User
from plans.enums import ChapterCode, PlanState
from plans.models import Plan, PlanVersion, Remark, RemarkAnswer
from plans.queries.versions import all_versions, remarks_are_sent
from records.domain.saving import create_record, delete_record, update_record
from records.errors import StaleRecord, StepRefused


def require_review(version: PlanVersion) -> None:
    """Lock the plan, and raise StepRefused unless this edition is being reviewed."""
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    if plan.state != PlanState.IN_REVIEW or plan.edition != version.edition:
        raise StepRefused(["Anmerkungen werden nur geschrieben und geändert, solange der Plan in Prüfung ist."])


@transaction.atomic
def write_remark(
    *, version: PlanVersion, chapter: ChapterCode, text: str, actor: User | None, form_key: str = ""
) -> Remark:
    """A new remark. Raises PermissionDenied, StepRefused, ValidationError, DuplicateSubmission."""
    require_review(version)
    remark = Remark(municipality=version.municipality, plan_version=version, chapter=chapter, text=text)
    return create_record(remark, actor=actor, form_key=form_key)


@transaction.atomic
def change_remark(*, remark: Remark, chapter: ChapterCode, text: str, version: int, actor: User | None) -> Remark:
    """Other words or another chapter. Raises PermissionDenied, StepRefused, StaleRecord, ValidationError."""
    require_review(remark.plan_version)
    remark.chapter, remark.text = chapter, text
    return update_record(remark, version=version, actor=actor)


@transaction.atomic
def drop_remark(*, remark: Remark, version: int, actor: User | None) -> None:
    """Take a remark back before it is sent. Raises PermissionDenied, StepRefused, StaleRecord."""
    require_review(remark.plan_version)
    delete_record(remark, version=version, actor=actor)


@transaction.atomic
def answer_remark(*, remark: Remark, text: str, settled: bool, version: int, actor: User | None) -> RemarkAnswer:
    """Store the municipality's answer; ``version`` is 0 where there was none when the form was opened.

    Raises PermissionDenied, StepRefused (the remark was not sent yet), StaleRecord, ValidationError.
    """
    about = remark.plan_version
    if not remarks_are_sent(all_versions().get(pk=about.pk)):
        raise StepRefused(["Diese Anmerkung ist noch nicht an die Kommune gegangen."])
    if PlanVersion.objects.filter(plan=about.plan_id, edition__gt=about.edition).exists():
        raise StepRefused(["Die nächste Fassung ist freigegeben; Antworten zur vorigen ändern sich nicht mehr."])
    stored = RemarkAnswer.objects.filter(remark=remark).first()
    if stored and version == 0 and (stored.text, stored.settled, stored.changed_by) == (text, settled, actor):
        return stored  # the same form once more
    if (stored is None) != (version == 0):
        raise StaleRecord
    answer = stored or RemarkAnswer(municipality=remark.municipality, remark=remark)
    answer.text, answer.settled = text, settled
    if stored is None:
        return create_record(answer, actor=actor)
    return update_record(answer, version=version, actor=actor)
