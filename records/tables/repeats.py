"""Cells that say „the same as above“ instead of saying it: „dito“, „"“, „s. o.“."""

from dataclasses import replace

from records.tables.files import TypedCell, TypedRow, TypedTable
from records.text import fold

SIGNS = ('"', "''", "″", "〃", "„", "“", "”", '-"-', '--"--', '- " -')
WORDS = (
    "dito",
    "ditto",
    "dto",
    "dto.",
    "desgl.",
    "wie oben",
    "wie vor",
    "s. o.",
    "s.o.",
    "siehe oben",
    "ebenso",
    "idem",
)
SAME = frozenset({*SIGNS, *WORDS})


def say_again(table: TypedTable, out: set[int]) -> tuple[TypedTable, list[int]]:
    """The table with what such cells mean, and the numbers of their rows; what is no record (``out``) says nothing."""
    above: dict[int, TypedCell] = {}
    rows, told = [], []
    for row in table.rows:
        if row.number in out:
            rows.append(row)
            continue
        cells = [
            above.get(column, cell) if fold(cell.text) in SAME and above.get(column, TypedCell()).text else cell
            for column, cell in enumerate(row.cells)
        ]
        if cells != list(row.cells):
            told.append(row.number)
        above = dict(enumerate(cells))
        rows.append(TypedRow(row.number, tuple(cells)))
    return (replace(table, rows=rows), told) if told else (table, told)
