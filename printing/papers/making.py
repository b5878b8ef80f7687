"""From a template that extends ``printing/papers/base.html`` to a tagged PDF."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from printing.papers.numbering import DocumentNumbering
from printing.render import render_pdf
from printing.typeset import typeset

CONTENTS_HERE = "<!-- contents -->"  # texts of people are escaped: none of them can be this comment


def document_html(template: str, context: Mapping[str, Any], *, title: str, created: datetime) -> str:
    """The document ready for print. ``context`` holds at least ``frame`` (Frame); ``title`` is that of the PDF.

    The contents are put in afterwards, as only the finished document knows its headings.
    """
    numbers = DocumentNumbering()
    values = {**context, "title": title, "created": created.isoformat(), "nummern": numbers}
    html: str = render_to_string(template, values)
    if CONTENTS_HERE in html:
        contents = render_to_string("printing/papers/_contents.html", {"contents": numbers.chapters})
        html = html.replace(CONTENTS_HERE, contents, 1)
    return typeset(html)


def document_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    created: datetime,
    data: bytes | None = None,
    drawings: Mapping[str, str] | None = None,
) -> bytes:
    """The document as PDF/UA-1 and PDF/A-3a.

    ``created`` (aware) is the document's time, ``data`` JSON to attach, ``drawings`` SVGs by file name that a style
    sheet may use. Raises RenderError and its kinds with a German sentence.
    """
    html = document_html(template, context, title=title, created=created)
    return render_pdf(html, attachment_json=data, created=created, drawings=drawings)
