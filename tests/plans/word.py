"""What the tests read from a Word document."""

import io

from docx import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNNUMBERED = ("Zusammenfassung", "Abkürzungen")


def chapter_headings(document):
    """The headings of the chapters; summary and abbreviations are none."""
    found = [line.text for line in document.paragraphs if line.style.name == "Heading 1"]
    return [text for text in found if text not in UNNUMBERED]


def words_of(data):
    """All words of a document in their order, paragraphs and cells of tables alike, on one line."""
    words = " ".join(run for run in texts_of(Document(io.BytesIO(data)).element.body))
    return " ".join(words.replace("\u00a0", " ").replace("\u200b", "").split())


def texts_of(body):
    """The text of each paragraph."""
    for paragraph in body.iter(f"{W}p"):
        yield "".join(
            node.text or "" if node.tag == f"{W}t" else " " for node in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
        )
