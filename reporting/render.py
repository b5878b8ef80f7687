"""HTML and PDF of documents. The only importer of WeasyPrint, and only inside the worker process.

The web process hands the finished HTML to a fresh Python process with limits of time and memory (pdf_worker): a
hostile text can end that process, never the portal. Nothing but the document's own files can be fetched there.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reporting.errors import RenderError, RenderTooLarge, RenderUnavailable

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "static" / "plan"
ASSET_TYPES = {".css": "text/css", ".ttf": "font/ttf"}
BASE_URL = "https://plan.invalid/"  # a name that can exist nowhere; the fetcher answers for it
WALL_SECONDS = 120  # for a hanging process; a bomb ends by its CPU time (pdf_worker), also on a busy machine
NO_LIBRARY = (
    "Die PDF-Ausgabe ist auf diesem Server nicht eingerichtet: Es fehlt die Bibliothek Pango. "
    "Installieren Sie die Pakete libpangoft2-1.0-0 und libharfbuzz-subset0."
)
TOO_LARGE = "Das Dokument ist zu groß geworden. Kürzen Sie sehr lange Texte und versuchen Sie es erneut."
FAILED = (
    "Das PDF konnte nicht erzeugt werden. Versuchen Sie es erneut; bleibt es dabei, melden Sie es der Administration."
)

__all__ = ["RenderError", "RenderTooLarge", "RenderUnavailable", "make_pdf", "render_html", "render_pdf"]


def render_html(template: str, context: Mapping[str, Any]) -> str:
    """A template with autoescape, ready for print (typeset)."""
    from django.template.loader import render_to_string

    from reporting.plan.typeset import typeset

    return typeset(render_to_string(template, dict(context)))


def render_pdf(
    html: str, *, attachment_json: bytes | None, created: datetime, drawings: Mapping[str, str] | None = None
) -> bytes:
    """Make PDF/UA-1 and PDF/A-3a, with ``plan.json`` inside where there are data, in a process of its own.

    ``created`` is the document's time (aware); the same input gives the same bytes. ``drawings`` are SVGs by file
    name that the style sheet may use. Raises RenderUnavailable, RenderTooLarge, RenderError with a German sentence.
    """
    job = json.dumps(
        {
            "html": html,
            "attachment": None if attachment_json is None else attachment_json.decode(),
            "created": created.astimezone(UTC).isoformat(),
            "drawings": dict(drawings or {}),
        }
    ).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "reporting.pdf_worker"],
            input=job, capture_output=True, cwd=ROOT, env=_environment(), timeout=WALL_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise RenderTooLarge(TOO_LARGE) from error
    if done.returncode == 0 and done.stdout.startswith(b"%PDF"):
        return done.stdout
    from reporting.pdf_worker import OUT_OF_MEMORY, UNAVAILABLE

    if done.returncode == UNAVAILABLE:
        raise RenderUnavailable(NO_LIBRARY)
    if done.returncode == OUT_OF_MEMORY or done.returncode < 0:
        raise RenderTooLarge(TOO_LARGE)
    raise RenderError(FAILED) from RuntimeError(done.stderr.decode(errors="replace")[-2000:])


def _environment() -> dict[str, str]:
    """The worker's environment: paths and language, no secrets, no database; fonts only from the document's files."""
    from django.conf import settings

    kept = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "FONTCONFIG_FILE": str(ASSETS / "fonts" / "fonts.conf"),
        "LSZ_CACHE_DIR": str(settings.VAR_DIR / "cache"),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
        "SOURCE_DATE_EPOCH": "0",
    }


def make_pdf(*, html: str, attachment: str | None, created: str, drawings: dict[str, str]) -> bytes:
    """Inside the worker: HTML to tagged PDF. Arguments as in the job of ``render_pdf``."""
    from weasyprint import HTML, Attachment, URLFetcher
    from weasyprint.urls import URLFetcherResponse

    from reporting.pdf_access import claim_ua, finish
    from reporting.pdf_speed import compress, quicken

    class OwnFiles(URLFetcher):
        """Answers for the style sheets, fonts and drawings of the document and for nothing else."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            name = url.removeprefix(BASE_URL)
            if name in drawings:
                return URLFetcherResponse(url, drawings[name].encode(), {"Content-Type": "image/svg+xml"})
            path = allowed_files().get(name) if url.startswith(BASE_URL) else None
            if path is None:
                raise ValueError("This address may not be fetched.")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": ASSET_TYPES[path.suffix]})

    def finisher(finished: Any, pdf: Any) -> None:
        finish(finished, pdf)
        compress(pdf)

    quicken()
    when = datetime.fromisoformat(created)
    options = {"pdf_variant": "pdf/a-3a", "pdf_tags": True}
    document = HTML(string=html, base_url=BASE_URL, url_fetcher=OwnFiles()).render(**options)
    claim_ua(document.metadata)
    document.metadata.attachments = [] if attachment is None else [
        Attachment(
            string=attachment.encode(), name="plan.json", description="Plandaten, maschinenlesbar",
            relationship="Source", created=when, modified=when, url_fetcher=OwnFiles(),
        )
    ]  # fmt: skip
    result: bytes = document.write_pdf(finisher=finisher, **options)
    return result


def allowed_files() -> dict[str, Path]:
    """Every file a document may use, by its address below BASE_URL."""
    return {
        path.relative_to(ASSETS).as_posix(): path
        for path in sorted(ASSETS.rglob("*"))
        if path.suffix in ASSET_TYPES and path.is_file()
    }
