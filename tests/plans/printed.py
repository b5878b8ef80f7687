"""What the tests read from a printed plan: its words, and how full its pages are."""

import io
import re
from collections import Counter

import pypdfium2
from pypdf import PdfReader

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


def nearly_empty(document, frame=FRAME):
    """Numbers of the portrait pages behind the frame that are less than a third full."""
    found = []
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        if number <= frame or width > height:
            continue
        picture = page.render(scale=0.5).to_pil().convert("L")
        part = picture.crop((0, HEAD // 2, picture.width, picture.height - FOOT // 2))
        ink = part.point(lambda shade: 255 if shade < 200 else 0).getbbox()
        if ink is None or ink[3] < part.height / 3:
            found.append(number)
    return found


def tags_of(pdf):
    """How often each type of element occurs in the tree of tags, and each pair of an element and one in it."""
    found, waiting = Counter(), [(None, PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])]
    while waiting:
        around, element = waiting.pop()
        kind = element.get("/S", "").removeprefix("/")
        found.update([kind, (around, kind)])
        kids = [kid.get_object() for kid in element.get("/K", [])]
        waiting += [(kind, kid) for kid in kids if isinstance(kid, dict) and "/S" in kid]
    return found


TABLES = {"Table": "table", "THead": "thead", "TBody": "tbody", "TR": "tr", "TH": "th", "TD": "td"}


def tagged_wrongly(html, pdf):
    """What does not occur once in the tree: (in the text, in the tree) of headings, links, paragraphs, lists, tables
    with their rows and cells, captions, and lines of the contents."""
    tags = tags_of(pdf)
    count_of = {name: len(re.findall(rf"<{name}[ >]", html)) for name in {*TABLES.values(), "p", "ol", "ul"}}
    contents = "".join(re.findall(r"<nav.*?</nav>", html, flags=re.DOTALL))
    counts = {f"H{level}": len(re.findall(rf"<h{level}[ >]", html)) for level in range(1, 7)}
    counts |= {"Link": len(re.findall(r"<a [^>]*href", html)), "TOCI": len(re.findall(r"<li[ >]", contents))}
    counts |= {"TOC": contents.count("<ol>"), ("TOCI", "Reference"): contents.count("<a ")}
    counts |= {tag: count_of[name] for tag, name in TABLES.items()} | {"P": count_of["p"]}
    counts |= {
        "L": count_of["ol"] + count_of["ul"] - counts["TOC"],
        "Caption": len(re.findall("<(?:fig)?caption", html)),
    }
    return {name: (count, tags[name]) for name, count in counts.items() if count != tags[name]}


def told_heads(pdf):
    """How many cells of data name none, one, two … heads that stand in the tree."""
    reader = PdfReader(io.BytesIO(pdf))
    elements, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        elements.append(waiting.pop())
        kids = [kid.get_object() for kid in elements[-1].get("/K", [])]
        waiting += [kid for kid in kids if isinstance(kid, dict) and "/S" in kid]
    there = {element["/ID"] for element in elements if "/ID" in element}
    return Counter(
        sum(head in there for head in element["/A"].get("/Headers", ()))
        for element in elements
        if element.get("/S") == "/TD"
    )
