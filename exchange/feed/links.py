"""Making, revoking and opening the secret link to a calendar: 160 random bits, of which the hash alone is kept."""

import secrets
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from exchange.models import CalendarLink
from funding.domain.proofs.links import hash_of


def make_link(user: User, now: datetime) -> str:
    """What a new link ends with; the one before opens nothing any more."""
    secret = secrets.token_urlsafe(20)
    values = {"key": hash_of(secret), "made_at": now, "read_on": None}
    CalendarLink.objects.update_or_create(user=user, defaults=values)
    return secret


def revoke_link(user: User) -> bool:
    """End the link; False where there was none."""
    return bool(CalendarLink.objects.filter(user=user).delete()[0])


def link_of(user: User) -> CalendarLink | None:
    """The link of a person, without what opens it."""
    return CalendarLink.objects.filter(user=user).first()


def reader_of(secret: str) -> User | None:
    """The person whose calendar a link opens, as long as the person may log in; notes the day of the reading."""
    link = CalendarLink.objects.select_related("user").filter(key=hash_of(secret), user__is_active=True).first()
    if link is None:
        return None
    today = timezone.localdate()
    if link.read_on != today:
        link.read_on = today
        link.save(update_fields=["read_on"])
    return link.user
