"""Chapter texts in markup: what becomes what, old texts keep their look, hostile ones stay text."""

import io
import re
import time
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import page
import pytest
from django.utils.html import strip_tags
from pypdf import PdfReader

from plans.drawing import draw_chapter, own_text, plan_html, plan_pdf, preview_chapter
from plans.enums import ChapterCode
from plans.numbering import Numbering
from printing.markup import to_html
from printing.markup_cells import to_lines
from records.models.columns import LONG_TEXT
from tests.plans.printed import tagged_wrongly
from tests.plans.sample import sample_plan

FULL = """Der Auftakt, **fett** und *betont*.[^1] Siehe [den Bericht](https://www.example.de/bericht).

# Vorgeschichte
- Audit
  - Zertifikat
    1. erst
    2. dann
- Leitbild

## Eine Stufe tiefer
Text über *Bürger*innen*, [Post](mailto:post@example.de) und https://example.de/ein/sehr/langer/weg/der/umbrochen/wird/123.

Tabelle: Plätze im Jahr
| Ort | Plätze |
|-----|-------:|
| Wiehe | 12 |
| Artern | **7** |

[^1]: Aus dem Bericht, [Seite 3](https://example.de).
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Eins\n## Zwei\n### Drei", "<h2>Eins</h2>\n<h3>Zwei</h3>\n<h3>Drei</h3>"),
        ("## Gleich tief", "<h2>Gleich tief</h2>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\n- b", '<ul class="weit"><li>a</li><li>b</li></ul>'),
        ("- a\n\n  mehr", '<ul class="weit"><li>a<br>mehr</li></ul>'),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1) a", '<ol class="z-zahl-klammer"><li>a</li></ol>'),
        ("- a\n  1. b\n  2. c", "<ul><li>a<ol><li>b</li><li>c</li></ol></li></ul>"),
        ("**a** *b* __c__ _d_", "<p><strong>a</strong> <em>b</em> <strong>c</strong> <em>d</em></p>"),
        ("\\*a\\*", "<p>*a*</p>"),
        ("[a](https://x.de)", '<p><a href="https://x.de">a</a></p>'),
        ("[**a**](https://x.de)", '<p><a href="https://x.de">a</a></p>'),
        ("[a](mailto:a@b.de)", '<p><a href="mailto:a@b.de">a</a></p>'),
        ("Siehe https://x.de/a.", '<p>Siehe <a href="https://x.de/a">https://x.de/a</a>.</p>'),
        (
            "|a|b|\n|-|-:|\n|1|2|",
            '<div class="text-table" tabindex="0" role="region" aria-label="Tabelle"><table class="text"><colgroup>'
            '<col class="rand"><col></colgroup><thead><tr><th scope="col">a</th><th scope="col" class="n">b</th></tr>'
            '</thead><tbody><tr><td>1</td><td class="n">2</td></tr></tbody></table></div>',
        ),
        (
            "a[^x]\n\n[^x]: b",
            '<p>a<sup class="fn"><a id="text-zu1" href="#text-fn1" aria-label="Fußnote 1">1</a></sup></p>\n'
            '<ol class="fussnoten" aria-label="Fußnoten"><li id="text-fn1">b <a href="#text-zu1" '
            'aria-label="Zurück zu Fußnote 1 im Text">↑</a></li></ol>',
        ),
    ],
)
def test_markup_becomes_elements(text, expected):
    assert to_html(text) == expected


OLD = [
    "Eins\nzwei\n\ndrei",
    "Davor\n- a\n- b\nDanach",
    "– a\n• b",
    "<b>&",
    "- <i>",
    "{0} {} {1}",
    "",
    "  \n\n ",
    "Der Auftakt war am\n17. August 2016.",
    "z. B. am\nb) Ort",
    "2. Sitzung der Steuerungsgruppe",
    "Bürger*innen und Planer*innen, 2 * 3 * 4, Wert* und *Anmerkung",
    "datei_mit_strichen und noch_eine_solche",
    "am Ende  \nzwei Blanks",
    "a\n===\nb\n---\nc",
    "+ drei Prozent",
    "-",
    "> Zitat",
    "    eingerückt",
    "&amp; &#65; `code`\n```\nx\n```",
    "[1] und [^2] ohne Fußnote\n[^3]: ohne Verweis",
    "[a]: nicht nachgeschlagen",
    "a | b\nc | d",
    "#Schlagwort",
    "\\",
    "- - a",
    "- 1. a",
    "- # a",
]


@pytest.mark.parametrize("text", OLD)
def test_texts_without_markup_keep_every_line_and_sign(text):
    lines = [re.sub(r"^[-–•] ", "", line.strip()) for line in text.splitlines() if line.strip()]
    for html in (to_html(text, first_class="lead"), to_lines(text).replace("– ", "")):
        assert [unescape(strip_tags(line)) for line in re.split(r"\n|<br>|</li>", html) if strip_tags(line)] == lines


IN_A_CELL = """# Vorgehen
Satz mit **fett**.
- a
  1) b
  2) c
