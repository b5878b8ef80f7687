"""The drafts of a person, the newest first."""

from datetime import timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from records.models import FormDraft
from records.queries.prepared import USER, Parameter, PreparedRows

DRAFT_DAYS = 30  # after these nobody sees a draft any more, whether it has been cleared or not


def drafts_of(user: User) -> QuerySet[FormDraft]:
    """All that are not too old and not discarded; there is no query for drafts of others."""
    return recent_drafts_of(user).filter(discarded_at=None)


def discarded_drafts_of(user: User) -> QuerySet[FormDraft]:
    """Those that can still be taken back."""
    return recent_drafts_of(user).exclude(discarded_at=None)


def recent_drafts_of(user: User) -> QuerySet[FormDraft]:
    """All that are not too old."""
    kept = timezone.now() - timedelta(days=DRAFT_DAYS)
    return (
        FormDraft.objects.filter(user=user, changed_at__gte=kept)
        .select_related("municipality")
        .order_by("-changed_at", "-pk")
    )


def drafts_below(user: User, address: str) -> list[FormDraft]:
    """Those of forms below an address (one query)."""
    return below_statement().run(None, user=user.pk, kept=_kept(), below=address)


@cache
def below_statement() -> PreparedRows:
    """The same for any person and address."""
    return _prepared(Q(path__startswith=Parameter("below")))


def drafts_at(user: User, address: str) -> list[FormDraft]:
    """Those of the form with this address, whatever its query (one query)."""
    return at_statement().run(None, user=user.pk, kept=_kept(), address=address, below=f"{address}?")


@cache
def at_statement() -> PreparedRows:
    """The same for any person and address."""
    return _prepared(Q(path=Parameter("address")) | Q(path__startswith=Parameter("below")))


def _kept() -> Any:
    return connection.ops.adapt_datetimefield_value(timezone.now() - timedelta(days=DRAFT_DAYS))


def _prepared(where: Q) -> PreparedRows:
    since: Any = Parameter("kept")
    rows = FormDraft.objects.filter(where, user=USER, changed_at__gte=since, discarded_at__isnull=True)
    return PreparedRows(rows.select_related("municipality").order_by("-changed_at", "-pk"))
