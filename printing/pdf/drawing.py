"""Inside the worker process: from HTML to PDF and pictures of pages.

The only importer of WeasyPrint besides the modules of this package that quicken it.
"""

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).resolve().parents[2] / "static" / "plan"
ASSET_TYPES = {".css": "text/css", ".ttf": "font/ttf"}
BASE_URL = "https://plan.invalid/"  # a name that can exist nowhere; the fetcher answers for it


def load_library() -> None:
    """Inside the worker's parent: read everything that drawing needs, without drawing."""
    import weasyprint  # noqa: F401

    import printing.pdf.access  # noqa: F401
    from printing.pdf.lines import let_blanks_hang
    from printing.pdf.speed import lean_rules, quicken

    quicken()
    let_blanks_hang()
    lean_rules()


def make_pdf(*, html: str, attachment: str | None, created: str, drawings: dict[str, str]) -> bytes:
    """Inside the worker: HTML to tagged PDF. Arguments as in the job of ``render_pdf``."""
    from weasyprint import Attachment

    from printing.pdf.access import claim_ua, finish
    from printing.pdf.speed import pack_streams, quicken
    from printing.pdf.tags import note_origins

    quicken()
    pack_streams()
    note_origins()
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
    result: bytes = document.write_pdf(finisher=finish, **options)
    return result


def make_pages(*, html: str, until: str, most: int) -> bytes:
    """Inside the worker: the first pages as pictures, in JSON. Arguments as in the job of ``render_pages``."""
    from printing.pdf.page_images import paint, stop_after
    from printing.pdf.speed import lean_rules, quicken

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

    from printing.pdf.lines import let_blanks_hang
    from printing.pdf.speed import lean_rules

    let_blanks_hang()

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
