"""Inviting people, and the page on which an invited person sets the own password."""

import logging
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import in_portal, person_of, public
from accounts.domain.guessing import link_was_invented, remember
from accounts.domain.invitations import (
    AlreadyInvited,
    InvitationOver,
    accept,
    find_invitation,
    invite,
    send_invitation,
    token_of,
    was_signed,
    withdraw,
)
from accounts.enums import Action, InvitationState
from accounts.forms.session import NewPasswordForm
from accounts.models import Invitation, User
from accounts.outbox import has_failed
from accounts.queries.people import access_text, moment
from accounts.text import whole
from accounts.views.session import locked

logger = logging.getLogger(__name__)
NOT_SENT = "Die E-Mail ließ sich nicht senden. Die Einladung gilt; geben Sie ihren Link selbst weiter."


def link_of(request: HttpRequest, invitation: Invitation) -> str:
    """The whole address that the person opens."""
    return request.build_absolute_uri(reverse("accounts:invitation", args=[token_of(invitation)]))


def invitation_part(request: HttpRequest, person: User) -> dict[str, Any]:
    """What the page of a person says about logging in, and the link that is open."""
    invitation = person.invitations.select_related("created_by").last()
    is_open = invitation is not None and invitation.state == InvitationState.OPEN
    return {
        "access_text": access_text(person, invitation),
        "newest_invitation": invitation.pk if invitation else 0,
        "invited": f"Eingeladen am {moment(invitation.created_at)}, durch {invitation.created_by}."
        if invitation and invitation.created_by
        else "",
        "mail_failed": bool(is_open and person.email and has_failed(person.email)),
        "link": link_of(request, invitation) if invitation and is_open and person.is_active else "",
    }


@require_POST
def _invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link, in place of an open one; mail it where that was asked for."""
    person = get_object_or_404(User, pk=pk)
    seen = whole(request.POST["seen"]) if "seen" in request.POST else None
    try:
        invitation = invite(person, actor=person_of(request), seen=seen)
    except AlreadyInvited:
        messages.info(request, "Die Einladung gibt es schon, und ihr Link gilt. Noch einmal gesendet wurde nichts.")
        return redirect(f"{reverse('accounts:person_edit', args=[pk])}#anmeldung")
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("accounts:person_edit", pk=pk)
    if "mail" in request.POST and person.email:
        try:
            send_invitation(invitation, url=link_of(request, invitation))
            messages.success(request, f"Die Einladung an {person.email} ist unterwegs.")
        except OSError:
            logger.exception("invitation not sent")
            messages.warning(request, NOT_SENT)
    else:
        messages.success(request, "Einladung erstellt. Geben Sie den Link weiter; er gilt einmal.")
    return redirect(f"{reverse('accounts:person_edit', args=[pk])}#anmeldung")


@require_POST
def _withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End the open link."""
    person = get_object_or_404(User, pk=pk)
    if withdraw(person, actor=person_of(request)):
        messages.success(request, "Einladung zurückgezogen. Ihr Link öffnet nichts mehr.")
    else:
        messages.info(request, "Es gibt keine offene Einladung.")
    return redirect("accounts:person_edit", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def _accept(request: HttpRequest, token: str) -> HttpResponse:
    """The person chooses a password; a link that is over says so (410)."""
    try:
        invitation = find_invitation(token)
        form = NewPasswordForm(invitation.user, request.POST if request.method == "POST" else None)
        if form.is_valid():
            person = accept(invitation, password=form.cleaned_data["new_password1"])
            done = redirect("accounts:password_reset_complete")
            remember(request, done, person)
            return done
    except InvitationOver:
        if not was_signed(token) and (until := link_was_invented(request)):
            return locked(request, until)
        return TemplateResponse(request, "accounts/invitation.html", {"person": None}, status=410)
    context = {"person": invitation.user, "form": form, "until": moment(invitation.expires_at)}
    response = TemplateResponse(request, "accounts/invitation.html", context, status=422 if form.errors else 200)
    add_never_cache_headers(response)
    return response


person_invite = in_portal(Action.PEOPLE)(_invite)
person_withdraw = in_portal(Action.PEOPLE)(_withdraw)
invitation = public(_accept)
