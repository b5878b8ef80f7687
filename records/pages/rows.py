"""One row of a kind, reached through its municipality: to show it, to change it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Access
from accounts.models import Municipality
from records.kind import RecordKind
from records.pages.detail import may_write

BIGGEST_KEY = 2**63 - 1


def get_row(kind: RecordKind, municipality: Municipality | None, pk: int) -> Any:
    """Gate 2: a row of this municipality, or Http404."""
    record = kind.rows(municipality).filter(pk=pk).first() if pk <= BIGGEST_KEY else None
    if record is None:
        raise Http404(f"{kind.label}: nicht gefunden.")
    return record


def get_writable_row(kind: RecordKind, municipality: Municipality | None, pk: int, access: Access) -> Any:
    """The row, if the person may change it (else 403)."""
    record = get_row(kind, municipality, pk)
    if not may_write(kind, record, municipality, access):
        raise PermissionDenied("Sie ändern hier nur eigene Einträge.")
    return record
