"""What the tests read from a Word document."""

UNNUMBERED = ("Zusammenfassung", "Abkürzungen")


def chapter_headings(document):
    """The headings of the chapters; summary and abbreviations are none."""
    found = [line.text for line in document.paragraphs if line.style.name == "Heading 1"]
    return [text for text in found if text not in UNNUMBERED]
