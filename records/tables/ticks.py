"""Columns in which somebody ticked („Eltern | Kinder“ with an „x“ below): one column that names what was ticked.

Columns of ticks under one group, or whose heads are names of one field, belong together; others that stand side by
side do so too, and the person says which field they are. What is no clear tick („(x)“, „teilweise“) stands behind the
name and is asked about.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from django.db import models

from records.display import label_of
from records.tables.files import TypedCell, TypedRow, TypedTable
from records.tables.heads import fits, words_for
from records.tables.values import NotUnderstood, Values
from records.tables.years import IN_HEAD
from records.text import fold

TICKS = frozenset(["x", "xx", "×", "✓", "✔", "✗", "☒", "☑", "●", "•", "■"])
NOT_TICKED = frozenset(["-", "–", "—", "nein", "0", "☐", "○"])
SIGNS = TICKS | NOT_TICKED
LONGEST_DOUBT, LONGEST_HEAD = 20, 80
TICKED, SOMETHING = "{} (angekreuzt)", "Angekreuzt"


def one_column_of_ticks(values: Values, table: TypedTable, names: Mapping[str, str]) -> tuple[TypedTable, list[str]]:
    """The table with what was ticked in columns at its end, and the heads that these columns had."""
    groups = [*groups_of(values, table, names)]
    across = {column for _, parts in groups for column in parts}
    if not across:
        return table, []
    rows = []
    for row in table.rows:
        cells = [*row.cells, *[TypedCell()] * (len(table.heads) - len(row.cells))]
        told = [TypedCell("\n".join(ticked(cells, parts))) for _, parts in groups]
        rows.append(TypedRow(row.number, (*(TypedCell() if n in across else c for n, c in enumerate(cells)), *told)))
    heads = ["" if column in across else head for column, head in enumerate(table.heads)]
    heads += [head for head, _ in groups]
    return replace(table, heads=heads, rows=rows), [table.heads[column] for column in sorted(across)]


def ticked(cells: Sequence[TypedCell], parts: Mapping[int, str]) -> Iterator[str]:
    """The names that are ticked in a row; with what stands there where it is no clear tick."""
    for column, name in parts.items():
        sign = cells[column].text
        if sign and fold(sign) not in NOT_TICKED:
            yield name if fold(sign) in TICKS else f"{name} ({sign.strip('()')}?)"


def groups_of(values: Values, table: TypedTable, names: Mapping[str, str]) -> Iterator[tuple[str, dict[int, str]]]:
    """Columns that are ticked and belong together: how their column is called, and by column what a tick means."""
    truths = [name for name, field in values.fields.items() if isinstance(field, models.BooleanField)]
    columns = [
        column
        for column, head in enumerate(table.heads)
        if is_ticked(table, column, head, names)
        and not any(fits(values, table, column, fold(head), name) for name in truths)
    ]
    by_field: dict[str, dict[int, str]] = {}
    rest: list[int] = []
    for column in columns:
        field, part = meant(values, names, table.heads[column])
        if field:
            by_field.setdefault(field, {})[column] = part
        else:
            rest.append(column)
    for field, parts in by_field.items():
        yield TICKED.format(label_of(values.model, field)), parts
    for run in runs(rest):
        if len(run) > 1:
            parts = {column: table.heads[column] for column in run}
            yield f"{SOMETHING}: {', '.join(parts.values())}"[:LONGEST_HEAD], parts


def is_ticked(table: TypedTable, column: int, head: str, names: Mapping[str, str]) -> bool:
    """Whether a column holds ticks and hardly anything else, under a head that is no field and no year."""
    if not head or fold(head) in names or IN_HEAD.search(head) or column in table.asleep:
        return False
    texts = [row.cells[column].text for row in table.rows if column < len(row.cells) and row.cells[column].text]
    if not texts or any(len(text) > LONGEST_DOUBT for text in texts):
        return False
    said = [fold(text) for text in texts]
    ticks, doubts = sum(text in TICKS for text in said), sum(text not in SIGNS for text in said)
    return ticks > doubts or (not ticks and all(map(is_doubt, texts)))


def is_doubt(text: str) -> bool:
    """„(x)“: a tick that somebody is not sure of."""
    return text.startswith("(") and fold(text.strip("() ")) in TICKS


def meant(values: Values, names: Mapping[str, str], head: str) -> tuple[str, str]:
    """The field of which a head names a value: „Zielgruppe Kinder“, „HF 2“, „hoch“; else nothing."""
    many = [name for name, field in values.fields.items() if field.is_relation or field.choices]
    for name in many:
        if is_known(values, name, head):
            return name, head
    words = head.split()
    for end in range(len(words) - 1, 0, -1):
        group, part = fold(" ".join(words[:end]).strip(":–- ")), " ".join(words[end:])
        found = names.get(group, "") or next((name for name in many if group in words_for(values, name)), "")
        if found in many:
            return found, part
    return "", ""


def is_known(values: Values, name: str, text: str) -> bool:
    """Whether a text is the name of one of the field's records."""
    try:
        return bool(values.read(name, text))
    except NotUnderstood:
        return False
    finally:
        values.hints = 0


def runs(columns: Sequence[int]) -> Iterator[list[int]]:
    """Columns that stand side by side."""
    run: list[int] = []
    for column, after in pairwise([*columns, -1]):
        run.append(column)
        if after != column + 1:
            yield run
            run = []
