"""The yearly reports as PDF: reading the records, HTML, cold process and its memory."""

import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from accounts.models import Municipality
from benchmarks.documents import cold
from printing.papers import document_html
from printing.render import pdf_job
from reporting.reports.papers import family_document, noon, progress_document
from reporting.reports.state_paper import state_document

RUNS = 5
Document = tuple[str, dict[str, Any], str]


def table(home: Municipality, year: int) -> list[list[str]]:
    """Rows for printing: both reports of a municipality and the Landesbericht of that year."""
    today = date(year, 12, 31)
    made: list[tuple[str, Callable[[], Document]]] = [
        ("Sachbericht", lambda: progress_document(home, year, today)),
        ("Familienbericht", lambda: family_document(home, year, today)),
        (f"Landesbericht, {Municipality.objects.current(today).count()} Kommunen", lambda: state_document(year, today)),
    ]
    rows = [["Bericht", "Seiten", "Abfragen", "Lesen und HTML", "kalt", "CPU", "CPU ms/Seite", "MiB"]]
    return [*rows, *(measured(name, make, today) for name, make in made)]


def measured(name: str, make: Callable[[], Document], today: date) -> list[str]:
    """One line: seconds, milliseconds and MiB."""
    with CaptureQueriesContext(connection) as queries:
        make()
    started = time.process_time()
    template, context, title = make()
    html = document_html(template, context, title=title, created=noon(today))
    read = time.process_time() - started
    job = json.dumps(pdf_job(html, attachment_json=None, created=noon(today))).encode()
    runs = [cold(job) for _ in range(RUNS)]
    if not runs[0][0].startswith(b"%PDF"):
        sys.exit(f"{name} ließ sich nicht als PDF schreiben.")
    wall, cpu = (statistics.median(run[at] for run in runs) for at in (1, 2))
    pages = len(PdfReader(io.BytesIO(runs[0][0])).pages)
    return [
        name,
        str(pages),
        str(len(queries)),
        f"{read:.2f}",
        f"{wall:.2f}",
        f"{cpu:.2f}",
        f"{cpu / pages * 1000:.0f}",
        str(max(run[3] for run in runs)),
    ]
