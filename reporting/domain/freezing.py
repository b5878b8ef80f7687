"""Freezing a report: data and PDF are made before the transaction and stored inside it if the records still say so."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from plans.content import plain
from printing.papers import document_pdf
from records.errors import StepRefused
from records.models.steps import digest
from reporting.enums import ReportKind
from reporting.models import FrozenReport, Report
from reporting.queries.frozen import texts_of
from reporting.reports.papers import Document, family_document, progress_document

SCHEMA = "lsz-bericht/1"
CHANGED = "Während der Freigabe wurden Einträge geändert. Prüfen Sie den Bericht und geben Sie ihn noch einmal frei."
DRAFT = "Entwurf, nicht freigegeben."


@dataclass(frozen=True)
class DrawnReport:
    """An edition ready to be stored."""

    at: datetime
    data: bytes
    pdf: bytes


def document_of(report: Report, at: datetime, note: str) -> Document:
    """The report as it is written now. Raises DamagedVersion."""
    make = progress_document if report.kind == ReportKind.PROGRESS else family_document
    return make(report.municipality, report.year, timezone.localtime(at).date(), texts=texts_of(report), note=note)


def released_note(report: Report, at: datetime) -> str:
    """„Ausgabe 1, freigegeben am 14.03.2019.“"""
    return f"Ausgabe {report.edition}, freigegeben am {timezone.localtime(at):%d.%m.%Y}."


def data_of(report: Report, at: datetime) -> bytes:
    """What the edition says, as canonical JSON; the same records give the same bytes."""
    _, context, title = document_of(report, at, released_note(report, at))
    return as_json(report, at, context, title)


def as_json(report: Report, at: datetime, context: dict[str, Any], title: str) -> bytes:
    """What stands in the document."""
    place = report.municipality
    document = {
        "schema": SCHEMA,
        "title": title,
        "kind": report.kind,
        "year": report.year,
        "edition": report.edition,
        "municipality": {"ags": place.ags, "name": place.full_name, "authority": place.authority},
        "as_of": timezone.localtime(at).date().isoformat(),
        "texts": context["texts"],
        "report": plain(context["report"]),
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def draw_report(report: Report, at: datetime) -> DrawnReport:
    """Make data and PDF (about two seconds; the ``prepare`` of the release). Raises RenderError, DamagedVersion."""
    template, context, title = document_of(report, at, released_note(report, at))
    data = as_json(report, at, context, title)
    return DrawnReport(at, data, document_pdf(template, context, title=title, created=at, data=data))


def store_report(report: Report, drawn: DrawnReport) -> FrozenReport:
    """Store the edition, in the transaction of the release. Raises StepRefused where the records have changed."""
    if data_of(report, drawn.at) != drawn.data:
        raise StepRefused([CHANGED])
    frozen = FrozenReport(
        municipality=report.municipality,
        report=report,
        edition=report.edition,
        made_at=drawn.at,
        data=drawn.data,
        data_sha256=digest(drawn.data),
        pdf=drawn.pdf,
        pdf_sha256=digest(drawn.pdf),
    )
    frozen.save()
    return frozen


def draft_pdf(report: Report, at: datetime) -> bytes:
    """The report as it would be released, named a draft. Raises RenderError, DamagedVersion."""
    template, context, title = document_of(report, at, DRAFT)
    return document_pdf(template, context, title=f"{title} (Entwurf)", created=at)
