"""What the library does once per tag is done once per document (printing.pdf.speed)."""

import pydyf
import pytest

from printing.pdf.speed import keep_references

pytestmark = pytest.mark.once


def add_page(pdf: pydyf.PDF) -> None:
    stream = pydyf.Stream()
    pdf.add_object(stream)
    pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Contents": stream.reference}))


def test_pages_are_listed_once_for_all_tags():
    keep_references()
    pdf = pydyf.PDF()
    add_page(pdf)
    first = pdf.page_references
    assert len(first) == 1
    assert pdf.page_references is first
    add_page(pdf)
    assert pdf.page_references[:1] == first
    assert len(pdf.page_references) == 2
    assert pdf.page_references == tuple(f"{number} 0 R".encode() for number in pdf.pages["Kids"][::3])
