"""Keeping people and roles: atomic, rights re-read; what changes leaves one history row with the person who did it."""

from django.db import transaction

from accounts.cleaning import clean_row
from accounts.domain.administration import administration_kept
from accounts.domain.invitations import withdraw_open
from accounts.domain.sessions import end_sessions
from accounts.domain.versions import claim
from accounts.models import RoleAssignment, User


@transaction.atomic
def save_person(person: User, *, actor: User) -> User:
    """Store a new or changed person. A new one has no usable password until it sets one.

    Who may no longer log in loses sessions and open invitations. Raises PermissionDenied, ValidationError.
    """
    with administration_kept(actor):
        if person.pk is None:
            person.set_unusable_password()
        person._history_user = actor  # type: ignore[attr-defined]
        clean_row(person)
        person.full_clean(exclude=["password"])
        if is_as_stored(person):
            return person
        if person.pk is not None:
            claim(person)
            person._change_reason = what_changed(person)  # type: ignore[attr-defined]
        person.save()
    if not person.is_active:
        end_sessions(person)
        withdraw_open(person)
    return person


@transaction.atomic
def save_role(assignment: RoleAssignment, *, actor: User) -> RoleAssignment:
    """Store a new or changed role. Raises PermissionDenied, ValidationError."""
    with administration_kept(actor):
        User.objects.select_for_update().get(pk=assignment.user_id)  # the same role twice at once: the second waits
        assignment._history_user = actor  # type: ignore[attr-defined]
        clean_row(assignment)
        assignment.full_clean()
        if not is_as_stored(assignment):
            if assignment.pk is not None:
                claim(assignment)
            assignment.save()
    return assignment


@transaction.atomic
def delete_role(assignment: RoleAssignment, *, actor: User) -> None:
    """Take back a role that was entered wrongly, as it was seen; one that was held ends by its date and stays.

    Raises PermissionDenied, ValidationError.
    """
    with administration_kept(actor):
        claim(assignment)
        stored = RoleAssignment.objects.get(pk=assignment.pk)
        stored._history_user = actor  # type: ignore[attr-defined]
        stored.delete()


def what_changed(person: User) -> str:
    """What of that which the history does not hold is another; it tells that, and not from what to what."""
    stored = User.objects.get(pk=person.pk)
    names = {"username": "Benutzername", "email": "E-Mail-Adresse"}
    changed = [label for name, label in names.items() if getattr(stored, name) != getattr(person, name)]
    return f"{' und '.join(changed)} geändert" if changed else ""


def is_as_stored(row: User | RoleAssignment) -> bool:
    """Whether nothing is different from what is stored."""
    stored = type(row)._default_manager.filter(pk=row.pk).first()
    fields = [field for field in row._meta.concrete_fields if field.name != "version"]
    return stored is not None and all(f.value_from_object(row) == f.value_from_object(stored) for f in fields)
