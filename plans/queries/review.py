"""Who reviews an edition until when."""

from accounts.enums import Role
from accounts.models import RoleAssignment, User
from plans.models import PlanReview, PlanVersion


def review_of(version: PlanVersion) -> PlanReview | None:
    """What was said of the review of an edition (one query)."""
    return PlanReview.objects.filter(plan_version=version).select_related("responsible").first()


def reviewers() -> list[User]:
    """Those who have the ministry's role today, by function (one query)."""
    roles = RoleAssignment.objects.valid().filter(role=Role.MINISTRY)
    return list(User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("display_name", "username"))
