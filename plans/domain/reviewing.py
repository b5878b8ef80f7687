"""Who in the ministry reviews an edition, and until when."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from plans.enums import PlanState
from plans.models import Plan, PlanReview, PlanVersion
from plans.queries.review import review_of, reviewers
from plans.queries.versions import receipt_of
from records.domain.saving import create_record, update_record
from records.errors import StaleRecord, StepRefused
from records.life.moving import BERLIN

OPEN = (PlanState.SUBMITTED, PlanState.IN_REVIEW)
NOT_NOW = "Zuständigkeit und Termin gehören zu einer Fassung, die eingereicht oder in Prüfung ist."
TOO_EARLY = "Der Tag liegt vor der Einreichung am {}. Nennen Sie einen späteren Tag."
NO_REVIEWER = "Diese Person prüft heute nicht für das Ministerium. Wählen Sie eine andere."


@transaction.atomic
def assign_review(
    *, version: PlanVersion, responsible: User | None, due: date | None, seen: int, actor: User | None
) -> PlanReview:
    """Store both; ``seen`` is the version of the record that the form showed, 0 where there was none.

    Raises PermissionDenied, StepRefused, StaleRecord, ValidationError.
    """
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    if plan.state not in OPEN or plan.edition != version.edition:
        raise StepRefused([NOT_NOW])
    receipt = receipt_of(version)
    submitted = receipt.at.astimezone(BERLIN).date() if receipt else None
    if due and submitted and due < submitted:
        raise ValidationError({"due": TOO_EARLY.format(f"{submitted:%d.%m.%Y}")})
    if responsible and responsible not in reviewers():
        raise ValidationError({"responsible": NO_REVIEWER})
    stored = review_of(version)
    if stored and seen == 0 and (stored.responsible, stored.due, stored.changed_by) == (responsible, due, actor):
        return stored  # the same form once more
    if (stored is None) != (seen == 0):
        raise StaleRecord
    review = stored or PlanReview(municipality=version.municipality, plan_version=version)
    review.responsible, review.due = responsible, due
    return create_record(review, actor=actor) if stored is None else update_record(review, version=seen, actor=actor)
