"""Frozen papers of a Kommune."""

from django.db.models import Q

from accounts.models import Municipality
from funding.models import FrozenPaper, FundingApplication
from records.models.base import Record


def paper_of(municipality: Municipality, pk: int) -> FrozenPaper | None:
    """A paper with its bytes, or None (one query)."""
    return FrozenPaper.objects.filter(municipality=municipality, pk=pk).first()


def paper_about(record: Record, kind: str = "") -> FrozenPaper | None:
    """The paper in which the record went out, of a kind or the last, without its bytes, or None (one query)."""
    rows = FrozenPaper.objects.filter(subject=FrozenPaper.subject_of(record)).defer("data", "pdf")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.order_by("pk").last()


def papers_of(application: FundingApplication) -> list[FrozenPaper]:
    """The papers of a case without their bytes, in their order (one query)."""
    return list(FrozenPaper.objects.filter(application=application).defer("data", "pdf"))


def paper_with_sum(sha256: str) -> FrozenPaper | None:
    """The paper whose PDF or data have this checksum, whoever asks (one query)."""
    rows = FrozenPaper.objects.select_related("municipality").filter(Q(pdf_sha256=sha256) | Q(data_sha256=sha256))
    return rows.order_by("pk").last()
