"""A table of somebody else on its way into a list: what a person has said about it, and its rows.

What was said is kept as JSON beside the rows (records.models.TableImport): the sheet, the row of the heads, what the
columns and texts mean, and rows to leave out.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from accounts.date_words import read_period
from records.fields import holds_numbers
from records.tables.asides import BAND, BANDS, Aside, asides_of, banded
from records.tables.checking import RawRow
from records.tables.files import TypedCell, TypedRow, TypedSheet, TypedTable
from records.tables.heads import (
    CODE,
    EDITION,
    OWN,
    PERIOD,
    PERIODS,
    SPLIT,
    UID,
    Assigned,
    assign,
    find_table,
    is_of_text,
    names_of,
    told_heads,
)
from records.tables.notes import notes_of, read_otherwise, unread_looks
from records.tables.numbers import meant
from records.tables.repeats import say_again
from records.tables.ticks import one_column_of_ticks
from records.tables.values import Values, normal, without_apostrophe
from records.tables.years import one_row_per_year
from records.text import fold, row_in_file

NO_COLUMN = (
    "In der ersten Zeile steht keine Spalte dieser Liste. Ordnen Sie die Spalten unten zu, oder geben Sie zuerst die "
    "Liste aus und ändern Sie diese."
)
TO = re.compile(r"(?<!\s)(?:\s+bis(?:\s+zum)?\s+|\s*[–—]\s*|\s+-\s+)|(?<=\d{4})-(?=\d{1,2}\.)|(?<=\d{4})-(?=\d{4})")
YEARS = re.compile(r"(\d{4})\s?/\s?(\d{2}|\d{4})")
ONE_DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{4}-\d\d-\d\d")
ONE_DAY_ONLY = "Im Zeitraum steht nur ein Tag ({}). Schreiben Sie, wann es beginnt."
SINCE, UNTIL = re.compile(r"(?:ab|seit|von)\b", re.IGNORECASE), re.compile(r"bis\b", re.IGNORECASE)
VALUE, NEW, NOTHING, TYPED = "=", "+", "-", "~"  # how an answer begins


@dataclass
class Said:
    """What a person has said about a table.

    ``answers`` by field and folded text: VALUE and a key; NEW with the word of a choice, „|“ and a name; NOTHING; TYPED
    and another text; what a column means (records.tables.numbers). ``taken`` are rows that are records all the same.
    """

    sheet: int | None = None
    head: int | None = None
    columns: dict[str, str] | None = None
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: list[int] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    may_change: bool = False

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Said":
        """As it was kept."""
        return cls(**told)

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        return asdict(self)

    def new_ones(self) -> list[tuple[str, str, str, str]]:
        """Fields and folded texts for which something is to be created, with the word of its choice and its name."""
        every = ((name, text, told) for name, said in self.answers.items() for text, told in said.items())
        return [
            (name, text, told[1:].partition("|")[0], told.partition("|")[2])
            for name, text, told in every
            if told.startswith(NEW)
        ]


@dataclass
class Laid:
    """A table with its columns: the rows by field, heads that are not read in, and rows that are no records.

    ``notes`` are sentences about what a person does not see by herself: hidden sheets and columns, years side by side.
    """

    table: TypedTable
    assigned: Assigned
    rows: list[RawRow]
    unknown: list[str]
    asides: list[Aside]
    notes: list[str]


def lay_out(
    values: Values,
    sheets: Sequence[TypedSheet],
    said: Said,
    kept: Callable[[list[str]], Mapping[str, str] | None] = lambda heads: None,
) -> Laid:
    """Find the table and its columns, as far as nobody has said it; ``kept`` knows what was said about such heads.

    Raises UnreadableTable.
    """
    sheet, head = said.sheet, said.head
    if sheet is None or head is None or sheet >= len(sheets) or head + 1 >= len(sheets[sheet].rows):
        sheet, head = find_table(values, sheets)
    table = sheets[sheet].table(head)
    names = names_of(values)
    identifier = next((column for column, text in enumerate(table.heads) if names.get(fold(text)) == UID), None)
    asides = asides_of(table, identifier=identifier)
    out = {aside.number for aside in asides} - set(said.taken)
    if bands := [aside for aside in asides if aside.kind == BAND and aside.number in out]:
        table = replace(table, heads=[*table.heads, BANDS], rows=list(banded(table, bands)))
    same: list[int] = []
    ticks: list[str] = []
    if identifier is None:
        table, same = say_again(table, out)
        table, ticks = one_column_of_ticks(values, table, names)
    table, beside = one_row_per_year(values, table, names)
    left_out = set(said.left_out)
    assigned = assign(values, table, sheet, head, said.columns if said.columns is not None else kept(table.heads))
    columns = {column: name for column, name in assigned.columns.items() if name}
    rows = [
        typed_row(values, table, row, columns, said)
        for row in table.rows
        if row_in_file(row.number) not in out and row.number not in left_out
    ]
    unknown = [text for column, text in enumerate(table.heads) if text and not assigned.columns.get(column)]
    unknown = [f"{text} (nur noch zu lesen)" if fold(text) in values.earlier else text for text in unknown]
    unknown = [text for text in unknown if fold(text) not in told_heads(values) - values.earlier and text != BANDS]
    left = [*notes_of(sheets[sheet], table, columns, beside), *read_otherwise(same, ticks)]
    notes = [*left, *unread_looks(sheets[sheet], [row_in_file(row.number) for row in rows])]
    return Laid(table, assigned, rows, unknown, asides, notes)


def has_columns(laid: Laid) -> bool:
    """Whether any column is a field of the list."""
    return is_assigned(laid.assigned.columns)


def is_assigned(columns: Mapping[Any, str]) -> bool:
    """Whether any of the columns is a field of the list."""
    return bool({name for name in columns.values() if name} - set(OWN))


def typed_row(values: Values, table: TypedTable, row: TypedRow, columns: Mapping[int, str], said: Said) -> RawRow:
    """A row with its cells by field name; what a person has said about a text stands in the place of its problem."""
    texts = dict.fromkeys(columns.values(), "")
    problems: dict[str, str] = {}
    whole: dict[str, Any] = {}
    at = {name: row.cells[column] for column, name in columns.items() if column < len(row.cells)}
    is_ours = bool(at.get(UID, TypedCell()).text)
    for column, name in columns.items():
        cell, head = at.get(name, TypedCell()), table.heads[column]
        if name == PERIOD:
            is_running = bool(PERIODS & set(SPLIT.split(fold(head))))
            texts |= period_of(cell, is_running=is_running)
            if is_running and ONE_DAY.fullmatch(texts["begin"]) and texts["begin"] == texts["end"]:
                problems["begin"] = ONE_DAY_ONLY.format(texts["begin"])
            continue
        text, problem = cell.text, cell.problem
        told = said.answers.get(name, {})
        if name not in OWN and holds_numbers(values.fields[name]) and not cell.problem and not cell.unfit:
            text, problem, asked = meant(values.fields[name], head, cell, told, is_ours=is_ours)
            whole |= {name: asdict(asked).values()} if asked else {}
        elif name not in OWN and (cell.shown or cell.unfit) and is_of_text(values, name):
            text, problem = cell.shown or cell.text, cell.unfit
        texts[name] = answered(said, name, normal(text))
        if problem and texts[name] == normal(text) and fold(texts[name]) not in told:
            problems[name] = problem
    texts.pop(PERIOD, None)
    uid, version, code = without_apostrophe(texts.pop(UID, "")), texts.pop(EDITION, ""), texts.pop(CODE, "")
    if not uid:
        texts |= {name: "" for name, told in said.answers.items() if "" in told and name not in texts}
        texts = {name: answered(said, name, text) for name, text in texts.items()}
    return RawRow(row.number, uid, version, texts, problems, code=code, whole={n: list(v) for n, v in whole.items()})


def answered(said: Said, name: str, text: str) -> str:
    """The text, or what a person has written in its place."""
    told = said.answers.get(name, {}).get(fold(text), "")
    return told[1:] if told.startswith(TYPED) else text


def period_of(cell: TypedCell, *, is_running: bool) -> dict[str, str]:
    """Begin and end of „01.09.2017–31.12.2018“, „seit 2016“, „2018/19“; a year alone is both where it is a duration."""
    text = normal(cell.text if not cell.problem else cell.shown or cell.text)
    if found := YEARS.fullmatch(text):
        return {"begin": found[1], "end": found[2] if len(found[2]) == 4 else found[1][:2] + found[2]}
    if pair := read_period(text):
        return {"begin": pair[0].iso, "end": pair[1].iso}
    first, *last = TO.split(text, maxsplit=1)
    if last and first.strip():
        return {"begin": first.strip(), "end": last[0].strip()}
    if SINCE.match(text):
        return {"begin": text, "end": ""}
    if UNTIL.match(text):
        return {"begin": "", "end": text}
    return {"begin": text, "end": text if is_running else ""}
