"""The common base of documents: valid, titled, with running head, page numbers, contents; hostile texts stay texts."""

import io
from datetime import UTC, date, datetime

import page
import pytest
from django.template import engines
from pypdf import PdfReader

from printing.papers import Frame, document_pdf, making
from tests.plans.printed import tags_of, told_heads

pytestmark = pytest.mark.slow

NOON = datetime(2018, 12, 31, 12, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script><img src="file:///etc/passwd"> <!-- contents --> ' + "x" * 5000
BLOCK = """{% extends "printing/papers/base.html" %}{% load papers plan_document %}
{% block body %}<section class="inhalt"><h2>Worum es geht</h2><p>{{ words }}</p>
<table class="wide">{% tabelle "Zahlen" %}<thead><tr><th scope="col">Jahr</th><th scope="col">Zahl</th></tr></thead>
<tbody><tr><th scope="row">2018</th><td>14</td></tr></tbody></table></section>{% endblock %}"""
ACROSS = """{% extends "printing/papers/base.html" %}{% load papers plan_document %}
{% block body %}<section class="inhalt"><h2>Worum es geht</h2><p>{{ words }}</p><p>{{ words }}</p>
<ul>{% for n in many %}<li>Punkt {{ n }}</li>{% endfor %}</ul>
<table class="wide">{% tabelle "Zahlen" %}<colgroup><col class="rand"><col><col></colgroup>
<thead><tr><th scope="col">Jahr</th><th scope="col">Worte</th><th scope="col">Zahl</th></tr></thead><tbody>
{% for n in many %}<tr><th scope="row">{{ n }}</th><td>{% if n == 30 %}{{ words }}{% endif %}</td><td>1</td></tr>
{% if n == 40 %}<tr class="gruppe"><th scope="rowgroup" colspan="3">Ab 41</th></tr>{% endif %}
{% endfor %}</tbody></table></section>{% endblock %}"""
REPORT = """{% extends "printing/papers/base.html" %}{% load papers plan_document %}
{% block opening %}{% include "printing/papers/_title_page.html" %}{% endblock %}
{% block body %}<section class="kap">{% kapitel "Lage" %}{% abschnitt "Kinder" %}<p>{{ words }}</p></section>
<section class="kap">{% kapitel "Angebote" %}{% abschnitt "Kitas" %}<p>Zwölf.</p>
{% abschnitt "Schulen" %}<p>Neun.</p></section>{% endblock %}"""


def frame(**changes):
    values = {
        "kind": "Bericht",
        "place": "Altenburger Land",
        "place_full": "Landkreis Altenburger Land",
        "sender": "Landratsamt Altenburger Land",
        "as_of": date(2018, 12, 31),
        "subject": "Familien im Landkreis",
    }
    return Frame(**values | changes)


@pytest.fixture
def make(monkeypatch):
    def make_it(source, words="Ein Satz.", data=None, **changes):
        template = engines["django"].from_string(source)
        monkeypatch.setattr(making, "render_to_string", lambda name, values: named(name, values, template))
        context = {"frame": frame(**changes), "words": words, "many": range(1, 91)}
        return document_pdf("probe", context, title="Bericht über Familien", created=NOON, data=data)

    real = making.render_to_string

    def named(name, values, template):
        return template.render(values) if name == "probe" else real(name, values)

    return make_it


def reader_of(pdf):
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf):
    return "\n".join(p.extract_text() for p in reader_of(pdf).pages).replace("\u00a0", " ")


@pytest.mark.parametrize("source", [BLOCK, REPORT], ids=["block", "report"])
@pytest.mark.parametrize("words", ["Ein Satz.", HOSTILE], ids=["plain", "hostile"])
def test_it_is_valid(make, source, words):
    pdf = make(source, words, has_contents=source == REPORT, year="2018")
    for profile in ("ua1", "3a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert [failure.message for failure in report.failures] == [], profile


def test_title_sender_and_running_words(make):
    pdf = make(BLOCK, "\n".join(["Ein langer Satz über Familien im Landkreis."] * 200))
    found = reader_of(pdf)
    assert found.metadata.title == "Bericht über Familien"
    assert found.metadata.author == "Landratsamt Altenburger Land"
    assert len(found.pages) > 1
    for number, sheet in enumerate(found.pages, 1):
        words = sheet.extract_text()
        assert "Bericht · Angaben vom 31.12.2018" in words
        assert "Altenburger Land" in words
        assert str(number) in words.split()
    assert [item.title for item in found.outline if not isinstance(item, list)] == ["Bericht Familien im Landkreis"]


def test_what_crosses_pages_stays_one_element(make):
    pdf = make(ACROSS, "Ein Satz über Familien im Landkreis. " * 160)
    whole = {"P": 3, "L": 1, "LI": 90, "Table": 1, "Caption": 1, "THead": 1, "TBody": 1, "TR": 92, "TH": 94, "TD": 180}
    tags = tags_of(pdf)
    assert {name: tags[name] for name in whole} == whole
    assert told_heads(pdf) == {2: 80, 3: 100}
    assert text_of(pdf).count("Jahr Worte Zahl") > 2, "the head is printed on each page"
    for profile in ("ua1", "3a"):
        assert [f.message for f in page.validate_pdf_bytes(pdf, profile=profile).failures] == [], profile


def test_contents_list_chapters_and_sections_with_their_pages(make):
    found = reader_of(make(REPORT, has_contents=True))
    contents = found.pages[1].extract_text()
    for line in ("1 Lage", "1.1 Kinder", "2 Angebote", "2.1 Kitas", "2.2 Schulen"):
        assert " ".join(line.split()[1:]) in contents
        assert line.split()[0] in contents
    outline = {
        item.title: found.get_destination_page_number(item) for item in found.outline if not isinstance(item, list)
    }
    assert outline == {"Inhalt": 1, "1 Lage": 2, "2 Angebote": 2}


def test_without_contents_there_is_no_page_of_them(make):
    assert "Inhalt" not in text_of(make(REPORT))


def test_a_text_cannot_put_the_contents_elsewhere(make):
    pdf = make(REPORT, HOSTILE, has_contents=True)
    assert [item.title for item in reader_of(pdf).outline if not isinstance(item, list)].count("Inhalt") == 1
    words = text_of(pdf)
    assert words.count("Kitas") == 2, "in the contents and above its section"
    assert "<!-- contents -->" in words


def test_data_are_attached_where_there_are_some(make):
    assert reader_of(make(BLOCK, data=b'{"a":1}')).attachments["plan.json"] == [b'{"a":1}']
    assert not reader_of(make(BLOCK)).attachments


def test_the_same_document_gives_the_same_bytes(make):
    assert make(BLOCK) == make(BLOCK)
