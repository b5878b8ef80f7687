"""Remarks of the ministry on a plan in review, of the Leitung on a draft, and what is answered."""

from django.db import transaction

from accounts.access import Access
from accounts.enums import Action
from accounts.models import User
from plans.enums import ChapterCode, PlanState
from plans.models import Plan, PlanVersion, Remark, RemarkAnswer
from plans.queries.versions import all_versions, remarks_are_sent
from records.domain.saving import create_record, delete_record, update_record
from records.errors import StaleRecord, StepRefused

NOT_OPEN = "Anmerkungen der Leitung werden geschrieben und geändert, bis der Plan freigegeben ist."
NOT_IN_REVIEW = (
    "Anmerkungen werden nur geschrieben und geändert, solange der Plan in Prüfung ist. "
    "Nehmen Sie ihn zuerst in Prüfung."
)


def require_open(plan: Plan, edition: int, actor: User | None) -> None:
    """Lock the plan, and raise StepRefused unless this edition is still to be released; PermissionDenied."""
    if actor is not None:
        Access(actor).require(Action.RELEASE, plan.municipality)
    stored = Plan.objects.select_for_update().get(pk=plan.pk)
    if stored.is_frozen or stored.edition != edition:
        raise StepRefused([NOT_OPEN])


@transaction.atomic
def write_lead_remark(*, plan: Plan, chapter: ChapterCode, text: str, actor: User | None, form_key: str = "") -> Remark:
    """A remark of the Leitung on the draft. Raises as ``write_remark``."""
    require_open(plan, plan.edition, actor)
    remark = Remark(municipality=plan.municipality, plan=plan, edition=plan.edition, chapter=chapter, text=text)
    return create_record(remark, actor=actor, form_key=form_key)


def require_review(version: PlanVersion) -> None:
    """Lock the plan, and raise StepRefused unless this edition is being reviewed."""
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    if plan.state != PlanState.IN_REVIEW or plan.edition != version.edition:
        raise StepRefused([NOT_IN_REVIEW])


def require_author(remark: Remark, actor: User | None) -> None:
    """Raise StepRefused or PermissionDenied where the remark is not to be changed now, or not by this person."""
    if remark.plan_version is None:
        assert remark.plan is not None
        require_open(remark.plan, remark.edition or 0, actor)
        return
    if actor is not None:
        Access(actor).require(Action.REVIEW, remark.municipality)
    require_review(remark.plan_version)


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
    require_author(remark, actor)
    remark.chapter, remark.text = chapter, text
    return update_record(remark, version=version, actor=actor)


@transaction.atomic
def drop_remark(*, remark: Remark, version: int, actor: User | None) -> None:
    """Take a remark back before it is sent. Raises PermissionDenied, StepRefused, StaleRecord."""
    require_author(remark, actor)
    delete_record(remark, version=version, actor=actor)


def why_not_answered(remark: Remark) -> str:
    """Why a remark takes no answer now; empty where it does."""
    about = remark.plan_version
    if about is None:
        plan = Plan.objects.get(pk=remark.plan_key)
        is_past = plan.is_frozen or plan.edition != remark.edition
        return "Die Fassung ist freigegeben; Antworten an die Leitung ändern sich nicht mehr." if is_past else ""
    if not remarks_are_sent(all_versions().get(pk=about.pk)):
        return (
            "Diese Anmerkung ist noch nicht an die Kommune gegangen. Warten Sie, bis das "
            "Ministerium den Plan zurückgibt."
        )
    if PlanVersion.objects.filter(plan=about.plan_id, edition__gt=about.edition).exists():
        return "Die nächste Fassung ist freigegeben; Antworten zur vorigen ändern sich nicht mehr."
    return ""


@transaction.atomic
def answer_remark(*, remark: Remark, text: str, settled: bool, version: int, actor: User | None) -> RemarkAnswer:
    """Store the municipality's answer; ``version`` is 0 where there was none when the form was opened.

    Raises PermissionDenied, StepRefused (the remark was not sent yet), StaleRecord, ValidationError.
    """
    if closed := why_not_answered(remark):
        raise StepRefused([closed])
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
