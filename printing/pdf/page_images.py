"""Pictures of the first pages of a document, for the preview while somebody writes. Only inside the worker process.

WeasyPrint lays out a document page by page; it is stopped as soon as the page that is wanted stands (docs/adr/0010).
"""

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SHARPNESS = 1.9  # pixels of the picture for a point of the page; a page is 595 points wide
COLOURS = 16  # one accent, greys, the edges of letters


@dataclass
class Progress:
    """Whether the document was cut."""

    is_cut: bool = False


@contextlib.contextmanager
def stop_after(until: str, most: int) -> Iterator[Progress]:
    """Let the library lay out ``most`` pages at most, and one page behind the element with the id ``until``."""
    from weasyprint import layout

    original = layout.make_all_pages
    progress = Progress()

    def first_pages(context: Any, *arguments: Any) -> Iterator[Any]:
        end = most
        for count, page in enumerate(original(context, *arguments), 1):
            yield page
            if holds(page, until):
                end = min(most, count + 1)
            resume_at, *_, remake = context.page_maker[-1]
            if count == end and resume_at is not None:
                remake["content_changed"] = False  # else the library would begin again
                progress.is_cut = True
                return

    layout.make_all_pages = first_pages
    try:
        yield progress
    finally:
        layout.make_all_pages = original


def holds(page: Any, name: str) -> bool:
    """Whether the element stands on this page."""
    elements = (getattr(box, "element", None) for box in page.descendants())
    return any(element is not None and element.get("id") == name for element in elements)


def load_painter() -> None:
    """Read the libraries that paint."""
    import PIL.PngImagePlugin  # noqa: F401
    import pypdfium2.raw  # noqa: F401


def paint(pdf: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Width and height in CSS pixels and a PNG for every page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        picture = page.render(scale=SHARPNESS).to_pil()
        target = io.BytesIO()
        picture.quantize(COLOURS, method=2, dither=0).save(target, "PNG", compress_level=4)
        yield round(page.get_width() * 96 / 72), round(page.get_height() * 96 / 72), target.getvalue()
    document.close()
