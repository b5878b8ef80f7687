"""What the tests of documents share: a filled municipality and ways to read a PDF."""

import io

import page
import pytest
from pypdf import PdfReader

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.plans import records

HOSTILE = '=1+1 <img src="file:///etc/passwd"><script>alert(1)</script> {{ 7|add:7 }} ' + "x" * 90


@pytest.fixture
def plan(cast):
    records.make_catalogue()
    return records.make_plan(cast.home)


def reader_of(pdf):
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf):
    """All words of a PDF on one line, without the break opportunities in long words."""
    words = " ".join(sheet.extract_text() for sheet in reader_of(pdf).pages)
    return " ".join(words.replace("\u00a0", " ").replace("\u200b", "").split())


def assert_valid(pdf):
    for profile in ("ua1", "3a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert [failure.message for failure in report.failures] == [], profile


def assert_attached(answer, name, media_type):
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == media_type
