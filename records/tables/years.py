"""Years side by side („2018 | 2019“, „Soll 2018 | Ist 2018 | Soll 2019 …“): one row per year for kinds with a year.

The columns of the years become empty heads, so that all others keep their places; what stands in them follows as two or
more columns at the end. A year without any value is no row. Each row has a number of its own (BEFORE), so that
one of them can be left out, wrong or asked about by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from records.tables.files import MAX_ROWS, TypedCell, TypedRow, TypedTable, UnreadableTable
from records.tables.values import Values
from records.text import BEFORE, fold

YEAR, VALUE = "Jahr der Spalte", "Wert der Spalte"
IN_HEAD = re.compile(r"(?<![\d/–-])((?:19|20)\d\d)(?!\d|\s?[/–-]\s?\d)")
BESIDE = re.compile(r"[*¹²³]+|\((?:vorl|vorläufig|geschätzt|Stand)[^)]*\)|\b(?:Jahr|im|in|für)\b|[:,()]", re.IGNORECASE)
TOO_MANY = "Aus den Spalten der Jahre würden mehr als 5 000 Zeilen. Teilen Sie die Datei auf."
Groups = dict[str, dict[str, int]]  # by what the head says besides: the column of each year


def year_field(values: Values) -> str:
    """The field that says of which year a record is; empty where there is none."""
    found = (name for name in values.fields if name == "year" or name.endswith("_year"))
    return next((name for name in found if name == "year" or values.fields[name].is_relation), "")


def groups_of(values: Values, table: TypedTable, names: dict[str, str]) -> Groups:
    """The columns that belong to two years or more; empty where the list has no year or the table tells it itself."""
    name = year_field(values)
    if not name or any(names.get(fold(head)) in (name, "uid") for head in table.heads):
        return {}
    found: Groups = {}
    for column, head in enumerate(table.heads):
        years = IN_HEAD.findall(head)
        if len(years) != 1 or column in table.asleep:
            continue
        rest = " ".join(BESIDE.sub(" ", IN_HEAD.sub(" ", head)).split())
        columns = found.setdefault(rest or VALUE, {})
        if years[0] in columns:
            return {}
        columns[years[0]] = column
    return {rest: columns for rest, columns in found.items() if len(columns) > 1}


def one_row_per_year(values: Values, table: TypedTable, names: dict[str, str]) -> tuple[TypedTable, list[str]]:
    """The table with a row per year, and the heads that were side by side (none: the table as it was).

    Raises UnreadableTable where it becomes too long.
    """
    groups = groups_of(values, table, names)
    if not groups:
        return table, []
    across = {column for columns in groups.values() for column in columns.values()}
    field = values.fields[year_field(values)]
    before = f"{field.related_model._meta.verbose_name} " if field.is_relation else ""
    rows = list(islice(rows_by_year(table, groups, across, before), MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        raise UnreadableTable(TOO_MANY)
    heads = ["" if column in across else head for column, head in enumerate(table.heads)]
    return replace(table, heads=[*heads, YEAR, *groups], rows=rows), [table.heads[column] for column in sorted(across)]


def rows_by_year(table: TypedTable, groups: Groups, across: set[int], before: str) -> Iterator[TypedRow]:
    """The rows, each as many times as it says something about a year; one that says nothing stays once, without year.

    ``before`` stands before the year: „Finanzplan 2018“ is what a list of plans calls it.
    """
    years = sorted({year for columns in groups.values() for year in columns})
    nothing = TypedCell()
    for row in table.rows:
        cells = [*row.cells, *[nothing] * (len(table.heads) - len(row.cells))]
        same = [nothing if column in across else cell for column, cell in enumerate(cells)]
        told = {
            year: [cells[columns[year]] if year in columns else nothing for columns in groups.values()]
            for year in years
        }
        said = {year: found for year, found in told.items() if any(cell.text for cell in found)}
        for year, found in (said or {"": [nothing] * len(groups)}).items():
            yield TypedRow(
                int(year or 0) * BEFORE + row.number, (*same, TypedCell(f"{before}{year}" if year else ""), *found)
            )
