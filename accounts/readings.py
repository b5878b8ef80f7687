"""Noting who from outside opened which page of a municipality, without a write of the database in a request.

A line is added to a file of the hour below VAR_DIR/readings, once for person, page and record in each process; a line
is written in one go, so that no lock is needed and a killed process loses nothing. ``absorb`` brings the lines into the
database, which keeps each once, and drops files whose hour is over. See docs/adr/0054.
"""

import logging
from collections import deque
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import Reading, User

logger = logging.getLogger(__name__)
FORM = "%Y-%m-%dT%H"
KEPT = timedelta(days=365)
MOST = 5000  # lines that a process remembers, so that it writes none twice; forgetting one costs a line
_seen: set[str] = set()
_order: deque[str] = deque()


def folder() -> Path:
    """Where the files of the hours lie."""
    place: Path = settings.VAR_DIR / "readings"
    return place


def note(user_pk: int, place: str, page: str, record: int) -> None:
    """Note that the person opened the page in this hour. Where nothing can be written, the log says so."""
    hour = f"{datetime.now(UTC):{FORM}}"
    line = f"{user_pk} {place} {page} {record}\n"
    if (known := hour + line) in _seen:
        return
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder() / hour).open("a", encoding="utf-8") as file:
            file.write(line)
    except OSError as error:
        logger.error("A reading was not noted: %s", type(error).__name__)
        return
    _seen.add(known)
    _order.append(known)
    if len(_order) > MOST:
        _seen.discard(_order.popleft())


def absorb() -> int:
    """Bring what was noted into the database; safe to run again, and beside itself. Returns how many lines."""
    number = 0
    over = datetime.now(UTC) - timedelta(hours=1, minutes=10)
    for path in sorted(folder().iterdir()) if folder().is_dir() else ():
        try:
            hour = datetime.strptime(path.name, FORM).replace(tzinfo=UTC)
            lines = set(path.read_text(encoding="utf-8").splitlines())
        except (ValueError, FileNotFoundError):
            continue
        rows = [row for line in lines if (row := _row(line, hour))]
        people = set(User.objects.filter(pk__in={row.user_id for row in rows}).values_list("pk", flat=True))
        rows = [row for row in rows if row.user_id in people]  # a restored database may not know whoever came since
        Reading.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        number += len(rows)
        if hour < over:
            path.unlink(missing_ok=True)
    return number


def _row(line: str, hour: datetime) -> Reading | None:
    user, *rest = line.split(" ")
    if len(rest) != 3 or not user.isdigit() or not rest[2].isdigit():
        return None  # the disk was full in the middle of a line
    return Reading(user_id=int(user), place=rest[0], page=rest[1], record=int(rest[2]), hour=hour)


def clear() -> int:
    """Forget what was read longer ago than KEPT. Returns how many."""
    return Reading.objects.filter(hour__lt=timezone.now() - KEPT).delete()[0]


def note_request(request: Any, place: str, kwargs: dict[str, Any]) -> None:
    """What the gate of a municipality calls for people from outside: only reading, only what was shown."""
    match = request.resolver_match
    if request.method == "GET" and match and not request.headers.get("HX-Request"):
        note(request.user.pk, place, match.view_name, int(kwargs.get("pk") or 0))
