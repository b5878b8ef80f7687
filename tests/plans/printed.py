"""What the tests read from a printed plan: its words, and how full its pages are."""

import re

import pypdfium2

from printing.templatetags.papers import MONTH_NAMES

FOOT, HEAD = 78, 78  # points of A4 that the running foot and head take
FRAME = 3  # title, imprint and contents: so full as the design says


def open_pdf(pdf):
    return pypdfium2.PdfDocument(pdf)


def plain(text):
    """Words as they can be compared: a hyphen at the end of a line cannot be told from a division."""
    return " ".join(re.sub(r"[\ufffe\u2010\u00ad-]\s*", "", text.replace("\u00a0", " ").replace("/\r\n", "/")).split())


def words_of(document):
    """The text of all pages."""
    return plain(" ".join(page.get_textpage().get_text_range() for page in document))


def in_words(when):
    """„17. Juli 2014“ from „17.07.2014“; vaguer dates stay."""
    found = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", when)
    return f"{int(found[1])}. {MONTH_NAMES[int(found[2]) - 1]} {found[3]}" if found else when


def not_printed(facts, text):
    """The facts of which a word, or the date near to the first words, is missing."""
    places = {
        fact: [m.start() for when in {fact.date, in_words(fact.date)} for m in re.finditer(re.escape(when), text)]
        for fact in facts
    }
    return [
        fact
        for fact in facts
        if not all(plain(words) in text for words in fact.words)
        or not any(plain(fact.words[0]) in text[max(0, place - 700) : place + 900] for place in places[fact])
    ]


def nearly_empty(document):
    """Numbers of the portrait pages behind the frame that are less than a third full."""
    found = []
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        if number <= FRAME or width > height:
            continue
        picture = page.render(scale=0.5).to_pil().convert("L")
        part = picture.crop((0, HEAD // 2, picture.width, picture.height - FOOT // 2))
        ink = part.point(lambda shade: 255 if shade < 200 else 0).getbbox()
        if ink is None or ink[3] < part.height / 3:
            found.append(number)
    return found
