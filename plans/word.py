"""The plan as DOCX: title page, contents, all chapters, from the same content as the PDF. Same content, same bytes."""

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from django.template.loader import render_to_string
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Mm, Pt

from plans.abbreviations import abbreviations_in
from plans.content import TEMPLATE_VERSION, PlanContent, fingerprint, to_json
from plans.drawing import created_at, draw_parts
from plans.parsing import from_json
from printing.templatetags.papers import lang
from printing.word.parts import add_field, inner_link
from printing.word.styles import LANGUAGE, WIDTH_CM, set_up_styles
from printing.word.tree import clean, tree_of
from printing.word.writer import Writer
from records.templatetags.german import datum

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOT_THE_DOCUMENT = "Bearbeitbare Abschrift. Verbindlich ist das PDF dieser Fassung; seine Prüfnummer nennt das Portal."
FOREIGN = {"thumbnail", "stylesWithEffects", "customXml"}
OWN_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org'
    b'/officeDocument/2006/extended-properties"><Application>LSZ-Portal</Application></Properties>'
)
SHOWN_LEVELS = 2  # of headings in the contents


def stored_docx(data: bytes) -> bytes:
    """A frozen edition as DOCX, from its plan.json and never from the records."""
    return plan_docx(from_json(data), data)


def plan_docx(content: PlanContent, data: bytes | None = None) -> bytes:
    """The plan as DOCX. ``data`` is its plan.json where it is known already; its hash is printed."""
    document: Any = docx.Document()
    set_up_styles(document)
    set_up_page(document, content)
    set_properties(document, content)
    writer = Writer(document)
    title_page(writer, content, data if data is not None else to_json(content))
    contents = document.add_paragraph("Inhalt", style="Inhaltsverzeichnis")
    parts = [html for html, _ in draw_parts(content, with_drawings=False)]  # those that the edition has
    abbreviations = {"abbreviations": abbreviations_in(parts)}
    for html in (*parts, render_to_string("plans/plan/_abbreviations.html", abbreviations)):
        writer.write(tree_of(html))
    add_contents(contents, writer.headings)
    buffer = io.BytesIO()
    drop_foreign_parts(document)
    document.save(buffer)
    return fixed(buffer.getvalue(), created_at(content))


def set_up_page(document: Any, content: PlanContent) -> None:
    """A4, running head and foot from the second page on."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(22), Mm(20)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.different_first_page_header_footer = True
    tab = Cm(WIDTH_CM)
    head = section.header.paragraphs[0]
    head.paragraph_format.tab_stops.add_tab_stop(tab, WD_TAB_ALIGNMENT.RIGHT)
    head.add_run(clean(f"Integrierter Plan {content.year or '–'}\t{content.municipality}"))
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(tab, WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{edition_of(content)} · Angaben vom {datum(content.as_of)}\tSeite ")
    add_field(foot, "PAGE", "1")
    foot.add_run(" von ")
    add_field(foot, "NUMPAGES", "1")
    for part in (head, foot):  # the template's own stops would come first
        stops = part.style.paragraph_format.tab_stops
        stops.clear_all()


def edition_of(content: PlanContent) -> str:
    """„Fassung 1 (Entwurf)“."""
    return f"{content.edition_name} ({content.state})" if content.state else content.edition_name


def set_properties(document: Any, content: PlanContent) -> None:
    """Title, author, language and times in the file's properties."""
    properties = document.core_properties
    when = created_at(content).replace(tzinfo=None)
    properties.title, properties.author = clean(content.title)[:255], clean(content.authority)[:255]
    properties.subject = f"{edition_of(content)}, Angaben vom {datum(content.as_of)}"[:255]
    words = ("Sozialplanung", "Landesprogramm Familie", content.municipality, str(content.year or "–"))
    properties.keywords = clean(", ".join(words))[:255]
    properties.comments = NOT_THE_DOCUMENT
    properties.language, properties.category = LANGUAGE, "Plan"
    properties.last_modified_by, properties.revision = properties.author, 1
    properties.created = properties.modified = when


