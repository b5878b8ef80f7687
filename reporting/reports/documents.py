"""The reports as PDF: frame, title and contents around what the builders give."""

from datetime import UTC, date, datetime, time
from typing import Any

from accounts.models import Municipality
from reporting.documents import document_pdf, frame_of
from reporting.plan.builder import holds_example
from reporting.reports.families import family_report
from reporting.reports.progress import progress_report
from reporting.reports.year import municipal_year

PROGRESS, FAMILIES = "Sachbericht", "Familienbericht"


def noon(day: date) -> datetime:
    """The time written into a document, so that the same records give the same bytes all day."""
    return datetime.combine(day, time(12), UTC)


def progress_pdf(municipality: Municipality, year: int, today: date) -> bytes:
    """The Sachbericht. Raises RenderError and its kinds."""
    report = progress_report(municipal_year(municipality, year, today))
    context = {"report": report, "ahead_title": f"Ausblick auf {year + 1}"}
    return report_pdf(municipality, PROGRESS, year, today, "reporting/reports/progress.html", context)


def family_pdf(municipality: Municipality, year: int, today: date) -> bytes:
    """The Familienbericht. Raises RenderError and its kinds."""
    report = family_report(municipal_year(municipality, year, today))
    context = {"report": report, "activities_title": f"Was {year} getan wurde"}
    return report_pdf(municipality, FAMILIES, year, today, "reporting/reports/families.html", context)


def report_pdf(
    municipality: Municipality, kind: str, year: int, today: date, template: str, context: dict[str, Any]
) -> bytes:
    """A report of a municipality with title page and contents."""
    frame = frame_of(
        municipality, kind, as_of=today, subject=municipality.name, year=str(year), has_contents=True,
        example=holds_example(context["report"]),
    )  # fmt: skip
    values = {**context, "frame": frame, "year": year}
    return document_pdf(template, values, title=f"{kind} {year} – {municipality.name}", created=noon(today))
