"""Table cells, written in one go: a list shows hundreds of them, and template loops cost ten times as much."""

import html
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from records.parts import Cell, Row, Station, Thread
from records.text import row_named as named

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
NO_THREAD = '<td data-l="Roter Faden">–</td>'
ROW_HEAD = '<th scope="row"><a class="rec" href="{}">{}</a>{}</th>'
EXAMPLE = ' <span class="tag ex">Beispiel</span>'


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


@register.simple_tag
def table_rows(rows: Iterable[Row], icons: Any, marks: Any = None, thread: Any = False) -> SafeString:
    """The rows of a table; ``icons`` is the address of the sprite, ``marks``: with a box that marks the row."""
    sprite = str(icons)
    parts = []
    for row in rows:
        parts.append(f"<tr>{mark_cell(row) if marks else ''}")
        parts.append(ROW_HEAD.format(escaped(row.url), escaped(row.title), EXAMPLE if row.is_example else ""))
        parts += [cell_of(cell, sprite) for cell in row.cells]
        parts.append(f"{thread_cell(row.thread) if thread else ''}</tr>")
    return mark_safe("".join(parts))


def cell_of(cell: Cell, sprite: str) -> str:
    """The ``<td>`` element of a cell."""
    style = "num" if cell.style == "number" else f"c-{cell.style}"
    return CELL.format(escaped(cell.label), escaped(style), escaped(content(cell, sprite)))


def thread_cell(thread: Thread | None) -> str:
    """The red thread of a row in short form."""
    return NO_THREAD if thread is None else THREAD_CELL.format(thread_dots(thread))


@register.filter
def thread_dots(thread: Thread) -> SafeString:
    """A dot per station, dashed where it is missing."""
    dots = "".join(MISSING if station.state == "gap" else LINKED for station in thread.stations)
    return mark_safe(THREAD.format(escaped(thread.summary), dots))


def mark_cell(row: Row) -> str:
    """The box that marks a row for the bar above the table (components/_bulk.html); it carries the version seen."""
    return MARK.format(row.pk, row.version, escaped(row.title), " checked" if row.marked else "")


@register.filter
def gaps_ahead(thread: Thread | None) -> list[Station]:
    """What is missing after the record itself and can be mended from here."""
    stations = list(thread.stations) if thread else []
    here = next((place for place, station in enumerate(stations) if station.state == "here"), len(stations))
    return [station for station in stations[here:] if station.state == "gap" and station.link]


@register.filter
def row_named(number: int) -> str:
    """The number of a row of a file as the person finds it there."""
    return named(number)


@register.filter
def rows_named(numbers: Iterable[int]) -> str:
    """„3, 5“; a row whose years stand side by side names its year."""
    return ", ".join(map(named, numbers))
