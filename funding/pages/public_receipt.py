"""Eingangsbestätigung of an application that came by the public form: what was sent, when, with which hash."""

from datetime import datetime

from django.utils import timezone

from funding.models import PublicDraft
from planning.queries.office import office_lines
from printing.papers.frame import frame_of
from printing.papers.making import document_pdf


def receipt_pdf(draft: PublicDraft) -> bytes:
    """The receipt as PDF, of what was frozen when the application was confirmed. Raises RenderError."""
    sent, place = draft.sent, draft.call.municipality
    handed_in, confirmed = (
        timezone.localtime(datetime.fromisoformat(sent[k])) for k in ("handed_in_at", "confirmed_at")
    )
    number = sent["number"] or "Skizze"
    frame = frame_of(
        place,
        "Eingangsbestätigung",
        as_of=handed_in.date(),
        subject=f"{number} · {sent['call']}",
        example=draft.call.is_example,
        office=office_lines(place),
    )
    context = {
        "frame": frame,
        "place": place,
        "sent": sent,
        "handed_in": handed_in,
        "confirmed": confirmed,
        "sha256": [draft.sha256[at : at + 4] for at in range(0, 64, 4)],
    }
    title = f"Eingangsbestätigung – {number} – {place.name}"
    return document_pdf("funding/papers/public_receipt.html", context, title=title, created=confirmed)
