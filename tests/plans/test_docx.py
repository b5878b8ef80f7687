"""The plan as Word document: complete, accessible, the same bytes each time, unharmed by hostile texts."""

import io
import json
import re
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from planning.models import Need
from plans.bodies import NeedsBody
from plans.content import PlanContent, plain, to_json
from plans.drawing import created_at
from plans.enums import ChapterCode
from plans.word import plan_docx, stored_docx
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.plans import records
from tests.plans.compare.plans import freeze
from tests.plans.sample import sample_plan
from tests.plans.word import chapter_headings

pytestmark = pytest.mark.once

NOT_PRINTED = {"uid", "origin", "code", "lane", "shape", "kind_label", "begin", "end", "level", "source", "data_source"}


@pytest.fixture(scope="module")
def content():
    return sample_plan(1)


@pytest.fixture(scope="module")
def data(content):
    return plan_docx(content)


@pytest.fixture(scope="module")
def document(data):
    return docx.Document(io.BytesIO(data))


def words_of(document):
    """All words of the body, of paragraphs, tables and links alike."""
    paragraphs = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p")))
    return " ".join(" ".join(paragraphs).replace("\u00a0", " ").split())


def opened(content: PlanContent):
    return docx.Document(io.BytesIO(plan_docx(content)))


def with_need(content, **values):
    """The plan with other values in its first need."""
    chapters = []
    for chapter in content.chapters:
        body = chapter.body
        if isinstance(body, NeedsBody):
            first = body.fields[0]
            body = replace(body, fields=(replace(first, needs=(replace(first.needs[0], **values),)), *body.fields[1:]))
        chapters.append(replace(chapter, body=body))
    return replace(content, chapters=tuple(chapters))


def facts(value, path=""):
    """The texts of plan.json that a reader of the plan finds printed, with their places."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in NOT_PRINTED:
                yield from facts(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from facts(inner, path)
    elif isinstance(value, str) and re.fullmatch(r"[^\d]{4,}.*", value) and "\n" not in value:
        yield path, " ".join(value.split())


def test_every_fact_of_the_plan_data_is_in_it(content, document):
    words = words_of(document)
    bodies = {chapter.code.value: plain(chapter.body) for chapter in content.chapters}
    found = {fact for body in bodies.values() for fact in facts(body)}
    assert len(found) > 100
    usual = "stattgefunden"  # the state of a session or event is printed only where it is another one
    assert sorted(fact for fact in found if fact[1] not in words and fact[1] != usual) == []


def test_all_chapters_are_headings_in_their_order(document):
    assert chapter_headings(document) == [f"{code.number} {code.label}" for code in ChapterCode]
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert 3 in levels


def test_contents_lead_to_the_headings_and_work_out_their_pages(document):
    entries = [p for p in document.paragraphs if p.style.name.lower().startswith("toc ")]
    headings = [p for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert len(entries) == len(headings)
    instructions = [part.text for part in document.element.iter(qn("w:instrText"))]
    assert "TOC" not in [text.split()[0] for text in instructions], "LibreOffice leaves pages in such a field empty"
    assert sum("PAGEREF" in text for text in instructions) == len(entries)
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    assert len(links) == len(entries)
    assert set(links) <= marks
    kinds = [part.get(qn("w:fldCharType")) for part in document.element.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")
    assert document.settings.element.find(qn("w:updateFields")) is not None


def test_tables_have_repeating_heads_captions_and_alternative_texts(document):
    assert len(document.tables) > 30
    heads = 0
    for table in document.tables:
        properties = table._tbl.tblPr
        caption = table._tbl.getprevious()
        shown = "".join(part.text for part in caption.iter(qn("w:t")))
        assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == shown[:250]
        assert properties.find(qn("w:tblDescription")).get(qn("w:val"))
        look = properties.find(qn("w:tblLook"))
        first = table.rows[0]._tr
        repeats = first.trPr is not None and first.trPr.find(qn("w:tblHeader")) is not None
        assert (look.get(qn("w:firstRow")) == "1") == repeats
        heads += repeats
        assert table._tbl.getprevious().find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val")) == "Caption"
        assert table.style.name == "Plantabelle"
    assert heads > 20


def test_pages_carry_municipality_and_page_numbers(document):
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Integrierter Plan 2018\tKyffhäuserkreis"
    codes = [part.text.strip() for part in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert section.different_first_page_header_footer
    assert round(section.page_width.mm), round(section.page_height.mm) == (210, 297)


def test_language_and_properties(content, document):
    languages = {part.get(qn("w:val")) for part in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"de-DE"}
    properties = document.core_properties
    assert properties.title == content.title
    assert properties.author == content.authority
    assert properties.language == "de-DE"
    assert properties.created == properties.modified == created_at(content)


def test_no_other_program_is_in_its_parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<Application>LSZ-Portal</Application>" in archive.read("docProps/app.xml")
        properties = b"".join(archive.read(name) for name in archive.namelist() if not name.startswith("word/"))
    assert not re.findall(rb"Microsoft Mac|Normal\.dotm|thumbnail|python-docx|customXml", properties)


NUMBERED = """Zuerst[^1] das eine[^2].

