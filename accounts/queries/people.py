"""People for the administration's list."""

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from accounts.enums import InvitationState, Role
from accounts.models import Invitation, Municipality, RoleAssignment, User
from accounts.text import fold, sort_key

NEEDED = {
    Role.LEAD: "{place} hat damit keine Leitung mehr: Niemand kann dort einen Plan freigeben.",
    Role.PLANNER: "{place} hat damit keine Sozialplanung mehr: Nur die Leitung kann dort noch erfassen.",
}


def people_with_roles(query: str) -> list[User]:
    """People whose user name or function contains the text, in German order, with their roles of today and ended ones.

    Four queries; ``invitation`` is the newest one.
    """
    roles = RoleAssignment.objects.valid().select_related("municipality")
    ended = RoleAssignment.objects.filter(valid_until__lt=timezone.localdate()).select_related("municipality")
    people = User.objects.prefetch_related(
        Prefetch("assignments", queryset=roles, to_attr="current_roles"),
        Prefetch("assignments", queryset=ended, to_attr="ended_roles"),
        Prefetch("invitations"),
    )
    found = [person for person in people if fold(query) in fold(f"{person.display_name} {person.username}")]
    for person in found:
        person.access_text = access_text(person, newest(list(person.invitations.all())))  # type: ignore[attr-defined]
    return sorted(found, key=lambda person: (sort_key(str(person)), person.username))


def stored_person(pk: Any) -> User | None:
    """A person as stored, where a form may hold what was refused."""
    return User.objects.filter(pk=pk).first()


def stored_role(pk: Any) -> RoleAssignment | None:
    """A role as stored, with person and place."""
    return RoleAssignment.objects.select_related("municipality", "user").filter(pk=pk).first()


def stored_alike(model: type[User | RoleAssignment], values: dict[str, Any]) -> User | RoleAssignment | None:
    """A person or role that is stored with just these values."""
    rows: Any = model._default_manager
    found: User | RoleAssignment | None = rows.filter(**values).first()
    return found


def newest(invitations: list[Invitation]) -> Invitation | None:
    """The one that counts."""
    return invitations[-1] if invitations else None


def access_text(person: User, invitation: Invitation | None) -> str:
    """How far a person is with logging in: „eingeladen bis 13.12.2026, 14:00 Uhr“, „möglich“, „stillgelegt“."""
    if not person.is_active:
        return "stillgelegt"
    state = invitation.state if invitation else None
    if invitation and state == InvitationState.OPEN:
        return f"eingeladen bis {moment(invitation.expires_at)}"
    if person.has_usable_password():
        accepted = f", Einladung angenommen am {moment(invitation.accepted_at)}" if state == "accepted" else ""  # type: ignore[union-attr]
        return f"möglich{accepted}"
    if invitation and state == InvitationState.EXPIRED:
        return f"Einladung abgelaufen am {moment(invitation.expires_at)}"
    return "Einladung zurückgezogen" if state == InvitationState.WITHDRAWN else "noch nicht eingeladen"


def moment(value: object) -> str:
    """„13.12.2026, 14:00 Uhr“."""
    return f"{timezone.localtime(value):%d.%m.%Y, %H:%M} Uhr"  # type: ignore[arg-type]


def left_without(places: list[Municipality], role: str) -> list[str]:
    """Sentences about municipalities in which nobody who may log in holds a needed role today."""
    sentence = NEEDED.get(Role(role))
    if sentence is None:
        return []
    held = RoleAssignment.objects.valid().filter(role=role, user__is_active=True, municipality__in=places)
    kept = set(held.values_list("municipality_id", flat=True))
    return [sentence.format(place=place.name) for place in places if place.pk not in kept]


def people_with_address(email: str) -> list[User]:
    """Active people with exactly this e-mail address, whatever its case; also those without a password yet."""
    found = User.objects.filter(email__iexact=email, is_active=True) if email else ()
    return [user for user in found if user.email.casefold() == email.casefold()]
