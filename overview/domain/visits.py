"""When an adviser was here last: what has changed since then is new to the person."""

from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction

from overview.models import AdviserVisit

VISIT = timedelta(hours=8)  # looks that follow one another within it are one visit
NOTED = timedelta(minutes=10)  # how exactly the last look is kept


def note_visit(person: Any, now: datetime) -> datetime | None:
    """Keep that the person looks now; returns the end of the visit before, None at the first one.

    Where nothing can be written one reads all the same.
    """
    try:
        return _noted(person, now)
    except DatabaseError:
        visit = AdviserVisit.objects.filter(user=person).first()
        if visit is None:
            return None
        return visit.last_at if now - visit.last_at > VISIT else visit.before_at


@transaction.atomic
def _noted(person: Any, now: datetime) -> datetime | None:
    visit = AdviserVisit.objects.select_for_update().filter(user=person).first()
    if visit is None:
        AdviserVisit.objects.create(user=person, last_at=now)
        return None
    if now - visit.last_at > VISIT:
        visit.before_at, visit.last_at = visit.last_at, now
        visit.save()
    elif now - visit.last_at > NOTED:
        visit.last_at = now
        visit.save()
    return visit.before_at