1. eins
2. zwei
   1. innen
   2. zweitens innen

Dazwischen

1. wieder eins
   1. wieder innen
   2. zuletzt innen
2. zuletzt

- Punkt

[^1]: Die erste Quelle
[^2]: Die zweite Quelle
"""


def test_each_list_counts_for_itself_and_notes_as_their_references(content):
    first = content.chapters[0]
    document = opened(replace(content, chapters=(replace(first, text=NUMBERED), *content.chapters[1:])))
    kinds = {
        num.get(qn("w:numId")): num.find(qn("w:abstractNumId")).get(qn("w:val"))
        for num in document.part.numbering_part.element.iter(qn("w:num"))
    }
    found, counted = {}, {}
    for line in document.paragraphs:
        numbers = line._p.pPr.numPr if line._p.pPr is not None else None
        if numbers is not None and kinds[str(numbers.numId.val)] == "1":
            place = (numbers.numId.val, numbers.ilvl.val)
            counted[place] = counted.get(place, 0) + 1
            found[line.text] = (counted[place], numbers.ilvl.val)
    assert {
        text: found[text] for text in ("eins", "zwei", "innen", "zweitens innen", "wieder eins", "wieder innen")
    } == {
        "eins": (1, 0),
        "zwei": (2, 0),
        "innen": (1, 1),
        "zweitens innen": (2, 1),
        "wieder eins": (1, 0),
        "wieder innen": (1, 1),
    }
    assert [found[text][0] for text in ("Die erste Quelle", "Die zweite Quelle")] == [1, 2]
    assert "Punkt" not in found


def test_long_words_in_cells_may_be_divided_by_a_hyphen_alone(document):
    cells = [line for line in document.element.body.iter(qn("w:p")) if line.getparent().tag == qn("w:tc")]
    divided = [line for line in cells if line.find(f".//{qn('w:softHyphen')}") is not None]
    assert divided
    assert "\u00ad" not in words_of(document)
    words = {word for line in cells for word in "".join(t.text or "" for t in line.iter(qn("w:t"))).split()}
    assert "Jugendhilfeausschuss" in words, "nothing is lost where a word may be divided"


def test_the_same_plan_gives_the_same_bytes(content, data):
    assert plan_docx(content) == data
    times = {info.date_time for info in zipfile.ZipFile(io.BytesIO(data)).infolist()}
    assert len(times) == 1


def test_own_texts_keep_their_lists_and_the_series_their_values(document):
    assert [p.text for p in document.paragraphs if p.style.name == "List Bullet"]
    words = words_of(document)
    for value in ("11,9", "11,2", "9,4", "8,4"):  # the chart shows them in the PDF, the table here
        assert value in words


HOSTILE = (
    "a\x00b",
    "a\ud800b",
    "a\x0b\x1b\x7fb",
    "a\ufffe\uffffb",
    "<w:p/>&amp;]]>",
    "</td></table>",
    "x" * 5_000,
    "\u202eb\u200b",
)


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_do_not_break_it(content, text):
    document = opened(with_need(replace(content, municipality=text), title=text, description=text))
    words = words_of(document)
    kept = re.sub("[\x00-\x1f\ud800-\udfff\ufffe\uffff\u200b]", "", text)
    assert kept in words
    assert "11 Quellen" in [p.text for p in document.paragraphs if p.style.name == "Heading 1"]


def test_left_out_chapters_say_why(content):
    chapters = tuple(
        replace(chapter, body=None, left_out_reason="Der Haushalt fehlt.")
        if chapter.code == ChapterCode.FINANCE
        else chapter
        for chapter in content.chapters
    )
    assert "Begründung: Der Haushalt fehlt." in words_of(opened(replace(content, chapters=chapters)))


@pytest.mark.slow
def test_a_frozen_edition_is_drawn_from_its_stored_data(content, data):
    assert stored_docx(to_json(content)) == data
    stored = json.loads(to_json(content))
    stored["plan"]["state"] = "freigegeben am 14.01.2019"
    document = docx.Document(io.BytesIO(stored_docx(json.dumps(stored).encode())))
    assert "Fassung 1 (freigegeben am 14.01.2019)" in words_of(document)


@pytest.mark.django_db
@pytest.mark.usefixtures("quiet")
def test_the_draft_is_given_out(cast):
    records.make_catalogue()
    plan = records.make_plan(cast.home)
    records.fill(plan)
    address = f"/{cast.home.slug}/plaene/{plan.pk}/docx/"
    answer = cast.client().get(address)
    assert answer.status_code == 200
    name = f"{cast.home.ags}-{cast.home.slug}-plan-2018-entwurf.docx"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    words = words_of(docx.Document(io.BytesIO(answer.content)))
    for title in ("Bedarf 1", "Leitziel 1", "Maßnahme 1", "51.000,35", "Konferenz 1", "Beschluss 1"):
        assert title in words
    assert "Erika Geheim" not in words
    assert cast.client("foreign_planner").get(address).status_code == 404
    assert cast.client().get(f"/{cast.home.slug}/plaene/{10**30}/docx/").status_code == 404


def test_a_note_below_a_table_does_not_stand_alone_on_a_page(document):
    hint = next(style.style_id for style in document.styles if style.name == "Hinweis")
    kept = [
        line.paragraph_format.keep_with_next
        for upper, lower in pairwise(document.element.body)
        if upper.tag == qn("w:tbl") and lower.tag == qn("w:p") and lower.style == hint
        for cell in docx.table.Table(upper, document).rows[-1].cells
        for line in cell.paragraphs
    ]
    assert kept
    assert all(kept)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("quiet")
def test_a_frozen_edition_is_given_out_as_it_was(cast):
    records.make_catalogue()
    plan = records.make_plan(cast.home)
    records.fill(plan)
    version = freeze(plan)
    Need.objects.update(title="Später geändert")
    answer = cast.client().get(f"/{cast.home.slug}/plaene/{plan.pk}/fassungen/1/docx/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith('-plan-2018-fassung-1.docx"')
    assert answer.content == stored_docx(bytes(version.content))
    words = words_of(docx.Document(io.BytesIO(answer.content)))
    assert "Bedarf 1" in words
    assert "Später geändert" not in words
    assert cast.client().get(f"/{cast.home.slug}/plaene/{plan.pk}/fassungen/2/docx/").status_code == 404


def test_lists_begin_and_count_in_word_as_they_were_typed(content):
    first = content.chapters[0]
    text = "3. drei\n4. vier\n\nb) be\nc) ce\n\n- Punkt\n  II. zwei\n  III. drei innen"
    document = opened(replace(content, chapters=(replace(first, text=text), *content.chapters[1:])))
    numbers = {num.get(qn("w:numId")): num for num in document.part.numbering_part.element.iter(qn("w:num"))}
    kinds = {kind.get(qn("w:abstractNumId")): kind for kind in document.part.numbering_part.element}
    found = {}
    for line in document.paragraphs:
        if line.text in ("drei", "vier", "be", "ce", "zwei", "drei innen"):
            number, level = numbers[str(line._p.pPr.numPr.numId.val)], line._p.pPr.numPr.ilvl.val
            begin = number.find(qn("w:lvlOverride")).find(qn("w:startOverride")).get(qn("w:val"))
            look = kinds[number.find(qn("w:abstractNumId")).get(qn("w:val"))].findall(qn("w:lvl"))[level]
            found[line.text] = (begin, *(look.find(qn(f"w:{name}")).get(qn("w:val")) for name in ("numFmt", "lvlText")))
    assert found == {
        **dict.fromkeys(("drei", "vier"), ("3", "decimal", "%1.")),
        **dict.fromkeys(("be", "ce"), ("2", "lowerLetter", "%1)")),
        **dict.fromkeys(("zwei", "drei innen"), ("2", "upperRoman", "%2.")),
    }
