"""HTML, PDF and pictures of pages of documents. The only importer of WeasyPrint, and only inside the worker process.

The web process hands the finished HTML to a process of its own with limits of time and memory (pdf_service,
pdf_worker): a hostile text can end that process, never the portal. Nothing but the document's own files can be fetched
there.
"""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reporting.errors import RenderError, RenderTooLarge, RenderUnavailable
from reporting.pdf_service import Service
from reporting.pdf_worker import MADE, OUT_OF_MEMORY, UNAVAILABLE, WALL_SECONDS

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "static" / "plan"
ASSET_TYPES = {".css": "text/css", ".ttf": "font/ttf"}
BASE_URL = "https://plan.invalid/"  # a name that can exist nowhere; the fetcher answers for it
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
    "make_pages",
    "make_pdf",
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

    from reporting.plan.typeset import typeset

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
        answer = SERVICE.ask(json.dumps(job).encode(), WALL_SECONDS)
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


SERVICE = Service(ROOT, _environment)


def load_library() -> None:
    """Inside the worker's parent: read everything that drawing needs, without drawing."""
    import weasyprint  # noqa: F401

    import reporting.pdf_access  # noqa: F401
    from reporting.pdf_speed import lean_rules, quicken

    quicken()
    lean_rules()


def make_pdf(*, html: str, attachment: str | None, created: str, drawings: dict[str, str]) -> bytes:
    """Inside the worker: HTML to tagged PDF. Arguments as in the job of ``render_pdf``."""
    from weasyprint import Attachment

    from reporting.pdf_access import claim_ua, finish
    from reporting.pdf_speed import compress, quicken

    def finisher(finished: Any, pdf: Any) -> None:
        finish(finished, pdf)
        compress(pdf)

    quicken()
    when = datetime.fromisoformat(created)
    options = {"pdf_variant": "pdf/a-3a", "pdf_tags": True}
    fetcher = _own_files(drawings)
    document = _parsed(html, fetcher).render(**options)
    claim_ua(document.metadata)
    document.metadata.attachments = (
        []
        if attachment is None
        else [
            Attachment(
                string=attachment.encode(),
                name="plan.json",
                description="Plandaten, maschinenlesbar",
                relationship="Source",
                created=when,
                modified=when,
                url_fetcher=fetcher,
            )
        ]
    )
    result: bytes = document.write_pdf(finisher=finisher, **options)
    return result


def make_pages(*, html: str, until: str, most: int) -> bytes:
    """Inside the worker: the first pages as pictures, in JSON. Arguments as in the job of ``render_pages``."""
    from reporting.pdf_pages import paint, stop_after
    from reporting.pdf_speed import lean_rules, quicken

    quicken()
    lean_rules()
    with stop_after(until, most) as progress:
        document = _parsed(html, _own_files({})).render()
    pictures = paint(document.write_pdf(uncompressed_pdf=True))
    pages = [(width, height, base64.b64encode(png).decode()) for width, height, png in pictures]
    return json.dumps({"pages": pages, "is_cut": progress.is_cut}).encode()


def _parsed(html: str, fetcher: Any) -> Any:
    """Inside the worker: the document, with the lean style sheet below its own."""
    from weasyprint import HTML

    from reporting.pdf_speed import lean_rules

    class Document(HTML):
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [lean_rules()]

    return Document(string=html, base_url=BASE_URL, url_fetcher=fetcher)


def _own_files(drawings: dict[str, str]) -> Any:
    """Inside the worker: answers for the style sheets, fonts and drawings of the document and for nothing else."""
    from weasyprint import URLFetcher
    from weasyprint.urls import URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            name = url.removeprefix(BASE_URL)
            if name in drawings:
                return URLFetcherResponse(url, drawings[name].encode(), {"Content-Type": "image/svg+xml"})
            path = allowed_files().get(name) if url.startswith(BASE_URL) else None
            if path is None:
                raise ValueError("This address may not be fetched.")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": ASSET_TYPES[path.suffix]})

    return OwnFiles()


def allowed_files() -> dict[str, Path]:
    """Every file a document may use, by its address below BASE_URL."""
    return {
        path.relative_to(ASSETS).as_posix(): path
        for path in sorted(ASSETS.rglob("*"))
        if path.suffix in ASSET_TYPES and path.is_file()
    }
