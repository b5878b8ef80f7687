"""The look of the Word document: real styles, so that whoever edits it changes them in one place."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from printing.word.parts import element

ACCENT, INK, SOFT = RGBColor(0x15, 0x50, 0x6B), RGBColor(0x1A, 0x1C, 0x1D), RGBColor(0x50, 0x56, 0x5A)
FONT = "Arial"  # with its metric twins on every system
LANGUAGE = "de-DE"
TABLE = "Plantabelle"
WIDTH_CM = 16.8  # of the text
# Name, base, size in pt, colour, space before and after in pt, further properties.
PARAGRAPHS: tuple[tuple[str, str, float, RGBColor, float, float, dict[str, Any]], ...] = (
    ("Normal", "", 10.5, INK, 0, 6, {}),
    ("Title", "", 30, INK, 60, 6, {}),
    ("Subtitle", "", 13, SOFT, 0, 6, {}),
    ("Heading 1", "", 20, ACCENT, 0, 12, {"page_break_before": True}),
    ("Heading 2", "", 14, ACCENT, 18, 4, {}),
    ("Heading 3", "", 11.5, INK, 12, 3, {}),
    ("Heading 4", "", 10.5, INK, 9, 3, {}),
    ("Caption", "", 9, SOFT, 10, 3, {"keep_with_next": True}),
    ("List Bullet", "", 10.5, INK, 0, 3, {}),
    ("List Number", "", 10.5, INK, 0, 3, {}),
    ("Quote", "", 12, ACCENT, 6, 6, {"italic": True}),
    ("Header", "", 8.5, SOFT, 0, 0, {}),
    ("Footer", "", 8.5, SOFT, 0, 0, {}),
    ("Einleitung", "Normal", 12, INK, 0, 9, {}),
    ("Tabellentext", "Normal", 9, INK, 0, 0, {}),
    ("Hinweis", "Normal", 9, SOFT, 0, 6, {}),
    ("Beleg", "Normal", 9, INK, 0, 2, {"hang": 3.4}),
    ("Leitziel", "Normal", 11, INK, 9, 3, {"hang": 2.4, "bold": True, "keep_with_next": True}),
    ("Handlungsziel", "Normal", 10.5, INK, 0, 3, {"left": 1.2, "hang": 1.2}),
    ("Maßnahmenziel", "Normal", 10, INK, 0, 3, {"left": 2.4, "hang": 1.4}),
    ("Inhaltsverzeichnis", "Normal", 20, ACCENT, 0, 12, {"page_break_before": True}),
    ("Inhalt 1", "Normal", 10.5, INK, 4, 0, {"toc": True, "bold": True}),
    ("Inhalt 2", "Normal", 8.5, INK, 0, 0, {"toc": True, "left": 0.8}),
)
BEHIND_UPDATE = {qn(f"w:{name}") for name in ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "rsids")}
TOC_NAMES = {"Inhalt 1": "TOC 1", "Inhalt 2": "TOC 2"}  # as Word calls them; it fills them anew with the contents


def style_of(document: Any, name: str, base: str) -> Any:
    """A style of the template, or a new one."""
    styles = document.styles
    name = TOC_NAMES.get(name, name)
    if name not in [style.name for style in styles]:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles[base or "Normal"]
        style.quick_style = True
    return styles[name]


def set_up_styles(document: Any) -> None:
    """All styles of the document, and German as its language."""
    for name, base, size, colour, before, after, more in PARAGRAPHS:
        style = style_of(document, name, base)
        style.font.size, style.font.color.rgb = Pt(size), colour
        set_font(style)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.keep_with_next = more.get("keep_with_next", name.startswith("Heading") or None)
        form.page_break_before = more.get("page_break_before")
        if "hang" in more:
            form.left_indent, form.first_line_indent = Cm(more.get("left", 0) + more["hang"]), Cm(-more["hang"])
            form.tab_stops.add_tab_stop(Cm(more.get("left", 0) + more["hang"]))
        elif "left" in more:
            form.left_indent = Cm(more["left"])
        if more.get("toc"):
            form.tab_stops.add_tab_stop(Cm(WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
        if name not in ("Header", "Footer"):
            style.font.bold = more.get("bold", name.startswith("Heading") or None)
        style.font.italic = more.get("italic")
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = ACCENT, True
    add_table_style(document)
    set_language(document)


def set_font(style: Any) -> None:
    """One face for every script, instead of the template's theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def add_table_style(document: Any) -> None:
    """The plan's tables: rules above and below, hairlines between rows, none between columns; the head is bold."""
    style = document.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    properties = element("w:tblPr")
    properties.append(borders("w:tblBorders", top="6", bottom="6", insideH="2"))
    margins = element("w:tblCellMar")
    for side, width in (("top", "30"), ("left", "0"), ("bottom", "30"), ("right", "110")):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    properties.append(margins)
    style.element.append(properties)
    head = element("w:tblStylePr", type="firstRow")
    bold, cell = element("w:rPr"), element("w:tcPr")
    bold.append(element("w:b"))
    cell.append(borders("w:tcBorders", bottom="6"))
    head.append(bold)
    head.append(cell)
    style.element.append(head)


def borders(name: str, **sizes: str) -> Any:
    """Lines in eighths of a point; strong ones dark."""
    made = element(name)
    for side, size in sizes.items():
        made.append(element(f"w:{side}", val="single", sz=size, space="0", color="1A1C1D" if size == "6" else "BFC5C9"))
    return made


def set_language(document: Any) -> None:
    """German for spelling and hyphens, in the defaults of all styles."""
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), LANGUAGE)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    if properties.find(qn("w:lang")) is None:
        properties.append(element("w:lang", val=LANGUAGE))
    settings = document.settings.element
    behind = next((child for child in settings if child.tag in BEHIND_UPDATE), None)
    update = element("w:updateFields", val="true")  # contents and page numbers are made when the file is opened
    settings.append(update) if behind is None else behind.addprevious(update)
    for found in settings.iter(qn("w:themeFontLang")):
        found.set(qn("w:val"), LANGUAGE)
