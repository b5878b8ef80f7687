"""What the columns of an export ask: questions with their kind, proposed by what was answered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

from participation.domain.survey_file import NOT_SHOWN, Answers, Column
from participation.domain.survey_heads import NAMED, Head
from participation.enums import AnswerKind
from records.reading.errors import Refused
from records.text import fold

YES, NO = {"y", "yes", "ja", "1", "x"}, {"n", "no", "nein", "2", "0"}
MOST_CHOICES, LONGEST_CHOICE, LONGEST_LSS = 15, 120, 10 * 1024**2
NUMBER = re.compile(r"-?\d{1,9}([.,]\d{1,6})?")
BAD_LSS = "Die Strukturdatei lässt sich nicht lesen. Geben Sie sie in LimeSurvey als „Umfragestruktur (.lss)“ aus."


@dataclass(frozen=True)
class Structure:
    """What a structure file says of a question: its text, the texts of its parts and of its answers, by their codes."""

    text: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A question of the export. ``columns`` are places in the file; several where more than one answer is possible."""

    key: str
    code: str
    text: str
    kind: str
    columns: tuple[int, ...]
    labels: dict[str, str]  # answers by what stands in the cells; options of several columns by their place
    others: tuple[int, ...] = ()  # columns of what people wrote beside the choices


def questions_of(answers: Answers, structure: dict[str, Structure] | None = None) -> list[Asked]:
    """The questions in the order of the file."""
    known = structure or {}
    found: list[Asked] = []
    places = range(len(answers.heads))
    for _, together in groupby(places, key=lambda at: answers.heads[at].stem if has_parts(answers.heads[at]) else at):
        at = list(together)
        choices = [each for each in at if not answers.heads[each].is_other]
        if len(choices) > 1 and all(is_ticked(answers.columns[each]) for each in choices):
            found.append(several(answers, at, choices, known))
        else:
            found += [single(answers, each, known) for each in at]
    return found


def has_parts(head: Head) -> bool:
    """Whether the column is one of several of its question."""
    return bool(head.part or head.option)


def is_ticked(column: Column) -> bool:
    """Whether the column says whether an answer was chosen."""
    said = {fold(value) for value in column.values} - {"", "n/a"}
    return said <= YES | NO


def several(answers: Answers, at: list[int], choices: list[int], known: dict[str, Structure]) -> Asked:
    """A question with one column for each answer."""
    head, told = answers.heads[at[0]], known.get(answers.heads[at[0]].code, Structure())
    labels = {str(each): option_of(answers.heads[each], told) for each in choices}
    others = tuple(each for each in at if each not in choices)
    text = told.text or head.text or head.code
    return Asked(f"s{at[0]}", head.code, text, AnswerKind.SEVERAL, tuple(choices), labels, others)


def option_of(head: Head, told: Structure) -> str:
    """The words of an answer."""
    return told.parts.get(head.part, "") or head.option or head.part


def single(answers: Answers, at: int, known: dict[str, Structure]) -> Asked:
    """A question with one column."""
    head, told = answers.heads[at], known.get(answers.heads[at].code, Structure())
    text = told.text or head.text or head.code
    if has_parts(head):
        text = f"{text}: {'Sonstiges' if head.is_other else option_of(head, told)}"
    code = "_".join(filter(None, (head.code, head.part)))
    kind = AnswerKind.TEXT if head.is_other else kind_of_column(answers.columns[at], bool(told.answers))
    return Asked(f"s{at}", code, text, kind, (at,), dict(told.answers))


def kind_of_column(column: Column, has_choices: bool) -> str:
    """What the answers look like: choices come again and are short, what differs from one to the next is free text."""
    counts = {value: count for value, count in column.counts().items() if value and value not in NOT_SHOWN}
    if all(NUMBER.fullmatch(value) for value in counts):
        if len(counts) <= 11 and all(value.isdigit() and len(value) < 3 for value in counts):
            return AnswerKind.SCALE if counts else AnswerKind.CHOICE
        return AnswerKind.NUMBER
    is_choice = len(counts) <= MOST_CHOICES and max(map(len, counts)) <= LONGEST_CHOICE
    is_choice = is_choice and not any(NAMED.search(value) for value in counts)
    comes_again = sum(counts.values()) >= 2 * len(counts)
    return AnswerKind.CHOICE if has_choices or (is_choice and comes_again) else AnswerKind.TEXT


# ---------------------------------------------------------------- the structure file
def read_structure(content: bytes) -> dict[str, Structure]:
    """Texts of questions and answers of a .lss, by the code of the question. Raises Refused."""
    if len(content) > LONGEST_LSS or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(BAD_LSS)
    try:
        root = ElementTree.fromstring(content)  # noqa: S314  # nosec B314  (no entities: refused above)
    except ElementTree.ParseError as error:
        raise Refused(BAD_LSS) from error
    if root.tag != "document":
        raise Refused(BAD_LSS)
    words = {row["qid"]: row.get("question", "") for row in rows_of(root, "question_l10ns")}
    answers = {row["aid"]: row.get("answer", "") for row in rows_of(root, "answer_l10ns") if "aid" in row}
    rows = {row["qid"]: row for name in ("questions", "subquestions") for row in rows_of(root, name) if "qid" in row}
    found: dict[str, Structure] = {}
    for qid, row in rows.items():
        parent = row.get("parent_qid", "0")
        if parent in ("0", ""):
            own = found.setdefault(row.get("title", ""), Structure())
            found[row.get("title", "")] = Structure(plain(words.get(qid) or row.get("question", "")), own.parts, {})
    for qid, row in rows.items():
        mother = rows.get(row.get("parent_qid", ""), {}).get("title", "")
        if mother in found:
            found[mother].parts[row.get("title", "")] = plain(words.get(qid) or row.get("question", ""))
    for row in rows_of(root, "answers"):
        title = rows.get(row.get("qid", ""), {}).get("title", "")
        if title in found:
            text = plain(row.get("answer") or answers.get(row.get("aid", ""), ""))
            found[title].answers[row.get("code", "")] = text
    return found


def rows_of(root: ElementTree.Element, name: str) -> Iterator[dict[str, Any]]:
    """Rows of one table of the file."""
    for row in root.iterfind(f"{name}/rows/row"):
        yield {cell.tag: (cell.text or "").strip() for cell in row}


def plain(text: str) -> str:
    """Words without HTML."""
    return " ".join(re.sub(r"<[^>]*>", " ", text).replace("&nbsp;", " ").split())
