"""The last administration stays: the portal is never without somebody who can let people in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Action, Role
from accounts.models import RoleAssignment, User

LAST_TODAY = (
    "Damit könnte niemand mehr Personen und Rollen verwalten. Geben Sie zuerst einer anderen Person, die sich schon "
    "angemeldet hat oder anmelden kann, die Rolle Administration."
)
LAST_LATER = (
    "Damit könnte ab {day:%d.%m.%Y} niemand mehr Personen und Rollen verwalten. Lassen Sie das Ende offen, oder geben "
    "Sie zuerst einer anderen Person die Rolle Administration für die Zeit danach."
)


@contextmanager
def administration_kept(actor: User) -> Iterator[None]:
    """Around a change of people or roles, inside its transaction. Raises PermissionDenied, ValidationError.

    Whoever changes the administration at the same time waits here; the right is asked after that, of what is stored
    then. A change is refused where the administration would end sooner than without it.
    """
    list(RoleAssignment.objects.select_for_update().filter(role=Role.ADMIN).order_by("pk"))
    list(User.objects.select_for_update().filter(assignments__role=Role.ADMIN).order_by("pk").values_list("pk"))
    Access(User.objects.get(pk=actor.pk)).require(Action.PEOPLE)
    before = first_day_without()
    yield
    if why := why_refused(before, first_day_without()):
        raise ValidationError(why)


def why_role_stays(role: RoleAssignment) -> str:
    """Why a role is not deleted, for the page that asks; empty where it can be."""
    return why_refused(first_day_without(), first_day_without(role)) if role.role == Role.ADMIN else ""


def why_refused(before: date | None, after: date | None) -> str:
    """A sentence where the administration would end sooner than before, else empty."""
    if after is None or (before is not None and after >= before):
        return ""
    return LAST_TODAY if after == timezone.localdate() else LAST_LATER.format(day=after)


def first_day_without(role: RoleAssignment | None = None) -> date | None:
    """The first day from today on for which nobody holds the administration who can log in; None where there is none.

    Who has no password yet does not count: an invitation may never be accepted; nor does ``role``, where one is given.
    """
    day = timezone.localdate()
    rows = RoleAssignment.objects.filter(role=Role.ADMIN, user__is_active=True).select_related("user")
    rows = rows.exclude(pk=role.pk) if role else rows
    for held in sorted(rows, key=lambda row: row.valid_from):
        if not held.user.has_usable_password() or (held.valid_until and held.valid_until < day):
            continue
        if held.valid_from > day:
            break
        if held.valid_until is None:
            return None
        day = held.valid_until + timedelta(days=1)
    return day
