"""Keeping people and roles: atomic, rights re-read, one history row with the person who did it."""

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Action
from accounts.models import RoleAssignment, User


@transaction.atomic
def save_person(person: User, *, actor: User) -> User:
    """Store a new or changed person. A new one has no usable password until it sets one. Raises PermissionDenied."""
    Access(actor).require(Action.PEOPLE)
    if person.pk is None:
        person.set_unusable_password()
    person._history_user = actor  # type: ignore[attr-defined]
    person.full_clean(exclude=["password"])
    person.save()
    if not person.is_active:
        end_sessions(person)
    return person


@transaction.atomic
def save_role(assignment: RoleAssignment, *, actor: User) -> RoleAssignment:
    """Store a new or changed role. Raises PermissionDenied and ValidationError."""
    Access(actor).require(Action.PEOPLE)
    assignment._history_user = actor  # type: ignore[attr-defined]
    assignment.full_clean()
    assignment.save()
    return assignment


def end_sessions(person: User) -> None:
    """Throw a deactivated person out everywhere."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()):
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
