"""The drafts of a person, the newest first."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from records.models import FormDraft

DRAFT_DAYS = 30  # after these nobody sees a draft any more, whether it has been cleared or not


def drafts_of(user: User) -> QuerySet[FormDraft]:
    """All that are not too old; there is no query for drafts of others."""
    kept = timezone.now() - timedelta(days=DRAFT_DAYS)
    return (
        FormDraft.objects.filter(user=user, changed_at__gte=kept)
        .select_related("municipality")
        .order_by("-changed_at", "-pk")
    )


def drafts_at(user: User, address: str) -> QuerySet[FormDraft]:
    """Those of the form with this address, whatever its query."""
    return drafts_of(user).filter(Q(path=address) | Q(path__startswith=f"{address}?"))
