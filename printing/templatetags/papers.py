"""What templates of documents need: long dates, amounts, texts as paragraphs, numbered headings and tables."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, Protocol

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from printing.numbering import Counter, Heading
from printing.papers.frame import for_head
from printing.papers.numbering import DocumentNumbering
from printing.typeset import MONTHS

register = template.Library()

DASH = "–"
NARROW = "\u202f"
LONGEST_LEAD = 350  # characters
MARK = mark_safe(' <span class="bsp">Beispiel</span>')  # a constant
MONTH_NAMES = MONTHS.split("|")


class Spoken(Protocol):
    """A date of whatever precision that knows its own long words."""

    @property
    def in_words(self) -> str:
        """„August 2017“."""


Dated = Spoken | date


# ---------------------------------------------------------------- dates and numbers
@register.filter
def lang(value: Dated | None) -> str:
    """„17. August 2016“, „August 2017“, „–“."""
    if value is None:
        return DASH
    if isinstance(value, date):
        return f"{value.day}. {MONTH_NAMES[value.month - 1]} {value.year}"
    return value.in_words


@register.filter
def bis(begin: Dated | None, end: Dated | None) -> str:
    """A period in words: „1. April 2018 bis 31. Dezember 2018“, „seit 2016“, „bis Juni 2018“, „–“."""
    if begin and end:
        return lang(begin) if begin == end else f"{lang(begin)} bis {lang(end)}"
    if begin:
        return f"seit {lang(begin)}"
    return f"bis {lang(end)}" if end else DASH


@register.filter
def ab(begin: Dated | None, end: Dated | None) -> str:
    """A planned period: as ``bis``, but without an end „ab Juli 2018“, which does not say that it has begun."""
    return f"ab {lang(begin)}" if begin and not end else bis(begin, end)


@register.filter
def am(begin: Dated | None, end: Dated | None = None) -> str:
    """When an event was: as ``bis``, but a date alone is a point in time and not a beginning."""
    return lang(begin) if begin and not end else bis(begin, end)


def grouped(text: str, separator: str = NARROW) -> str:
    """„1234567“ → „1 234 567“ with narrow blanks that do not break; amounts have points („1.234.567“)."""
    sign, digits = ("−", text[1:]) if text.startswith("-") else ("", text)
    head = len(digits) % 3
    parts = [digits[:head]] * bool(head) + [digits[i : i + 3] for i in range(head, len(digits), 3)]
    return sign + separator.join(parts)


@register.filter
def zahl(value: Decimal | int | None) -> str:
    """A number as it is meant: „1 234,5“; „–“ where there is none. Written as on the pages of the portal."""
    if value is None:
        return DASH
    whole, _, rest = format(value, "f").partition(".")
    rest = rest.rstrip("0")
    return f"{grouped(whole)},{rest}" if rest else grouped(whole)


@register.filter
def betrag(value: Decimal | None) -> str:
    """An amount in euro on the cent: „33.500,00“; „–“ where there is none."""
    if value is None:
        return DASH
    whole, _, rest = format(value, ".2f").partition(".")
    return f"{grouped(whole, '.')},{rest}"


# ---------------------------------------------------------------- texts
@register.filter
def oder(value: Any, other: str = DASH) -> Any:
    """The value, or „–“ where it is empty."""
    return other if value in ("", None, ()) else value


@register.filter
def liste(values: Iterable[str]) -> str:
    """„a, b, c“ or „–“."""
    return ", ".join(values) or DASH


@register.filter
def punkte(values: Iterable[str]) -> str:
    """Parts on one line, empty ones left out: „a · b“."""
    return " · ".join(part for part in values if part)


@register.filter
def zeilen(text: str) -> SafeString:
    """A text inside a cell: line breaks stay, empty lines go."""
    lines = [line.strip() for line in str(text).splitlines() if line.strip()]
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines)) or mark_safe(DASH)


@register.filter
def ohne_nummer(title: str) -> str:
    """„2 Bildung“ → „Bildung“, where a number stands before the heading anyway."""
    number, _, rest = title.partition(" ")
    return rest if number.isdigit() and rest else title


@register.filter
def nur_nummer(title: str) -> str:
    """„2 Bildung“ → „2“ for the head of a narrow column, with the titles below the table; others as they are."""
    number, _, _rest = title.partition(" ")
    return number if number.isdigit() else title


@register.filter
def absaetze(text: str, first_class: str = "") -> SafeString:
    """Plain text as paragraphs: an empty line divides, lines with „- “ are a list.

    ``first_class`` sets a short paragraph apart where it opens the text.
    """
    blocks: list[SafeString] = []
    paragraph: list[str] = []
    items: list[str] = []

    def close() -> None:
        if paragraph:
            words = " ".join(paragraph)
            opens = first_class and not blocks and len(words) <= LONGEST_LEAD
            blocks.append(format_html('<p class="{}">{}</p>' if opens else "<p>{1}</p>", first_class, words))
        if items:
            blocks.append(format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((item,) for item in items))))
        paragraph.clear()
        items.clear()

    for line in str(text).splitlines():
        stripped = line.strip()
        bullet = stripped[:2] in ("- ", "– ", "• ")
        if not stripped or (bullet and paragraph) or (items and not bullet):
            close()
        if bullet:
            items.append(stripped[2:].strip())
        elif stripped:
            paragraph.append(stripped)
    close()
    return mark_safe("\n".join(blocks))  # built by format_html


@register.filter
def nennt(rows: Iterable[Any], path: str) -> bool:
    """Whether any of the rows says this („said.decision“): a column that nobody has filled is left out."""
    return any(map(attrgetter(path), rows))


@register.filter
def ist_kurz(rows: Sequence[Any], most: int = 8) -> bool:
    """True for a table that is kept on one page."""
    return len(rows) <= most


# ---------------------------------------------------------------- examples
def all_examples(rows: Iterable[Any]) -> bool:
    """True where every row is invented."""
    rows = list(rows or ())
    return bool(rows) and all(getattr(row, "example", False) for row in rows)


@register.simple_tag
def beispiel(row: Any, rows: Iterable[Any] | None = None) -> SafeString:
    """„Beispiel“ at an invented row, unless the caption of the table says it for all."""
    return MARK if row.example and not (rows is not None and all_examples(rows)) else mark_safe("")


@register.simple_block_tag(end_name="endangaben")
def angaben(content: SafeString) -> SafeString:
    """A report's chapter behind its heading; one that says nothing says so once, without empty sections."""
    return content if content.strip() else mark_safe('<p class="leer">In diesem Bericht ohne Angaben.</p>')


