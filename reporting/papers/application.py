"""The confirmation of receipt of an application (Eingangsbestätigung)."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from funding.domain.cases.conditions import asked_grant, balance_of
from funding.models import ApplicationStep, FundingApplication
from planning.queries.office import office_lines
from printing.papers.frame import frame_of, running_origin
from printing.papers.making import document_pdf

KIND = "Eingangsbestätigung"


def receipt_pdf(application: FundingApplication, created: datetime) -> bytes:
    """The sheet for the Träger: number, day, what is applied for. Raises RenderError."""
    place, today = application.municipality, timezone.localdate(created)
    costs, finances = balance_of(application)
    amounts: tuple[tuple[str, Decimal], ...] = (
        ("Ausgaben des Vorhabens", costs),
        ("Finanzierung", finances),
        ("davon beantragte Zuwendung", asked_grant(application)),
    )
    frame = frame_of(
        place,
        KIND,
        as_of=today,
        subject=application.case_number,
        example=application.is_example,
        office=office_lines(place),
    )
    context = {
        "frame": frame,
        "application": application,
        "amounts": amounts,
        "step": ApplicationStep.objects.filter(application=application, action="receive").order_by("number").last(),
        "origin": running_origin(today),
    }
    title = f"{KIND} {application.case_number} – {place.name}"
    return document_pdf("reporting/papers/application_receipt.html", context, title=title, created=created)
