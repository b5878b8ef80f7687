"""Inviting people: a signed link, good once and for some days, with which a person sets the own password."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Action, InvitationState
from accounts.models import Invitation, User

DAYS = 14  # a link holds
DISABLED = "Diese Person darf sich nicht anmelden. Erlauben Sie ihr zuerst die Anmeldung, dann laden Sie sie ein."
SALT = "accounts.invitation"


class InvitationOver(Exception):
    """The link was used, withdrawn or renewed, or its time is over; or nobody ever made it."""


class AlreadyInvited(Exception):
    """Since the page was opened a link was made, which still opens."""


def token_of(invitation: Invitation) -> str:
    """What the link ends with: the number and its signature."""
    return Signer(salt=SALT).sign(str(invitation.pk))


def was_signed(token: str) -> bool:
    """Whether the portal made the link once; only others are guesses."""
    try:
        return bool(Signer(salt=SALT).unsign(token))
    except BadSignature:
        return False


def find_invitation(token: str) -> Invitation:
    """The invitation behind a link that still opens something. Raises InvitationOver."""
    try:
        number = int(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError) as error:
        raise InvitationOver from error
    invitation = Invitation.objects.select_related("user").filter(pk=number).first()
    if invitation is None or invitation.state != InvitationState.OPEN or not invitation.user.is_active:
        raise InvitationOver
    return invitation


@transaction.atomic
def invite(person: User, *, actor: User, seen: int | None = None) -> Invitation:
    """Make a new link; an open one before it ends. Raises PermissionDenied, ValidationError, AlreadyInvited.

    ``seen`` is the number of the newest invitation that the page showed, 0 where there was none: the form sent twice
    would end the link that has just been mailed.
    """
    Access(actor).require(Action.PEOPLE)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        raise ValidationError(DISABLED)
    newest = person.invitations.last()
    if seen is not None and newest and newest.pk != seen and newest.state == InvitationState.OPEN:
        raise AlreadyInvited
    withdraw_open(person)
    expires_at = timezone.now() + timedelta(days=DAYS)
    return Invitation.objects.create(user=person, created_by=actor, expires_at=expires_at)


@transaction.atomic
def withdraw(person: User, *, actor: User) -> bool:
    """End the open link of a person; False where there was none. Raises PermissionDenied."""
    Access(actor).require(Action.PEOPLE)
    return withdraw_open(person)


def withdraw_open(person: User) -> bool:
    """End what is open, without asking for a right."""
    now = timezone.now()
    rows = Invitation.objects.filter(user=person, accepted_at__isnull=True, withdrawn_at__isnull=True)
    return bool(rows.filter(expires_at__gt=now).update(withdrawn_at=now))


@transaction.atomic
def accept(invitation: Invitation, *, password: str) -> User:
    """Set the password that the person chose; of two sendings at once the second finds the link used.

    Raises InvitationOver.
    """
    person = User.objects.select_for_update().get(pk=invitation.user_id)
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)  # whoever comes second sees what became of it
    if held.state != InvitationState.OPEN or not person.is_active:
        raise InvitationOver
    held.accepted_at = timezone.now()
    held.save(update_fields=["accepted_at"])
    person.set_password(password)
    person._history_user = person  # type: ignore[attr-defined]
    person._change_reason = "Einladung angenommen"  # type: ignore[attr-defined]
    person.save()
    return person


def send_invitation(invitation: Invitation, *, url: str) -> None:
    """Mail the link to the person's address. Raises OSError where no mail server takes it."""
    context = {"url": url, "person": invitation.user, "until": invitation.expires_at}
    text = render_to_string("accounts/invitation_email.txt", context)
    send_mail("Ihr Zugang zum LSZ-Portal", text, None, [invitation.user.email])
