"""A sheet whose names stand one below the other („Träger: …“, „Beginn: …“, as in a profile) becomes a table."""

from collections.abc import Mapping
from typing import Any

from records.tables.files import TypedSheet, texts_of
from records.tables.heads import ABOVE, named, names_of
from records.tables.values import Values

FEWEST, PART, MOST = 3, 0.6, 100


def set_upright(values: Values, source: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sheets as they are kept (records.reading.service), with names in a row; others stay as they are."""
    names = names_of(values)
    return [turned(told) if lies(values, names, TypedSheet.of(told)) else told for told in source]


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
