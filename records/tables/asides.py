"""Rows of a table that are no records: sums, footnotes, heads between and on every page, rows that are hidden.

They are shown and left out until the person says otherwise. A row with an identifier of ours is always a record.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from records.tables.files import TypedCell, TypedRow, TypedTable
from records.text import fold

SUM, NOTE, HEAD, BAND, HIDDEN, COUNT, PAGE, STRUCK = (
    "Summe",
    "Anmerkung",
    "Kopfzeile, wiederholt",
    "Zwischenüberschrift",
    "ausgeblendet",
    "Nummern der Spalten",
    "Seitenzahl",
    "durchgestrichen",
)
BANDS = "Zwischenüberschriften"
ADDED = re.compile(
    r"(?:zwischen|gesamt|end|teil)?summen?\b.{0,60}|(?:gesamt|insgesamt|total|zusammen|uebertrag|saldo|durchschnitt|"
    r"mittelwert|gesamtbetrag|gesamtkosten|gesamtausgaben|gesamtzahl)(?:[ :.].{0,30})?|davon .{0,40}"
)
LONGEST_NUMBER = 60  # characters
NUMBER = re.compile(r"[-−+(]?[\d.,\s%€]*\d[\d.,\s%€)]*(?:eur|euro|t€|teur)?", re.IGNORECASE)
FOOTNOTE = re.compile(
    r"(?:\*+|[¹²³⁴]|\(?\d{1,2}\)|[a-z]\))\s?\S.*|(?:quellen?|anmerkung(?:en)?|hinweise?|legende|stand|"
    r"erstellt|abkuerzung(?:en)?|erlaeuterung(?:en)?|fussnoten?|bearbeitet)\b.*",
    re.DOTALL,
)
PAGE_NUMBER = re.compile(r"-? ?(?:seite|blatt|s\.) ?\d{1,3}(?: ?(?:von|/) ?\d{1,3})?|- ?\d{1,3} ?-")
KEY = re.compile(r"(?:zeichen|farb)?(?:legende|erklaerung|erlaeuterung(?:en)?|abkuerzung(?:en|sverzeichnis)?)\b.{0,40}")
LETTER = re.compile(r"(?:[A-Z]|[IVX]{1,5})[.)]?")
DIGITS, LONGEST = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?"), 400


@dataclass(frozen=True)
class Aside:
    """A row that is no record, what it is taken for, and what stands in it."""

    number: int
    kind: str
    text: str


def asides_of(table: TypedTable, *, identifier: int | None) -> list[Aside]:
    """The rows that are no records, in their order; ``identifier`` is the column with those of ours."""
    full = [sum(bool(cell.text) for cell in row.cells) for row in table.rows]
    usual = median([cells for cells in full if cells > 1] or [1])
    end = key_of(table) if max(full, default=0) > 2 and identifier is None else len(table.rows)
    last = max((place for place, cells in enumerate(full[:end]) if cells > 1), default=0)
    is_counted = identifier is None and max(full, default=0) > 2 and counts_rows(table.rows[:end])
    found = []
    for place, row in enumerate(table.rows):
        if identifier is not None and len(row.cells) > identifier and row.cells[identifier].text:
            continue
        kind = NOTE if place >= end else kind_of_row(table, row, is_wide=usual >= 2, is_first=place == 0)
        if not kind and identifier is None and usual >= 3 and is_band(table, row):
            kind = NOTE if place > last else BAND
        title = lettered(row) if not kind and is_counted else ""
        kind = kind or (BAND if title else kind_of_look(table, row.number))
        if kind:
            found.append(Aside(row.number, kind, (title or " · ".join(filled(row).values()))[:LONGEST]))
    return found


def kind_of_look(table: TypedTable, number: int) -> str:
    """What somebody has put aside without a word: hidden, or struck through as a whole."""
    return HIDDEN if number in table.hidden else STRUCK if number in table.struck else ""


def filled(row: TypedRow) -> dict[int, str]:
    """What stands in a row, by column."""
    return {column: cell.shown or cell.text for column, cell in enumerate(row.cells) if cell.text}


def key_of(table: TypedTable) -> int:
    """The place from which on nothing but the key of the table stands („Legende“ and what its signs mean)."""
    end = len(table.rows)
    for place in range(end - 1, -1, -1):
        texts = list(filled(table.rows[place]).values())
        if len(texts) > 2:
            return end
        if len(texts) == 1 and KEY.fullmatch(fold(texts[0]).strip(": ")):
            end = place
    return end


def counts_rows(rows: Sequence[TypedRow]) -> bool:
    """Whether the first column counts the rows."""
    texts = [row.cells[0].text for row in rows if row.cells and row.cells[0].text]
    return len(texts) > 2 and 2 * sum(bool(DIGITS.fullmatch(text)) for text in texts) > len(texts)


def lettered(row: TypedRow) -> str:
    """The text of a row that says nothing but „A Bildung“ where others are counted; empty for others."""
    texts = filled(row)
    if list(texts)[:1] == [0] and len(texts) == 2 and LETTER.fullmatch(texts[0]):
        return [*texts.values()][1]
    return ""


def kind_of_row(table: TypedTable, row: TypedRow, *, is_wide: bool, is_first: bool) -> str:
    """What a row is by its words; empty where it may be a record."""
    texts = filled(row)
    first, *others = texts.values()
    if others and any(is_head(texts, line) for line in table.lines):
        return HEAD
    if ADDED.fullmatch(in_line(first).strip(": ")) and all(is_number(in_line(text)) for text in others):
        return SUM
    if is_wide and not others and PAGE_NUMBER.fullmatch(in_line(first)):
        return PAGE
    if is_wide and not others and FOOTNOTE.fullmatch(in_line(first)):
        return NOTE
    numbers = [in_line(text).strip("().") for text in texts.values()] if is_first else []
    if len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]:
        return COUNT
    return ""


def in_line(text: str) -> str:
    """A text as it is compared. Only what has to be is: a table has 300 000 cells."""
    return fold(" ".join(text.split()))


def is_number(text: str) -> bool:
    """Whether a cell beside a sum holds a number or nothing."""
    return text in ("-", "–") or (len(text) <= LONGEST_NUMBER and bool(NUMBER.fullmatch(text)))


def is_head(texts: Mapping[int, str], line: Sequence[str]) -> bool:
    """Whether a row only says the heads once more, as tables do on every printed page."""
    return all(column < len(line) and fold(line[column]) == in_line(text) for column, text in texts.items())


def is_band(table: TypedTable, row: TypedRow) -> bool:
    """Whether a row is nothing but a text over the table."""
    return len(filled(row)) == 1 or any(end - begin >= 2 for begin, end in table.spans.get(row.number, ()))


def banded(table: TypedTable, bands: Sequence[Aside]) -> Iterator[TypedRow]:
    """The rows with one cell more: the heading that stands above them."""
    titles, title = {band.number: band.text for band in bands}, ""
    for row in table.rows:
        title = titles.get(row.number, title)
        beside = (TypedCell(),) * (len(table.heads) - len(row.cells))
        yield TypedRow(row.number, (*row.cells, *beside, TypedCell(title)))
