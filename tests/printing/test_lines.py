"""Lines in the real PDF: a text that fits without the blank behind it keeps all its words."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from printing.render import render_pdf
from printing.typeset import typeset

pytestmark = pytest.mark.slow

NOON = datetime(2018, 12, 31, 12, tzinfo=UTC)
WIDTHS = [width / 100 for width in range(3080, 3150, 5)]  # mm: around what the second line takes with its blank
PAGE = (
    '<!doctype html><html lang="de"><head><title>Probe</title><link rel="stylesheet" href="plan.css">'
    '<link rel="stylesheet" href="blocks.css"></head><body><h1>Probe</h1>{}</body></html>'
)
CELL = (
    '<table class="swot" style="width:{}mm"><thead><tr><th scope="col">Wort</th></tr></thead><tbody><tr>'
    '<td style="padding-right:0">Öffnungszeiten passen nicht zu Berufstätigen.{}</td></tr></tbody></table>'
)
BEHIND = ("\n", ' <span class="bsp">Beispiel</span>', " <br>und Schichtarbeit.")


@pytest.mark.parametrize("behind", BEHIND)
def test_the_last_line_of_a_text_does_not_lose_its_words_to_a_blank(behind):
    html = typeset(PAGE.format("".join(CELL.format(width, behind) for width in WIDTHS)))
    reader = PdfReader(io.BytesIO(render_pdf(html, attachment_json=None, created=NOON)))
    lines = [line.strip() for sheet in reader.pages for line in sheet.extract_text().splitlines()]
    assert sum(line.startswith("nicht zu Berufst") for line in lines) >= 4, lines
    assert "nicht" not in lines
