"""HTML, PDF and pictures of pages of documents.

The web process hands the finished HTML to a process of its own with limits of time and memory (printing.pdf): a
hostile text can end that process, never the portal. Nothing but the document's own files can be fetched there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from accounts.confined.service import Service, bare_environment
from accounts.confined.slots import Busy
from printing.errors import RenderError, RenderTooLarge, RenderUnavailable
from printing.pdf.drawing import ASSETS
from printing.pdf.worker import LIMITS, MADE, OUT_OF_MEMORY, UNAVAILABLE

PATIENCE = 60.0  # seconds until a slot is free; no request waits here, only the queue and commands
ROOT = Path(__file__).resolve().parent.parent
NO_LIBRARY = (
    "Die PDF-Ausgabe ist auf diesem Server nicht eingerichtet: Es fehlt die Bibliothek Pango. "
    "Installieren Sie die Pakete libpangoft2-1.0-0 und libharfbuzz-subset0."
)
TOO_LARGE = "Das Dokument ist zu groß geworden. Kürzen Sie sehr lange Texte und versuchen Sie es erneut."
FAILED = (
    "Das PDF konnte nicht erzeugt werden. Versuchen Sie es erneut; bleibt es dabei, melden Sie es der Administration."
)

__all__ = [
    "PageImage",
    "PageImages",
    "RenderError",
    "RenderTooLarge",
    "RenderUnavailable",
    "render_html",
    "render_pages",
    "render_pdf",
]


@dataclass(frozen=True)
class PageImage:
    """A printed page as picture: size in CSS pixels, PNG in base64."""

    width: int
    height: int
    png: str


@dataclass(frozen=True)
class PageImages:
    """The first pages of a document; ``is_cut`` where more of them follow."""

    pages: tuple[PageImage, ...]
    is_cut: bool


def render_html(template: str, context: Mapping[str, Any]) -> str:
    """A template with autoescape, ready for print (typeset)."""
    from django.template.loader import render_to_string

    from printing.typeset import typeset

    return typeset(render_to_string(template, dict(context)))


def render_pdf(
    html: str, *, attachment_json: bytes | None, created: datetime, drawings: Mapping[str, str] | None = None
) -> bytes:
    """Make PDF/UA-1 and PDF/A-3a, with ``plan.json`` inside where there are data, in a process of its own.

    ``created`` is the document's time (aware); the same input gives the same bytes. ``drawings`` are SVGs by file
    name that the style sheet may use. Raises RenderUnavailable, RenderTooLarge, RenderError with a German sentence.
    """
    return _made(**pdf_job(html, attachment_json=attachment_json, created=created, drawings=drawings))


def pdf_job(
    html: str, *, attachment_json: bytes | None, created: datetime, drawings: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the worker is told to make a PDF of; arguments as in ``render_pdf``."""
    return {
        "make": "pdf",
        "html": html,
        "attachment": None if attachment_json is None else attachment_json.decode(),
        "created": created.astimezone(UTC).isoformat(),
        "drawings": dict(drawings or {}),
    }


def render_pages(html: str, *, until: str, most: int) -> PageImages:
    """Pictures of the pages up to the one that holds the end of the element ``until`` (its id), and one more.

    At most ``most`` pages. What comes behind them is not even laid out, so the time does not depend on the length of
    the document. Raises RenderUnavailable, RenderTooLarge, RenderError with a German sentence.
    """
    answer = json.loads(_made(make="pages", html=html, until=until, most=most))
    return PageImages(tuple(PageImage(*page) for page in answer["pages"]), answer["is_cut"])


def _made(**job: Any) -> bytes:
    """What a worker makes of the job."""
    try:
        answer = SERVICE.ask(json.dumps(job).encode(), LIMITS.wall_seconds, PATIENCE)
    except Busy as error:
        raise RenderError(str(error)) from error
    except TimeoutError as error:
        raise RenderTooLarge(TOO_LARGE) from error
    if answer is None:  # ended by a limit
        raise RenderTooLarge(TOO_LARGE)
    status, content = answer
    if status == MADE:
        return content
    if status == UNAVAILABLE:
        raise RenderUnavailable(NO_LIBRARY)
    if status == OUT_OF_MEMORY:
        raise RenderTooLarge(TOO_LARGE)
    raise RenderError(FAILED) from RuntimeError(content.decode(errors="replace")[-2000:])


def _environment() -> dict[str, str]:
    """The worker's environment: no secrets, no database; fonts only from the document's files."""
    from django.conf import settings

    return bare_environment() | {
        "FONTCONFIG_FILE": str(ASSETS / "fonts" / "fonts.conf"),
        "LSZ_CACHE_DIR": str(settings.VAR_DIR / "cache"),
        "SOURCE_DATE_EPOCH": "0",
    }


SERVICE = Service("printing.pdf.worker", ROOT, _environment)
