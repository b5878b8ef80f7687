"""Protected tables of a survey: the only form in which its answers are kept (docs/adr/0065).

Groups and answers that fewer than five people gave are put together, the same way in every table, so that all sums may
be public; what is still small inside is hidden by ``protection``. Nobody else ever sees the numbers before.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.domain.protection import protect
from participation.domain.survey_file import NOT_SHOWN, Answers
from participation.domain.survey_questions import YES, Asked
from participation.enums import AnswerKind
from records.text import fold

REST, NONE, UNSEEN = "übrige", "ohne Angabe", "nicht gestellt"
REST_ANSWERS = "übrige Antworten"
SILENT = frozenset({NONE, UNSEEN})
Table = dict[str, Any]


@dataclass(frozen=True)
class Grouping:
    """People in groups: the words of the question, the names of the groups, and the group of each questionnaire."""

    title: str
    names: list[str]
    of: list[int]


def tables_of(answers: Answers, asked: Asked, groupings: Sequence[Grouping], smallest: int) -> list[Table]:
    """All tables of a question, the one of everybody first; none where fewer people answered than may be shown."""
    make = several_table if asked.kind == AnswerKind.SEVERAL else choice_table
    everybody = Grouping("", ["Alle"], [0] * answers.complete)
    found = [make(answers, asked, grouping, smallest) for grouping in (everybody, *groupings)]
    return [table for table in found if table]


def answered_of(answers: Answers, asked: Asked) -> tuple[int, int]:
    """How many saw the question, and how many answered it."""
    columns = [answers.columns[at] for at in (*asked.columns, *asked.others)]
    seen = answered = 0
    for cells in zip(*columns, strict=True):
        was_seen = any(cell not in NOT_SHOWN for cell in cells)
        seen += was_seen
        answered += was_seen and any(
            fold(cell) in YES if asked.kind == AnswerKind.SEVERAL else cell != "" for cell in cells
        )
    return seen, answered


# ---------------------------------------------------------------- groups
def grouping_of(answers: Answers, asked: Asked, smallest: int) -> Grouping:
    """The groups of a question; small ones are „übrige“, and who said nothing is a group too."""
    column = answers.columns[asked.columns[0]]
    names = [NONE if value in NOT_SHOWN or not value else asked.labels.get(value, value) for value in column.values]
    counts: Counter[str] = Counter()
    for name, count in zip(names, counted(column.codes, len(names)), strict=True):
        counts[name] += count
    where = merged(ordered(counts, asked), smallest, REST)
    titles = list(dict.fromkeys(where.values()))
    places = [titles.index(where[name]) if name in where else 0 for name in names]
    return Grouping(asked.text, titles, [places[code] for code in column.codes])


def counted(codes: Iterable[int], size: int) -> list[int]:
    """How often each code comes."""
    found = Counter(codes)
    return [found[at] for at in range(size)]


def ordered(counts: Mapping[str, int], asked: Asked) -> dict[str, int]:
    """Answers in the order of the questionnaire, numbers by their size, others by name; what was not said last."""
    given = {label: at for at, label in enumerate(asked.labels.values())}

    def place(label: str) -> tuple[bool, int, float, str]:
        number = label.replace(",", ".")
        value = float(number) if number.replace(".", "", 1).lstrip("-").isdigit() else 0.0
        return label in SILENT, given.get(label, len(given)), value, label

    return {label: counts[label] for label in sorted(counts, key=place)}


def merged(counts: Mapping[str, int], smallest: int, rest: str) -> dict[str, str]:
    """Under which name each group stands: those below ``smallest`` together with others until they are as many."""
    small = {name for name, count in counts.items() if 0 < count < smallest}
    others = sorted((count, name) for name, count in counts.items() if count >= smallest)
    while small and others and (len(small) < 2 or sum(counts[name] for name in small) < smallest):
        small.add(others.pop(0)[1])
    return {name: rest if name in small else name for name in counts}


# ---------------------------------------------------------------- one answer
def choice_table(answers: Answers, asked: Asked, grouping: Grouping, smallest: int) -> Table | None:
    """One answer each: the rows divide the people of a group."""
    column = answers.columns[asked.columns[0]]
    classes = classes_of(column.values) if asked.kind == AnswerKind.NUMBER else {}
    names = [said(value, asked, classes) for value in column.values]
    pairs = Counter(zip(column.codes, grouping.of, strict=True))
    totals: Counter[str] = Counter()
    cells: Counter[tuple[str, int]] = Counter()
    for (code, group), count in pairs.items():
        totals[names[code]] += count
        cells[names[code], group] += count
    for label in asked.labels.values():
        totals.setdefault(label, 0)
    if sum(totals.values()) < smallest:
        return None
    order = list(classes.values()) if classes else list(ordered(totals, asked))
    order = [*order, *(name for name in (NONE, UNSEEN) if name in totals and name not in order)]
    where = merged({name: totals[name] for name in dict.fromkeys(order)}, smallest, REST_ANSWERS)
    rows = list(dict.fromkeys(where.values()))
    numbers = [[0] * len(grouping.names) for _ in rows]
    for (name, group), count in cells.items():
        numbers[rows.index(where[name])][group] += count
    mixed = any(where.get(name) == REST_ANSWERS for name in SILENT)
    hidden = protect(numbers, smallest)
    lines = [
        {
            "label": f"{name} und ohne Angabe" if mixed and name == REST_ANSWERS else name,
            "cells": [None if (at, place) in hidden else number for place, number in enumerate(line)],
            "silent": name in SILENT,
        }
        for at, (name, line) in enumerate(zip(rows, numbers, strict=True))
    ]
    return shaped(grouping, lines, [sum(line) for line in zip(*numbers, strict=True)])


def said(value: str, asked: Asked, classes: Mapping[str, str]) -> str:
    """The answer in words."""
    if value in NOT_SHOWN:
        return UNSEEN
    if not value:
        return NONE
    return classes.get(value) or asked.labels.get(value, value)


def classes_of(values: Iterable[str]) -> dict[str, str]:
    """Numbers in about six classes of the same width, 1, 2 or 5 with zeros; values by their class, in order."""
    numbers = sorted((float(value.replace(",", ".")), value) for value in values if is_number(value))
    if not numbers:
        return {}
    low, high = numbers[0][0], numbers[-1][0]
    width = next(
        base * 10**power for power in range(12) for base in (1, 2, 5) if (high - low) / (base * 10**power) <= 6
    )
    found = {}
    for number, value in numbers:
        start = int(number // width) * width
        found[value] = f"{start} bis unter {start + width}"
    return found


def is_number(value: str) -> bool:
    """Whether it can be reckoned with."""
    return bool(value) and value.replace(",", ".", 1).replace(".", "", 1).lstrip("-").isdigit()


# ---------------------------------------------------------------- several answers
def several_table(answers: Answers, asked: Asked, grouping: Grouping, smallest: int) -> Table | None:
    """Several answers each: every option divides those who saw the question into who chose it and who did not."""
    columns = [answers.columns[at] for at in asked.columns]
    ticks = [[fold(value) in YES for value in column.values] for column in columns]
    seen, chosen = [0] * len(grouping.names), [[0] * len(grouping.names) for _ in columns]
    unseen = [0] * len(grouping.names)
    for at, cells in enumerate(zip(*(column.codes for column in columns), strict=True)):
        group = grouping.of[at]
        if all(columns[place].values[code] in NOT_SHOWN for place, code in enumerate(cells)):
            unseen[group] += 1
            continue
        seen[group] += 1
        for place, code in enumerate(cells):
            chosen[place][group] += ticks[place][code]
    if any(0 < number < smallest for number in (*seen, *unseen)):
        if len(grouping.names) > 1:
            return None  # who was asked would tell who was not
        seen, unseen = [seen[0] + unseen[0]], [0]
    if sum(seen) < smallest:
        return None
    lines = [
        {"label": asked.labels[str(at)], "cells": shown_of(line, seen, smallest), "silent": False}
        for at, line in zip(asked.columns, chosen, strict=True)
    ]
    return shaped(grouping, lines, seen)


def shown_of(chosen: Sequence[int], seen: Sequence[int], smallest: int) -> list[int | None]:
    """The numbers of an option that may be shown."""
    left = [whole - part for whole, part in zip(seen, chosen, strict=True)]
    if any(0 < total < smallest for total in (sum(chosen), sum(left))):
        return [None] * len(seen)
    hidden = protect([chosen, left], smallest)
    return [None if (0, at) in hidden or (1, at) in hidden else number for at, number in enumerate(chosen)]


def shaped(grouping: Grouping, lines: list[dict[str, Any]], base: Sequence[int]) -> Table:
    """As it is stored: rows with one cell for each group, None where it is hidden, and how many people a group has."""
    return {"group": grouping.title, "columns": grouping.names, "base": list(base), "rows": lines}
