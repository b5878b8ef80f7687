"""What the page of results shows: the stored tables, cell by cell, and the words of a finding made of one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from participation.domain.survey_import import percent
from participation.models import SurveyQuestion
from records.templatetags.german import number

HIDDEN = "verborgen"


@dataclass(frozen=True)
class ShownCell:
    """A number with its share, or that it is hidden; ``key`` names it in the form that makes a finding."""

    head: str
    text: str
    share: str = ""
    key: str = ""


@dataclass(frozen=True)
class ShownTable:
    """A table with its heads, rows and how many people stand in each column."""

    caption: str
    heads: list[str]
    rows: list[tuple[str, list[ShownCell]]]
    base: list[str]

    @property
    def sums(self) -> list[tuple[str, str]]:
        """How many people, by the head of their column."""
        return list(zip(self.heads, self.base, strict=True))


def shown(tables: Iterable[dict[str, Any]] | None, prefix: str) -> list[ShownTable]:
    """The tables of a question; keys begin with ``prefix``."""
    return [shown_table(table, f"{prefix}.{at}") for at, table in enumerate(tables or ())]


def shown_table(table: dict[str, Any], prefix: str) -> ShownTable:
    """One table."""
    bases = answered_in(table)
    rows = []
    for at, row in enumerate(table["rows"]):
        cells = []
        for place, (head, count) in enumerate(zip(table["columns"], row["cells"], strict=True)):
            if count is None:
                cells.append(ShownCell(head, HIDDEN))
                continue
            base = bases[place]
            share = percent(count, base) if base is not None and not row["silent"] else ""
            cells.append(ShownCell(head, number(count), share, "" if row["silent"] else f"{prefix}.{at}.{place}"))
        rows.append((row["label"], cells))
    caption = f"nach „{table['group']}“" if table["group"] else "alle"
    return ShownTable(caption, table["columns"], rows, [number(count) for count in table["base"]])


def answered_in(table: dict[str, Any]) -> list[int | None]:
    """Of how many people a share is reckoned in each column: those who said something; None where that is hidden."""
    found: list[int | None] = []
    for place, whole in enumerate(table["base"]):
        silent = [row["cells"][place] for row in table["rows"] if row["silent"]]
        found.append(None if None in silent else whole - sum(silent))
    return found


def words_of(question: SurveyQuestion, key: str) -> str:
    """The words of a finding: question, answer, number and share. Raises ValueError where there is no such cell."""
    at, line, place = (int(part) for part in key.split("."))
    tables = question.tables or []
    if min(at, line, place) < 0 or at >= len(tables) or line >= len(tables[at]["rows"]):
        raise ValueError(key)
    table, row = tables[at], tables[at]["rows"][line]
    if place >= len(table["columns"]) or row["cells"][place] is None:
        raise ValueError(key)
    count, base = row["cells"][place], answered_in(table)[place]
    group = f" ({table['columns'][place]})" if table["group"] else ""
    of = f" von {number(base)}, {percent(count, base)}" if base else ""
    said = f": {row['label']}{group}, {number(count)}{of}"
    return f"{question.text[: 398 - len(said)]}{said}"[:400]


def csv_rows(questions: Iterable[SurveyQuestion]) -> Iterator[list[Any]]:
    """Every cell on a line; what is hidden says so."""
    for question in questions:
        for table in question.tables or ():
            bases = answered_in(table)
            for row in table["rows"]:
                for place, count in enumerate(row["cells"]):
                    base = bases[place]
                    share = percent(count, base) if base is not None and not row["silent"] else ""
                    yield [
                        question.text,
                        row["label"],
                        table["group"],
                        table["columns"][place] if table["group"] else "",
                        HIDDEN if count is None else count,
                        table["base"][place],
                        share,
                    ]