# ---------------------------------------------------------------- numbered headings and tables
@register.simple_tag(takes_context=True)
def kapitel(context: Context, title: str) -> SafeString:
    """A chapter's heading inside ``<section class="kap">``: on a page of its own, listed in the contents."""
    numbers: DocumentNumbering = context["nummern"]
    entry = numbers.chapter(title)
    return format_html(
        '<h1 id="{}" data-kurz="{}  {}" data-bm="{} {}"><span class="nr">{}</span> {}</h1>',
        entry.anchor,
        entry.number,
        for_head(title),
        entry.number,
        title,
        entry.number,
        title,
    )


def heading_html(context: Context, heading: Heading, level: int, extra: SafeString | str = "") -> SafeString:
    """The markup of a numbered heading of this level."""
    tag = f"h{level + context['nummern'].shift}"
    return format_html(
        '<{} id="{}"><span class="nr">{}</span> {}{}</{}>',
        mark_safe(tag),
        heading.anchor,
        heading.number,
        heading.title,
        conditional_escape(extra),
        mark_safe(tag),
    )


@register.simple_tag(takes_context=True)
def abschnitt(context: Context, title: str) -> SafeString:
    """A section's heading with number; the contents list it."""
    numbers: Counter = context["nummern"]
    return heading_html(context, numbers.section(title), 2)


@register.simple_tag(takes_context=True)
def unterabschnitt(context: Context, title: str, row: Any = None) -> SafeString:
    """A subsection's heading with number."""
    numbers: Counter = context["nummern"]
    return heading_html(context, numbers.subsection(title), 3, MARK if row is not None and row.example else "")


@register.simple_tag(takes_context=True)
def tabelle(context: Context, title: str, rows: Iterable[Any] = ()) -> SafeString:
    """A caption with the table's number; „Beispiel“ where every row is one."""
    numbers: Counter = context["nummern"]
    return format_html("<caption><b>{} </b>{}{}</caption>", numbers.table(), title, MARK if all_examples(rows) else "")


@register.simple_tag(takes_context=True)
def abbildung(context: Context, title: str) -> SafeString:
    """The caption of a figure with its number."""
    numbers: Counter = context["nummern"]
    return format_html("<figcaption><b>{} </b>{}</figcaption>", numbers.figure(), title)
