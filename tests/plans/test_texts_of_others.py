"""Texts as published plans are built, pasted from Word: the same structure on the screen, in the PDF and in Word."""

import io
import re
from dataclasses import replace

import docx
import pytest

from plans.drawing import plan_pdf
from plans.enums import ChapterCode
from plans.word import plan_docx
from printing.markup import to_html
from records.pasted import read_pasted
from tests.plans.printed import open_pdf, words_of
from tests.plans.sample import sample_plan
from tests.records.plan_texts import FORMS

MARKS = ("a)", "b)", "c)", "I.", "II.", "3.", "4.", "5.", "(1)", "(2)")
WORD_FORMATS = {"decimal", "lowerLetter", "upperRoman"}
SCREEN = (
    '<ol class="z-klein-klammer"><li>Eltern mit Kindern unter drei Jahren</li>',
    '<ol class="z-roemisch"><li>Innenstadt mit Bahnhofsviertel</li>',
    '<ol start="3"><li>Beschluss des Ausschusses</li><li>Beteiligung der Träger<ul><li>schriftlich</li>',
    '<ol class="z-zahl-klammern"><li>Frühe Hilfen ausbauen</li>',
    "<strong>74.212 Menschen</strong>",
    '<td class="n">120.000,00</td>',
)


@pytest.mark.once
@pytest.mark.slow
def test_what_word_gave_is_kept_on_screen_in_pdf_and_in_word():
    text = "\n\n".join(read_pasted(*forms[0]).text for forms in FORMS.values())
    screen = to_html(text)
    assert [part for part in SCREEN if part not in screen] == []
    plan = sample_plan()
    chapters = (replace(each, text=text if each.code == ChapterCode.NEEDS else "") for each in plan.chapters)
    plan = replace(plan, chapters=tuple(chapters))
    printed = words_of(open_pdf(plan_pdf(plan)))
    assert [mark for mark in MARKS if f"{mark} " not in f"{printed} "] == []
    written = docx.Document(io.BytesIO(plan_docx(plan)))
    numbers = written.part.numbering_part.element
    assert {each.get(VAL) for each in numbers.iter(f"{W}numFmt")} >= WORD_FORMATS
    assert "3" in {each.get(VAL) for each in numbers.iter(f"{W}startOverride")}
    bullets = numbers.find(f"{W}abstractNum")
    assert {each.get(VAL) for each in bullets.iter(f"{W}lvlText")} == {"–"}, "on each level the sign of print"
    cells = {cell.text for table in written.tables for row in table.rows for cell in row.cells}
    assert {"Süd und Mitte", "120.000,00", "Jugendamt und freie Träger"} <= cells
    headings = [each.text for each in written.paragraphs if each.style.name.startswith("Heading")]
    assert (
        sum(bool(re.search(r"(3\.1 Ausgangslage|2\.3 Sozialräume|4\.2\.1 Handlungs)", each)) for each in headings) == 3
    )
    bold = {run.text for each in written.paragraphs for run in each.runs if run.bold}
    assert {"74.212 Menschen", "zwei Räume"} <= bold


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
