"""Sheets that hold a table in another shape become one before anything else is asked.

Names one below the other („Träger: …“, „Beginn: …“, as in a profile) are turned; equal tables side by side, as in lists
that are to fit on a page, are put one below the other.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from records.tables.files import TypedSheet, texts_of
from records.tables.heads import ABOVE, named, names_of
from records.tables.values import Values

FEWEST, PART, MOST = 3, 0.6, 100


def set_upright(values: Values, source: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sheets as they are kept (records.reading.service), with names in a row; others stay as they are."""
    names = names_of(values)
    return [turned(told) if lies(values, names, TypedSheet.of(told)) else below(told) for told in source]


def below(told: dict[str, Any]) -> dict[str, Any]:
    """The sheet with equal tables below each other; rows of those on the right count on from a round number."""
    rows = [[number, *cells] for number, cells in told["rows"]]
    head = next((place for place, row in enumerate(rows[:ABOVE]) if len(starts_of(row[1:])) > 1), None)
    if head is None or told["refused"]:
        return told
    starts = starts_of(rows[head][1:])
    width = starts[1] - starts[0]
    step = 1000 * (rows[-1][0] // 1000 + 1)
    kept = [[row[0], row[1 : 1 + width]] for row in rows if any(row[1 : 1 + width])]
    for times, start in enumerate(starts[1:], start=1):
        parts = [[row[0] + times * step, row[1 + start : 1 + start + width]] for row in rows[head + 1 :]]
        kept += [[number, cells] for number, cells in parts if any(cells)]
    return {**told, "rows": kept, "beside": step}


def starts_of(cells: list[Any]) -> list[int]:
    """Where the same heads begin anew in a row, with an empty column between; a single beginning where they do not."""
    texts = [cell if isinstance(cell, str) else cell[0] for cell in cells]
    gap = texts.index("") if "" in texts else 0
    first = texts[:gap]
    if gap < 2:
        return [0]
    starts, at = [0], gap
    while at < len(texts):
        if not texts[at]:
            at += 1
        elif texts[at : at + gap] == first and not any(texts[at + gap : at + gap + 1]):
            starts.append(at)
            at += gap
        else:
            return [0]
    widths = {after - before for before, after in pairwise(starts)}
    return starts if len(widths) == 1 else [0]


def lies(values: Values, names: Mapping[str, str], sheet: TypedSheet) -> bool:
    """Whether the first column holds names of fields, more than any row does."""
    rows = [texts_of(row) for row in sheet.rows]
    if sheet.refused or not FEWEST <= len(rows) <= MOST:
        return False
    first = [row[0].rstrip(": ") for row in rows if row[0]]
    below = {name for text in first if (name := named(values, names, text))}
    beside = max(len({name for text in row if (name := named(values, names, text))}) for row in rows[:ABOVE])
    return len(below) >= FEWEST and len(below) > beside and len(below) >= PART * len(first)


def turned(told: dict[str, Any]) -> dict[str, Any]:
    """Columns as rows, by their number."""
    rows = [cells for _, cells in told["rows"]]
    width = max(map(len, rows))
    columns = [[row[column] if column < len(row) else "" for row in rows] for column in range(width)]
    columns[0] = [cell.rstrip(": ") if isinstance(cell, str) else cell for cell in columns[0]]
    kept = [[number, cells] for number, cells in enumerate(columns, start=1) if any(cells)]
    return {"name": told["name"], "rows": kept, "refused": "", "unseen": told.get("unseen", []), "is_turned": True}
