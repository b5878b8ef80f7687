"""Rows of a table that are no records: sums, footnotes, heads between and on every page, rows that are hidden.

They are shown and left out until the person says otherwise. A row with an identifier of ours is always a record.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from records.tables.files import TypedCell, TypedRow, TypedTable
from records.text import fold

SUM, NOTE, HEAD, BAND, HIDDEN, COUNT, PAGE = (
    "Summe",
    "Anmerkung",
    "Kopfzeile, wiederholt",
    "Zwischenüberschrift",
    "ausgeblendet",
    "Nummern der Spalten",
    "Seitenzahl",
)
BANDS = "Zwischenüberschriften"
ADDED = re.compile(
    r"(?:zwischen|gesamt|end|teil)?summen?\b.{0,60}|(?:gesamt|insgesamt|total|zusammen|uebertrag|saldo|durchschnitt|"
    r"mittelwert|gesamtbetrag|gesamtkosten|gesamtausgaben|gesamtzahl)(?:[ :.].{0,30})?|davon .{0,40}"
)
NUMBER = re.compile(r"[-−+(]?[\d.,\s%€]*\d[\d.,\s%€)]*(?:eur|euro|t€|teur)?", re.IGNORECASE)
FOOTNOTE = re.compile(
    r"(?:\*+|[¹²³⁴]|\(?\d{1,2}\)|[a-z]\))\s?\S.*|(?:quellen?|anmerkung(?:en)?|hinweise?|legende|stand|"
    r"erstellt|abkuerzung(?:en)?|erlaeuterung(?:en)?|fussnoten?|bearbeitet)\b.*",
    re.DOTALL,
)
PAGE_NUMBER = re.compile(r"-? ?(?:seite|blatt|s\.) ?\d{1,3}(?: ?(?:von|/) ?\d{1,3})?|- ?\d{1,3} ?-")
LONGEST = 400


@dataclass(frozen=True)
class Aside:
    """A row that is no record, what it is taken for, and what stands in it."""

    number: int
    kind: str
    text: str


def asides_of(table: TypedTable, *, identifier: int | None) -> list[Aside]:
    """The rows that are no records, in their order; ``identifier`` is the column with those of ours."""
    usual = median([len(filled(row)) for row in table.rows if len(filled(row)) > 1] or [1])
    last = max((place for place, row in enumerate(table.rows) if len(filled(row)) > 1), default=0)
    found = []
    for place, row in enumerate(table.rows):
        if identifier is not None and len(row.cells) > identifier and row.cells[identifier].text:
            continue
        kind = kind_of_row(table, row, is_wide=usual >= 2, is_first=place == 0)
        if not kind and identifier is None and usual >= 3 and is_band(table, row):
            kind = NOTE if place > last else BAND
        if not kind and row.number in table.hidden:
            kind = HIDDEN
        if kind:
            found.append(Aside(row.number, kind, " · ".join(filled(row).values())[:LONGEST]))
    return found


def filled(row: TypedRow) -> dict[int, str]:
    """What stands in a row, by column."""
    return {column: cell.shown or cell.text for column, cell in enumerate(row.cells) if cell.text}


def kind_of_row(table: TypedTable, row: TypedRow, *, is_wide: bool, is_first: bool) -> str:
    """What a row is by its words; empty where it may be a record."""
    texts = filled(row)
    folded = {column: fold(" ".join(text.split())) for column, text in texts.items()}
    first, *others = folded.values()
    if len(folded) > 1 and any(is_head(folded, line) for line in table.lines):
        return HEAD
    if ADDED.fullmatch(first.strip(": ")) and all(NUMBER.fullmatch(text) or text in ("-", "–") for text in others):
        return SUM
    if is_wide and not others and PAGE_NUMBER.fullmatch(first):
        return PAGE
    if is_wide and not others and FOOTNOTE.fullmatch(first):
        return NOTE
    numbers = [text.strip("().") for text in folded.values()]
    if is_first and len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]:
        return COUNT
    return ""


def is_head(folded: Mapping[int, str], line: Sequence[str]) -> bool:
    """Whether a row only says the heads once more, as tables do on every printed page."""
    return all(column < len(line) and fold(line[column]) == text for column, text in folded.items())


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
