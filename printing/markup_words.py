"""A long text as people read it, line by line, without the signs that only structure it: for comparisons in prose.

Bullets and what is typed before an item stay, cells of a table stand behind each other. Words never change.
"""

import re

from printing.markup import parser, words_of
from printing.markup_lines import BULLET, HEADING, NUMBER, RULE

SIGNS = re.compile(r"[*_\\|\[#]")  # without one of them nothing is markup
CELL = re.compile(r"(?<!\\)\|")
BETWEEN_CELLS = " · "


def without_signs(text: str) -> str:
    """The words of a text, its lines as they stand."""
    if not SIGNS.search(text):
        return text
    lines = (line_of(line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line is not None)


def line_of(line: str) -> str | None:
    """A line as it is read; None for the rule under the head of a table."""
    body = line.strip()
    if not SIGNS.search(body) or ("---" not in body and RULE.fullmatch(body)):
        return line
    if RULE.fullmatch(body):
        return None
    if len(body) > 2 and body[0] == body[-1] == "|" and not body.endswith("\\|"):
        return BETWEEN_CELLS.join(words(cell.strip()) for cell in CELL.split(body[1:-1]))
    if heading := HEADING.match(body):
        return words(body[heading.end() :])
    mark = BULLET.match(body) or NUMBER.match(body)
    before = line[: len(line) - len(line.lstrip()) + (mark.end() if mark else 0)]
    return before + words(line[len(before) :])


def words(part: str) -> str:
    """The words between signs of emphasis, links and escapes."""
    tokens = parser().parseInline(part, {})
    return words_of(tokens[0].children or []) if tokens else part
