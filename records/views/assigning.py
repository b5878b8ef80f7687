"""The form in which a person says what the columns and words of a table mean: what it shows, and what was sent."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from accounts.access import Access
from accounts.models import Municipality
from records.models import TableImport
from records.tables.answering import Asked, Choice, shown_questions
from records.tables.asides import HIDDEN, Aside
from records.tables.assigning import TYPED, Said, lay_out
from records.tables.creating import makers_of
from records.tables.files import TypedSheet, letter
from records.tables.heads import OWN, PERIOD, has_period
from records.tables.questions import UnclearText
from records.tables.values import Values
from records.text import fold, whole_number

EXAMPLES = 3  # cells of a column that are shown
MOST_LEFT = 200  # rows that are no records and that are shown
LEFT_OUT, PERIOD_WORDS = "nicht einlesen", "Beginn und Ende (Zeitraum)"


@dataclass(frozen=True)
class Column:
    """A column of the file with what it can be."""

    number: int
    letter: str
    head: str
    examples: list[str]
    choices: list[Choice]
    is_read: bool
    is_asleep: bool = False


@dataclass(frozen=True)
class Left:
    """Rows that are taken for no records, and whether they are read in all the same; ``text`` is the beginning."""

    kind: str
    numbers: list[int]
    text: str
    is_taken: bool

    @property
    def value(self) -> str:
        """The rows as they are sent."""
        return ",".join(map(str, self.numbers))


@dataclass(frozen=True)
class OpenTable:
    """A table about which the person may still say something."""

    number: int
    columns: list[Column]
    questions: list[Asked]
    sheets: list[Choice]
    head_row: int
    asides: list[Left]
    left_out: list[int]
    new: list[str]
    notes: list[str]
    is_settled: bool

    @classmethod
    def of(
        cls,
        table: TableImport,
        values: Values,
        questions: Sequence[UnclearText],
        access: Access,
        municipality: Municipality,
    ) -> "OpenTable":
        """As the page shows it."""
        said, sheets = Said.read(table.said), list(map(TypedSheet.of, table.source))
        laid = lay_out(values, sheets, said)
        exact, told = laid.assigned.exact, laid.assigned.columns
        options = [("", LEFT_OUT), *values.heads.items(), *([(PERIOD, PERIOD_WORDS)] if has_period(values) else [])]
        columns, read = [], {row.number for row in laid.rows}
        width = max(len(row.cells) for row in sheets[laid.assigned.sheet].rows)
        for number, head in enumerate(laid.table.heads):
            if not head or told.get(number, "") in OWN:
                continue
            chosen = told.get(number, "")
            cells = (row.cells[number] for row in laid.table.rows if row.number in read and len(row.cells) > number)
            texts = (cell.shown or cell.text for cell in cells)
            examples = list(dict.fromkeys(text for text in texts if text))[:EXAMPLES]
            choices = [Choice(value, label, value == chosen) for value, label in options]
            sign = "" if number >= width else letter(number)
            asleep = number in laid.table.asleep
            columns.append(Column(number, sign, head, examples, choices, bool(chosen), asleep))
        named = [(place, sheet.name or "Tabelle") for place, sheet in enumerate(sheets)]
        return cls(
            number=table.pk,
            columns=columns,
            questions=shown_questions(values, list(questions), said, makers_of(values, access, municipality)),
            sheets=[Choice(str(place), name, place == laid.assigned.sheet) for place, name in named],
            head_row=sheets[laid.assigned.sheet].rows[laid.assigned.head].number,
            asides=left_of(laid.asides, said),
            left_out=said.left_out,
            notes=laid.notes,
            new=[f"{values.heads[name]}: {title}" for name, _, _, title in said.new_ones()],
            is_settled=not questions and laid.assigned.is_sure(values, laid.table) and bool(exact),
        )


def said_in(sent: QueryDict, said: Said, source: list[dict[str, Any]]) -> Said:
    """What was said before with what was sent; another sheet or row of heads begins anew."""
    sheet, row = whole_number(sent.get("blatt")), whole_number(sent.get("kopf"))
    sheet = said.sheet if sheet is None or sheet >= len(source) else sheet
    numbers = [number for number, _ in source[sheet or 0]["rows"]]
    head = numbers.index(row) if row in numbers else said.head if sheet == said.sheet else None
    is_same = (sheet, head) == (said.sheet, said.head)
    answers = {name: dict(told) for name, told in said.answers.items()}
    for place in range(len([key for key in sent if key.startswith("frage-")])):
        note_answer(answers, sent, place)
    left_out = {number for text in sent.getlist("weglassen") if (number := whole_number(text)) is not None}
    taken = (text for text in sent.getlist("einlesen") if len(text) < 100_000)
    rows = {number for text in taken for part in text.split(",") if (number := whole_number(part)) is not None}
    return Said(
        sheet=sheet,
        head=head,
        columns=columns_in(sent, said.columns or {}) if is_same else None,
        answers=answers if is_same else {},
        left_out=sorted({*said.left_out, *left_out}) if is_same else [],
        taken=sorted(rows) if is_same else [],
        may_change=said.may_change,
    )


def left_of(asides: Sequence[Aside], said: Said) -> list[Left]:
    """The rows that are no records, each by itself; hidden ones together, for a filter hides hundreds."""
    found = [
        Left(aside.kind, [aside.number], aside.text, aside.number in said.taken)
        for aside in asides
        if aside.kind != HIDDEN
    ][:MOST_LEFT]
    if hidden := [aside for aside in asides if aside.kind == HIDDEN]:
        numbers = [aside.number for aside in hidden]
        found.append(Left(HIDDEN, numbers, hidden[0].text, set(numbers) <= set(said.taken)))
    return found


def columns_in(sent: QueryDict, before: dict[str, str]) -> dict[str, str]:
    """What each column is; of two for one field the first is it."""
    found: dict[str, str] = {}
    for column, name in before.items():
        told = sent.get(f"spalte-{column}", name)[:80]
        found[column] = told if told not in found.values() or not told else ""
    return found


def note_answer(answers: dict[str, dict[str, str]], sent: QueryDict, number: int) -> None:
    """Note one answer; a written text goes before a chosen one."""
    try:
        name, text = map(str, json.loads(sent.get(f"frage-{number}", "")))
    except (ValueError, TypeError):
        return
    typed, chosen = sent.get(f"text-{number}", "").strip()[:400], sent.get(f"antwort-{number}", "")[:400]
    answer = f"{TYPED}{typed}" if typed else chosen
    if answer:
        answers.setdefault(name, {})[fold(text)] = answer.replace("\x00", "")
