"""Frozen papers of a Kommune."""

from accounts.models import Municipality
from funding.models import FrozenPaper, FundingApplication


def paper_of(municipality: Municipality, pk: int) -> FrozenPaper | None:
    """A paper with its bytes, or None (one query)."""
    return FrozenPaper.objects.filter(municipality=municipality, pk=pk).first()


def papers_of(application: FundingApplication) -> list[FrozenPaper]:
    """The papers of a case without their bytes, in their order (one query)."""
    return list(FrozenPaper.objects.filter(application=application).defer("data", "pdf"))
