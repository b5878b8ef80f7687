"""Table cells, written in one go: a list shows hundreds of them, and template loops cost ten times as much."""

import html
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from records.parts import Cell, Row, Station, Thread

register = template.Library()

CELL = '<td data-l="{}" class="{}">{}</td>'
STATE = '<span class="state"><svg class="glyph" aria-hidden="true"><use href="{}#i-{}"></use></svg>{}</span>'
THREAD = '<span class="thread" role="img" aria-label="Roter Faden: {}">{}</span>'
THREAD_CELL = '<td data-l="Roter Faden">{}</td>'
MARK = (
    '<td class="c-mark"><label><input class="ck" type="checkbox" form="sammeln" name="zeile" '
    'value="{}:{}" aria-label="{} auswählen"{}></label></td>'
)
LINKED, MISSING = "<i></i>", '<i class="o"></i>'
NO_THREAD = mark_safe('<td data-l="Roter Faden">–</td>')


def escaped(text: Any) -> str:
    """As ``conditional_escape``, without the question whether it is translated later: a list asks 500 times."""
    return text.__html__() if hasattr(text, "__html__") else html.escape(str(text))


def breakable(text: str) -> str:
    """A line may break after a slash: „Mehrgenerationenhauses/Familienzentrums“ is as wide as three columns."""
    return mark_safe(escape(text).replace("/", "/<wbr>")) if "/" in text else text


def content(cell: Cell, icons: str) -> str:
    """What stands in a cell: links, a state with its glyph, a tag or the text; „–“ where there is nothing."""
    if cell.links:
        return format_html_join(", ", '<a href="{}">{}</a>', ((link.url, link.label) for link in cell.links))
    if not cell.text:
        return "–"
    if cell.style == "state" and cell.code:
        return mark_safe(STATE.format(escaped(icons), escaped(cell.code), escaped(cell.text)))
    if cell.style == "tag":
        return format_html('<span class="tag">{}</span>', cell.text)
    return breakable(cell.text)


@register.filter
def cells(row_cells: Iterable[Cell], icons: Any) -> SafeString:
    """The ``<td>`` elements of a row; ``icons`` is the address of the sprite."""
    parts = []
    for cell in row_cells:
        style = "num" if cell.style == "number" else f"c-{cell.style}"
        parts.append(CELL.format(escaped(cell.label), escaped(style), escaped(content(cell, str(icons)))))
    return mark_safe("".join(parts))


@register.filter
def thread_cell(thread: Thread | None) -> SafeString:
    """The red thread of a row in short form."""
    return NO_THREAD if thread is None else mark_safe(THREAD_CELL.format(thread_dots(thread)))


@register.filter
def thread_dots(thread: Thread) -> SafeString:
    """A dot per station, dashed where it is missing."""
    dots = "".join(MISSING if station.state == "gap" else LINKED for station in thread.stations)
    return mark_safe(THREAD.format(escaped(thread.summary), dots))


@register.filter
def mark_cell(row: Row) -> SafeString:
    """The box that marks a row for the bar above the table (components/_bulk.html); it carries the version seen."""
    checked = " checked" if row.marked else ""
    return mark_safe(MARK.format(row.pk, row.version, escaped(row.title), checked))


@register.filter
def gaps_ahead(thread: Thread | None) -> list[Station]:
    """What is missing after the record itself and can be mended from here."""
    stations = list(thread.stations) if thread else []
    here = next((place for place, station in enumerate(stations) if station.state == "here"), len(stations))
    return [station for station in stations[here:] if station.state == "gap" and station.link]
