"""Frozen papers of a Kommune."""

from accounts.models import Municipality
from funding.models import FrozenPaper


def paper_of(municipality: Municipality, pk: int) -> FrozenPaper | None:
    """A paper with its bytes, or None (one query)."""
    return FrozenPaper.objects.filter(municipality=municipality, pk=pk).first()
