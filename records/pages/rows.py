"""One row of a kind, reached through its municipality: to show it, to change it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Right
from records.domain.saving import refusal
from records.kind import RecordKind

BIGGEST_KEY = 2**63 - 1


def get_row(kind: RecordKind, municipality: Municipality | None, pk: int, access: Access) -> Any:
    """Gate 2: a row of this municipality that the person sees, or Http404."""
    record = kind.rows(access, municipality).filter(pk=pk).first() if pk <= BIGGEST_KEY else None
    if record is None:
        raise Http404(f"{kind.label}: nicht gefunden.")
    return record


def get_writable_row(
    kind: RecordKind,
    municipality: Municipality | None,
    pk: int,
    access: Access,
    right: Right = Right.CHANGE,
) -> Any:
    """The row, if the person's rights allow to change or delete it (else 403); its life may have locked it."""
    record = get_row(kind, municipality, pk, access)
    if not kind.policy.opens(right, access, municipality, record):
        raise PermissionDenied(refusal(kind.policy.held(right, access, municipality)))
    return record
