"""Counting attempts that may be a guess, in the database, so that all processes of the portal count together.

Nothing is counted by whether it succeeds: an attempt is counted before anything is compared, so that twenty at once are
twenty. What is counted is kept as keyed digests; ``manage.py daily`` forgets it (docs/adr/0029).
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import Attempts

logger = logging.getLogger(__name__)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """After ``most`` attempts the next has to wait ``first``; each one after that twice as long, up to ``longest``.

    An hour after the last attempt that was counted begins anew. ``is_alarm``: reaching it is told in the log.
    """

    scope: str
    most: int
    first: timedelta
    longest: timedelta
    is_alarm: bool = False

    def __post_init__(self) -> None:
        if len(self.scope) > (longest := Attempts._meta.get_field("scope").max_length or 0):
            raise ValueError(f"{self.scope}: at most {longest} signs, or PostgreSQL refuses to count")

    def wait(self, count: int) -> timedelta:
        """How long the attempt after the ``count``-th has to wait."""
        over = count - self.most
        return timedelta(0) if over < 0 else min(self.first * 2 ** min(over, 20), self.longest)


Asked = tuple[Limit, str]  # a limit, and what is counted: a name, an address


def digest_of(scope: str, what: str) -> str:
    """What stands for a name or an address."""
    return salted_hmac(f"accounts.attempts.{scope}", what, algorithm="sha256").hexdigest()


@transaction.atomic
def take(asked: Iterable[Asked]) -> datetime | None:
    """Count an attempt everywhere, and return None; or count nothing, and return when the next one is possible."""
    now, held = timezone.now(), [(limit, _row(limit, what)) for limit, what in asked]
    waits = [row.blocked_until for _, row in held if row.blocked_until and row.blocked_until > now]
    if waits:
        return max(waits)
    for limit, row in held:
        if row.last_at + HOUR <= now:
            row.count = 0
        row.count += 1
        wait = limit.wait(row.count)
        row.last_at, row.blocked_until = now, now + wait if wait else None
        row.save()
        if limit.is_alarm and row.count == limit.most:
            logger.warning("Too many attempts, limit „%s“ of %s in an hour is reached.", limit.scope, limit.most)
    return None


def _row(limit: Limit, what: str) -> Attempts:
    """The row of a count, held by this transaction."""
    key = digest_of(limit.scope, what)
    Attempts.objects.get_or_create(scope=limit.scope, key=key)
    return Attempts.objects.select_for_update().get(scope=limit.scope, key=key)


def forget(asked: Iterable[Asked]) -> None:
    """Begin anew after a success."""
    for limit, what in asked:
        Attempts.objects.filter(scope=limit.scope, key=digest_of(limit.scope, what)).delete()


@transaction.atomic
def give_back(asked: Iterable[Asked]) -> None:
    """Take one attempt out of counts that are about failures of many; one that became a success is none."""
    for limit, what in asked:
        row = _row(limit, what)
        if row.count:
            row.count -= 1
            row.blocked_until = row.blocked_until if limit.wait(row.count) else None
            row.save()


def forget_old() -> int:
    """Delete what is older than a day; returns how many."""
    then = timezone.now() - timedelta(days=1)
    return Attempts.objects.filter(last_at__lt=then).delete()[0]
