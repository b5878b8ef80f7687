"""Which heads a cell of a table has, named in the tag tree.

WeasyPrint names the heads that stand on the cell's page, and a page may begin in a row without them. Source: ISO
32000-1, 14.8.5.7 (table attributes: ColSpan, RowSpan, Headers).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pydyf


def name_heads(rows: Iterable[list[Any]], scope_of: Callable[[Any], str]) -> None:
    """Write into each cell of data the heads above it, of its group of rows, and of its rows.

    ``rows`` are the cells (TH, TD) of each row of one table, ``scope_of`` gives the scope of a head as in HTML.
    """
    columns: dict[int, list[Any]] = defaultdict(list)
    row_heads: dict[int, list[Any]] = defaultdict(list)
    group: list[Any] = []
    taken: set[tuple[int, int]] = set()
    for number, cells in enumerate(rows):
        placed = [(cell, place(cell, number, taken)) for cell in cells]
        for cell, (across, down) in placed:
            scope = scope_of(cell) if cell["S"] == "/TH" else None
            if scope == "rowgroup":
                group = [cell["ID"]]
            elif scope is not None:
                along = [row_heads[row] for row in down] if scope == "row" else [columns[at] for at in across]
                for heads in along:
                    heads.append(cell["ID"])
        for cell, (across, down) in placed:
            if cell["S"] == "/TD":
                named = [columns[at] for at in across] + [group] + [row_heads[row] for row in down]
                cell["A"]["Headers"] = pydyf.Array(head for heads in named for head in heads)


def place(cell: Any, row: int, taken: set[tuple[int, int]]) -> tuple[range, range]:
    """The columns and rows that a cell takes: the first ones that are free."""
    wide, high = (cell.get("A", {}).get(name, 1) for name in ("ColSpan", "RowSpan"))
    at = 0
    while (row, at) in taken:
        at += 1
    across, down = range(at, at + wide), range(row, row + high)
    taken.update((each, column) for each in down for column in across)
    return across, down
