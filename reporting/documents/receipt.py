"""Eingangsbestätigung: what was submitted, when, with which hashes, in time or late."""

from datetime import date

from django.utils import timezone

from reporting.documents.frame import frame_of
from reporting.documents.making import document_pdf
from reporting.life import fingerprint_groups
from reporting.models import PlanEvent, PlanVersion


def receipt_pdf(version: PlanVersion, receipt: PlanEvent) -> bytes:
    """The receipt of a submission as PDF; the same submission gives the same bytes."""
    at = timezone.localtime(receipt.at)
    due = receipt.details.get("deadline")
    context = {
        "frame": frame_of(
            version.municipality, "Eingangsbestätigung", as_of=at.date(), subject=f"{version} · {version.municipality}"
        ),
        "version": version,
        "receipt": receipt,
        "at": at,
        "deadline": date.fromisoformat(due) if due else None,
        "hashes": [
            ("PDF-Datei", fingerprint_groups(version.pdf_sha256)),
            ("Plandaten", fingerprint_groups(version.content_sha256)),
            ("Fassung", fingerprint_groups(version.sha256)),
            ("Einreichung", fingerprint_groups(receipt.sha256)),
        ],
    }
    title = f"Eingangsbestätigung – {version} – {version.municipality.name}"
    return document_pdf("reporting/documents/receipt.html", context, title=title, created=receipt.at)
