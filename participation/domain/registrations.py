"""Registering a municipality for a network event of the programme."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils import timezone

from accounts.models import Municipality, User
from participation.models import NetworkEvent, NetworkRegistration
from records.domain import saving


def why_closed(event: NetworkEvent) -> str:
    """Why nobody can register now; empty where one can."""
    if event.is_cancelled:
        return "Die Veranstaltung ist abgesagt."
    if event.register_until is None:
        return "Zu dieser Veranstaltung meldet man sich nicht im Portal an."
    if event.register_until < timezone.localdate():
        return f"Anmelden konnte man sich bis {event.register_until:%d.%m.%Y}."
    return ""


def still_open(place: Municipality | None) -> Q:
    """Events for which a municipality can register: open, with a seat left, and not those where it is registered."""
    taken = NetworkEvent.objects.annotate(taken=Sum("registrations__people"))
    full = taken.filter(taken__gte=F("seats")).values("pk")
    there = NetworkRegistration.objects.filter(municipality=place).values("event")
    is_open = Q(is_cancelled=False, register_until__gte=timezone.localdate())
    return is_open & ~Q(pk__in=full) & ~Q(pk__in=there)


def register_for_event(
    registration: NetworkRegistration,
    *,
    actor: User | None,
    links: saving.LinkMap | None = None,
    reason: str = "",
    form_key: str = "",
) -> NetworkRegistration:
    """As records.domain.saving.create_record, while the event takes registrations. Raises ValidationError besides."""
    if closed := why_closed(registration.event):
        raise ValidationError({"event": closed})
    with transaction.atomic():
        event = NetworkEvent.objects.select_for_update().get(pk=registration.event_id)  # two take the last seat in turn
        registration.event = event
        return saving.create_record(registration, actor=actor, links=links, reason=reason, form_key=form_key)
