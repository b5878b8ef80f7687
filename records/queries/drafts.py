"""The drafts of a person, the newest first."""

from django.db.models import Q, QuerySet

from accounts.models import User
from records.models import FormDraft


def drafts_of(user: User) -> QuerySet[FormDraft]:
    """All of them; there is no query for drafts of others."""
    return FormDraft.objects.filter(user=user).select_related("municipality").order_by("-changed_at", "-pk")


def drafts_at(user: User, address: str) -> QuerySet[FormDraft]:
    """Those of the form with this address, whatever its query."""
    return drafts_of(user).filter(Q(path=address) | Q(path__startswith=f"{address}?"))
