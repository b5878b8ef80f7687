"""What templates of documents need: long dates, amounts, texts as paragraphs, numbered headings and tables."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from html import unescape
from operator import attrgetter
from typing import Any, Protocol
from zlib import crc32

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from printing.markup import to_html
from printing.markup_cells import to_lines
from printing.numbering import Counter, Heading
from printing.papers.frame import for_head
from printing.papers.numbering import DocumentNumbering
from printing.typeset import MONTHS

register = template.Library()

DASH = "–"
NARROW = "\u202f"
LOWEST = 5  # level of a heading: one more below it is the last that HTML knows
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
    """A text inside a cell: its markup as lines, empty lines go; „–“ where there is none."""
    return to_lines(str(text)) or mark_safe(DASH)


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


@register.simple_tag(takes_context=True)
def absaetze(context: Context, text: str, level: int = 3) -> SafeString:
    """A long text with its markup. ``level`` is the one of headings in it, below the heading under which it stands.

    They carry no number and stand in no contents: chapters number their own.
    """
    numbers: Counter | None = context.get("nummern")
    shift = numbers.shift if numbers else 0
    is_printed = numbers is not None and not shift
    return to_html(text, printed=is_printed, level=min(level + shift, LOWEST), prefix=prefix_of(text))


def prefix_of(text: str) -> str:
    """What tells the footnotes of this text apart from those of others on the page."""
    return f"t{crc32(text.encode(errors='replace')):x}"


@register.simple_tag(takes_context=True)
def eigener_text(context: Context, text: str) -> SafeString:
    """The own text of a chapter of a report: its headings and tables are numbered before those of the records."""
    return to_html(text, numbers=context["nummern"], printed=True, prefix=prefix_of(text))


@register.filter
def einzeilig(text: str) -> str:
    """The words of a long text on one line, for lists that show its beginning."""
    return unescape(strip_tags(to_lines(text).replace("<br>", " ")))


@register.filter
def nennt(rows: Iterable[Any], path: str) -> bool:
    """Whether any of the rows says this („said.decision“): a column that nobody has filled is left out."""
    return any(map(attrgetter(path), rows))


@register.filter
def ohne(title: str, name: str) -> str:
    """A title without the name that stands beside it: „Familienbericht (Kreisausschuss)“ → „Familienbericht“."""
    return title.removesuffix(f" ({name})")


@register.filter
def verschieden(rows: Iterable[Any], path: str) -> bool:
    """Whether the rows differ in this („year“): a column that says the same everywhere is left out."""
    return len(set(map(attrgetter(path), rows))) > 1


@register.filter
def fuge(word: str) -> str:
    """A long compound for the head of a narrow column, which parts where its words meet."""
    return word.replace("Teilnahmebeiträge", "Teilnahme\u00adbeiträge")


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