IX. d
X. e

Tabelle: Plätze
| Ort | Zahl |
|---|---|
| Wiehe | 12 |

Quelle.[^1]

[^1]: Bericht."""


def test_in_a_cell_the_same_words_are_lines():
    assert to_lines(IN_A_CELL).split("<br>") == [
        "<b>Vorgehen</b>",
        "Satz mit <strong>fett</strong>.",
        "– a",
        "\u00a0\u00a01) b",
        "\u00a0\u00a02) c",
        "IX. d",
        "X. e",
        "Plätze",
        "<b>Ort</b> | <b>Zahl</b>",
        "Wiehe | 12",
        "Quelle.<sup>1</sup>",
        "1 Bericht.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. drei\n4. vier", '<ol start="3"><li>drei</li><li>vier</li></ol>'),
        ("1. a\n   1. b", "<ol><li>a<ol><li>b</li></ol></li></ol>"),
        ("Davor:\n- a\n  3. b\n  4. c", '<p>Davor:</p>\n<ul><li>a<ol start="3"><li>b</li><li>c</li></ol></li></ul>'),
        ("1. a\n2. b\n\n1. c\n2. d", "<ol><li>a</li><li>b</li></ol>\n<ol><li>c</li><li>d</li></ol>"),
        ("1. a\n2. b\n5. c\n6. d", '<ol><li>a</li><li>b</li></ol>\n<ol start="5"><li>c</li><li>d</li></ol>'),
        ("a) x\nb) y", '<ol class="z-klein-klammer"><li>x</li><li>y</li></ol>'),
        ("I. Nord\nII. Süd", '<ol class="z-roemisch"><li>Nord</li><li>Süd</li></ol>'),
        ("h) x\ni) y\nj) z", '<ol class="z-klein-klammer" start="8"><li>x</li><li>y</li><li>z</li></ol>'),
        ("(1) x\n(2) y", '<ol class="z-zahl-klammern"><li>x</li><li>y</li></ol>'),
        ("1. Quartal\n2. Quartal", "<ol><li>Quartal</li><li>Quartal</li></ol>"),
        ("17. Mai war der Anfang.\n18. Mai ging es", "<p>17. Mai war der Anfang.<br>18. Mai ging es</p>"),
        ("1. a\n1. b", "<p>1. a<br>1. b</p>"),
        ("Viele kamen.\n3. Platz: Spielplätze", "<p>Viele kamen.<br>3. Platz: Spielplätze</p>"),
        ("o   x\no   y", "<ul><li>x</li><li>y</li></ul>"),
    ],
)
def test_numbers_stay_what_they_were_typed(text, expected):
    assert to_html(text) == expected


def test_a_short_opening_is_set_apart():
    assert to_html("Kurz.\n\nMehr.", first_class="lead") == '<p class="lead">Kurz.</p>\n<p>Mehr.</p>'
    assert to_html("a" * 400, first_class="lead") == f"<p>{'a' * 400}</p>"
    assert "lead" not in to_html("# Zuerst\n\nText", first_class="lead")


def test_print_shows_addresses_that_the_words_hide():
    html = to_html("[Bericht](https://x.de/a/) [x.de](https://x.de)", printed=True)
    assert '>Bericht</a> <span class="adresse">(x.de/a)</span>' in html
    assert html.endswith('<a href="https://x.de">x.de</a></p>')


def test_headings_and_captioned_tables_are_numbered_before_those_of_the_records():
    numbers = Numbering(ChapterCode.NEEDS)
    html = to_html(FULL, numbers=numbers, printed=True)
    assert '<h2 id="k4-1"><span class="nr">4.1</span> Vorgeschichte</h2>' in html
    assert '<h3 id="k4-1-1"><span class="nr">4.1.1</span> Eine Stufe tiefer</h3>' in html
    assert '<table class="text wide"><caption><b>Tabelle 4.1 </b>Plätze im Jahr</caption>' in html
    assert (numbers.section("x").number, numbers.table()) == ("4.2", "Tabelle 4.2")


def with_texts(text, scale=1):
    plan = sample_plan(scale)
    return replace(plan, chapters=tuple(replace(chapter, text=text) for chapter in plan.chapters))


@pytest.mark.parametrize("code", list(ChapterCode))
def test_document_and_screen_number_alike_and_leave_out_no_level(code):
    plan = with_texts(FULL)
    chapter = plan.chapter(code)
    printed, entry = draw_chapter(plan, chapter)
    screen = own_text(chapter) + preview_chapter(plan, chapter)
    number = re.compile(r'<span class="nr">([\d.]+)</span> ([^<]+)</h')
    assert [pair for pair in number.findall(printed) if "." in pair[0]] == number.findall(screen)
    assert entry.headings[0].title == "Vorgeschichte"
    levels = [int(level) for level in re.findall(r"<h(\d)", printed)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = re.findall(r' id="([^"]+)"', printed)
    assert len(ids) == len(set(ids))


def test_the_records_do_not_seem_part_of_the_last_own_section():
    plan = with_texts("# Eigenes\n\nText.")
    html, _ = draw_chapter(plan, plan.chapter(ChapterCode.FINANCE))
    assert html.index("Geplante Kosten") < html.index("Der Finanzplan nennt")
    html, _ = draw_chapter(sample_plan(1), sample_plan(1).chapter(ChapterCode.FINANCE))
    assert "7.1" not in re.sub("Tabelle 7.1", "", html)


def test_the_timeline_refers_to_its_table_behind_own_ones():
    plan = with_texts("Tabelle: Eigene\n|a|\n|-|\n|1|")
    html, _ = draw_chapter(plan, plan.chapter(ChapterCode.TIMELINE))
    assert "stehen in Tabelle 10.2" in html
    assert "<b>Tabelle 10.2 </b>Datierte Einträge nach Jahren" in html


@pytest.fixture(scope="module")
def pdf():
    return plan_pdf(with_texts(FULL))


@pytest.mark.slow
def test_every_heading_and_link_is_told_once(pdf):
    assert tagged_wrongly(plan_html(with_texts(FULL)), pdf) == {}


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_a_plan_full_of_markup_is_valid(pdf, profile):
    assert [failure.message for failure in page.validate_pdf_bytes(pdf, profile=profile).failures] == []


@pytest.mark.slow
def test_links_are_links_in_the_pdf_and_headings_bookmarks(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    notes = [note.get_object() for sheet in reader.pages for note in sheet.get("/Annots") or []]
    targets = {note["/A"].get("/URI") for note in notes if "/A" in note}
    assert {"https://www.example.de/bericht", "mailto:post@example.de"} <= targets
    assert "4.1 Vorgeschichte" in str(reader.outline)


# ---------------------------------------------------------------- hostile texts
class Reading(HTMLParser):
    """Every element and address of a text, and how deep they lie."""

    VOID = {"br", "col"}

    def __init__(self, html):
        super().__init__()
        self.tags, self.names, self.hrefs, self.depth, self.deepest = set(), set(), [], 0, 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.names.update(name for name, _ in attrs)
        self.hrefs += [value for name, value in attrs if name == "href"]
        self.depth += tag not in self.VOID
        self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag):
        self.depth -= 1


ELEMENTS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "span", "sup", "br", "table", "caption", "colgroup"}
ELEMENTS |= {"col", "thead", "tbody", "tr", "th", "td", "div", "b"}
NAMES = {"class", "id", "href", "scope", "aria-label", "tabindex", "role"}

BOMBS = {
    "word": "x" * LONG_TEXT,
    "five thousand": "x" * 5000,
    "thousand lists": "\n".join(" " * depth + "- x" for depth in range(1000)),
    "lists on a line": "- " * 9000 + "x",
    "footnotes": "".join(f"[^{n}]" for n in range(10_000)) + "\n\n" + "\n".join(f"[^{n}]: x" for n in range(10_000)),
    "footnotes of footnotes": "[^a]: " * 3000,
    "references": "[^a]" * 4000 + "\n\n[^a]: x",
    "brackets": "[" * LONG_TEXT,
    "open links": "[a](" * 5000,
    "pictures": "![[](" * 4000,
    "stars": "*a **a " * 2800,
    "columns": "|" + "a|" * 4000 + "\n|" + "-|" * 4000,
    "rows": "|a|b|c|d|\n|-|-|-|-|\n" + "|\n" * 9000,
    "headings": "# a\n" * 5000,
    "backslashes": "\\" * LONG_TEXT,
    "numbers": "\n".join(" " * (n % 60) + "1. x" for n in range(500)),
}


@pytest.mark.slow
@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_bombs_end_at_once_and_stay_small(text):
    text = text[:LONG_TEXT]
    begin = time.process_time()
    html = to_html(text, printed=True)
    assert time.process_time() - begin < 3
    assert len(html) < 12 * LONG_TEXT
    read = Reading(html)
    assert read.depth == 0
    assert read.deepest <= 12
    letters = re.sub(r"<[^>]*>", "", html)
    assert letters.count("x") >= text.count("x") or "[^" in text


@pytest.mark.slow
def test_bombs_do_not_stop_the_plan():
    plan = sample_plan(1)
    texts = [BOMBS[name][:LONG_TEXT] for name in ("word", "thousand lists", "footnotes", "rows", "stars")]
    made = tuple(replace(chapter, text=text) for chapter, text in zip(plan.chapters, texts, strict=False))
    chapters = made + plan.chapters[len(made) :]
    assert plan_pdf(replace(plan, chapters=chapters)).startswith(b"%PDF")


EVIL = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](vbscript:x)",
    "[a](file:///etc/passwd)",
    "[a](//evil.example)",
    "[a](/abmelden/)",
    "[a]()",
    "<javascript:alert(1)>",
    "![a](https://x.de/a.png)",
    '[a](https://x.de/"onmouseover="alert(1))',
    "[a](https://x.de 'x\" onclick=\"alert(1)')",
    'https://x.de/"onmouseover="alert(1)',
    '[^"onclick=alert(1)]\n\n[^"onclick=alert(1)]: x',
    "# <svg onload=alert(1)>",
    "Tabelle: <b onclick=alert(1)>\n|<i>|\n|-|\n|<u style=x>|",
    "[a]: javascript:alert(1)\n\n[a]",
    "**<x onclick=1>**",
    "\\<script>",
    "<!-- --><![CDATA[x]]><?php ?>",
    "&lt;script&gt;",
]


@pytest.mark.parametrize("printed", [False, True])
@pytest.mark.parametrize("text", EVIL)
def test_nothing_evil_becomes_an_element_or_an_address(text, printed):
    read = Reading(to_html(text, printed=printed, numbers=Numbering(ChapterCode.NEEDS)))
    assert read.tags <= ELEMENTS
    assert read.names <= NAMES
    assert all(re.match(r"https?://|mailto:|#text-", href) for href in read.hrefs)
