"""The records somebody opened last, kept in the session for each municipality; their titles are read anew."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from accounts.access import Access
from accounts.models import Municipality
from records.kind import PROGRAMME, RecordKind
from records.pages.search import Found, Hit, hit_of, kinds_by_name, labelled

KEY = "recent"  # in the session: {"12": [["planning.need", 7], …], "programm": […]}
KEPT = 8


def place_of(municipality: Municipality | None) -> str:
    """Under which key of the session records of this municipality are noted."""
    return str(municipality.pk) if municipality else PROGRAMME


def remember(session: SessionBase, municipality: Municipality | None, kind: RecordKind, pk: int) -> None:
    """Note a record as the one opened last; the session is written only where that changes something."""
    noted: dict[str, Any] = session.get(KEY, {})
    place, entry = place_of(municipality), [kind.model._meta.label_lower, pk]
    before = noted.get(place, [])
    now = [entry, *(other for other in before if other != entry)][:KEPT]
    if now != before:
        session[KEY] = noted | {place: now}


def recent_records(session: SessionBase, municipality: Municipality | None, access: Access) -> tuple[Hit, ...]:
    """The records opened last, the newest first, through gate 2: what was deleted is gone (one query)."""
    kinds = kinds_by_name()
    noted = [(name, pk) for name, pk in session.get(KEY, {}).get(place_of(municipality), []) if name in kinds]
    if not noted:
        return ()
    parts = [
        labelled(
            kinds[name],
            kinds[name].rows(access, municipality).order_by().filter(pk__in=[p for n, p in noted if n == name]),
        )
        for name in dict.fromkeys(name for name, _ in noted)
    ]
    rows = {(row[0], row[1]): Found(*row) for row in parts[0].union(*parts[1:], all=True)}
    return tuple(hit_of(kinds[name], rows[name, pk], municipality) for name, pk in noted if (name, pk) in rows)
