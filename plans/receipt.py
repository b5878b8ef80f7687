"""Eingangsbestätigung: what was submitted, when, with which hashes, in time or late."""

from datetime import date

from django.utils import timezone

from plans.content import groups_of_four
from plans.models import PlanEvent, PlanVersion
from printing.papers.frame import MINISTRY, Named, frame_of
from printing.papers.making import document_pdf


def receipt_pdf(version: PlanVersion, receipt: PlanEvent) -> bytes:
    """The receipt of a submission as PDF, by who has received it; the same submission gives the same bytes."""
    at, day = timezone.localtime(receipt.at), timezone.localdate(receipt.at)
    due = receipt.details.get("deadline")
    place = version.municipality
    received = Named(place.name, place.full_name, MINISTRY)
    context = {
        "frame": frame_of(received, "Eingangsbestätigung", as_of=day, subject=f"{version} · {place}"),
        "version": version,
        "receipt": receipt,
        "at": at,
        "deadline": date.fromisoformat(due) if due else None,
        "hashes": [
            ("PDF-Datei", groups_of_four(version.pdf_sha256)),
            ("Plandaten", groups_of_four(version.content_sha256)),
            ("Fassung", groups_of_four(version.sha256)),
            ("Einreichung", groups_of_four(receipt.sha256)),
        ],
    }
    title = f"Eingangsbestätigung – {version} – {version.municipality.name}"
    return document_pdf("plans/papers/receipt.html", context, title=title, created=receipt.at)
