"""The reports as PDF: frame, title and contents around what the builders give."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from accounts.models import Municipality
from planning.queries.office import office_lines
from plans.builder import holds_example
from printing.papers import document_pdf, frame_of, running_origin
from reporting.reports.families import family_report
from reporting.reports.progress import progress_report
from reporting.reports.year import MunicipalYear, municipal_year

PROGRESS, FAMILIES = "Sachbericht", "Familienbericht"
Document = tuple[str, dict[str, Any], str]
Texts = Mapping[str, str]  # by chapter


def noon(day: date) -> datetime:
    """The time written into a document, so that the same records give the same bytes all day."""
    return datetime.combine(day, time(12), UTC)


def progress_pdf(municipality: Municipality, year: int, today: date) -> bytes:
    """The Sachbericht. Raises DamagedVersion, RenderError and its kinds."""
    return made(progress_document(municipality, year, today), today)


def family_pdf(municipality: Municipality, year: int, today: date) -> bytes:
    """The Familienbericht. Raises DamagedVersion, RenderError and its kinds."""
    return made(family_document(municipality, year, today), today)


def made(document: Document, today: date) -> bytes:
    """A document as PDF."""
    template, context, title = document
    return document_pdf(template, context, title=title, created=noon(today))


def progress_document(
    municipality: Municipality, year: int, today: date, *, texts: Texts | None = None, note: str = ""
) -> Document:
    """Template, its context and the title of the PDF; with the texts of a report that is written or released.

    Such a report is the office's own and says what was spent; the one that every reader makes does not.
    """
    read = municipal_year(municipality, year, today)
    report = progress_report(read, with_money=texts is not None)
    context = {"report": report, "ahead_title": f"Ausblick auf {year + 1}", "texts": texts or {}}
    return framed(read, PROGRESS, "progress", context, note)


def family_document(
    municipality: Municipality, year: int, today: date, *, texts: Texts | None = None, note: str = ""
) -> Document:
    """Template, its context and the title of the PDF, as of a Sachbericht."""
    read = municipal_year(municipality, year, today)
    report = family_report(read)
    context = {"report": report, "activities_title": f"Was {year} getan wurde", "texts": texts or {}}
    return framed(read, FAMILIES, "families", context, note)


def origin_of(read: MunicipalYear) -> str:
    """What a report is made of: what was planned as it was frozen, everything else as it is recorded today."""
    running = running_origin(read.today)
    return f"Geplantes: {read.planned.origin}. Getanes: {running}" if read.planned else running


def made_of(read: MunicipalYear, *, is_frozen: bool) -> str:
    """The same, where the report itself is frozen: what was recorded on its day changes no more."""
    if not is_frozen:
        return origin_of(read)
    done = f"Getanes: Angaben vom {read.today:%d.%m.%Y}."
    return f"Geplantes: {read.planned.origin}. {done}" if read.planned else done


def framed(read: MunicipalYear, kind: str, name: str, context: dict[str, Any], note: str = "") -> Document:
    """A report of a municipality with title page and contents."""
    municipality, year = read.municipality, read.year.number
    frame = frame_of(
        municipality,
        kind,
        as_of=read.today,
        subject=municipality.name,
        year=str(year),
        note=" ".join(filter(None, [note, made_of(read, is_frozen=note.startswith("Ausgabe"))])),
        has_contents=True,
        example=holds_example(context["report"]),
        office=office_lines(municipality),
    )
    values = {**context, "frame": frame, "year": year, "planned": read.planned}
    return f"reporting/reports/{name}.html", values, f"{kind} {year} – {municipality.name}"