def title_page(writer: Writer, content: PlanContent, data: bytes) -> None:
    """Whose plan of which year, and what the edition is."""
    document = writer.document
    document.add_paragraph(clean(content.municipality_full), style="Subtitle")
    document.add_paragraph(clean(f"Fachspezifischer integrierter Plan {content.municipality}"), style="Title")
    year = document.add_paragraph(style="Subtitle")
    year.paragraph_format.space_after = Pt(220)
    year.add_run(str(content.year or "–")).font.size = Pt(60)
    document.add_paragraph("Landesprogramm „Solidarisches Zusammenleben der Generationen“", style="Hinweis")
    if content.example:
        words = "Angaben mit dem Vermerk „Beispiel“ sind zur Vorführung erfunden."
        document.add_paragraph(words, style="Hinweis")
    groups = fingerprint(data)
    counted = f" ({content.population_year})" if content.population_year else ""
    people = f"; {content.population} Einwohnerinnen und Einwohner{counted}" if content.population else ""
    facts = (
        ("Fassung", f"{edition_of(content)}, Angaben vom {lang(content.as_of)}"),
        ("Stand", content.running),
        (
            "Planungszyklus",
            content.cycle if content.cycle_years in content.cycle else f"{content.cycle} ({content.cycle_years})",
        ),
        ("Fortschreibung", content.predecessor),
        ("Kommune", f"{content.municipality_full}, amtlicher Schlüssel {content.ags}{people}"),
        ("Herausgeber", f"{content.authority}, Sozialplanung"),
        ("Anschrift und Kontakt", ", ".join(content.office)),
        ("Vorlage", f"Planvorlage {TEMPLATE_VERSION}, erzeugt im LSZ-Portal aus den Einträgen der Kommune"),
        ("Prüfnummer der Plandaten", " ".join(groups)),
        ("Hinweis", NOT_THE_DOCUMENT),
    )
    writer.facts("Angaben zu dieser Fassung", [(label, value) for label, value in facts if value])


def add_contents(title: Any, headings: list[tuple[int, str, str]]) -> None:
    """The contents behind their title; each page number is a field, which Word and LibreOffice work out.

    The whole is no field of its own: LibreOffice shows what such a field held when it was written, and nobody knows
    page numbers then.
    """
    place = title
    for level, words, bookmark in headings:
        if level > SHOWN_LEVELS:
            continue
        paragraph = insert_after(place, f"TOC {level}")
        before = len(paragraph._p)
        paragraph.add_run(words)
        paragraph.add_run("\t")
        add_field(paragraph, f"PAGEREF {bookmark} \\h", "", dirty=True)
        runs = list(paragraph._p)[before:]
        link = inner_link(paragraph, bookmark)
        link.extend(runs)
        place = paragraph


def insert_after(paragraph: Any, style: str) -> Any:
    """A new paragraph behind another one."""
    from docx.text.paragraph import Paragraph

    element = docx.oxml.OxmlElement("w:p")
    paragraph._p.addnext(element)
    made = Paragraph(element, paragraph._parent)
    made.style = style
    return made


def drop_foreign_parts(document: Any) -> None:
    """Take out what the library's template brings: its picture, its program, what nothing here refers to."""
    package = document.part.package
    for holder in (package, document.part):
        for name, relation in list(holder.rels.items()):
            if relation.reltype.rpartition("/")[2] in FOREIGN:
                holder.rels.pop(name)
    properties = next(r for r in package.rels.values() if r.reltype.endswith("/extended-properties"))
    properties.target_part._blob = OWN_PROPERTIES


def fixed(data: bytes, when: datetime) -> bytes:
    """The same archive with one time for every part, so that the same plan gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, when.timetuple()[:6])
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(info, source.read(name))
    return buffer.getvalue()
