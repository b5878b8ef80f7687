"""The lines of a text as somebody types them → the lines that the Markdown parser shall see (printing.markup).

Texts from before there was markup keep their lines, and German prose must not become markup by chance: „17. August“
at the beginning of a line is a date, „– “ and „• “ are list items, a line behind a list begins a paragraph. The end of
a line stays one. Nesting is held small here, because the parser drops what lies too deep.

The parser sees „1.“ or „1)“ before every counted item, the other one where a new list begins beside the last; what was
typed stands in ``Reader.counted``. So a list may begin at 3, count by letters, and leave a number out.
"""

import re
from dataclasses import dataclass

from printing.counting import MARK, Mark, Style, mark_of

DEEPEST = 4  # levels of lists
MOST_NOTES = 200
MOST_COLUMNS = 12
MOST_CELLS = 2000  # of all tables of a text; a short line fills a whole row
LOOK_AHEAD = 60  # lines in which the second item of a numbered list must come
MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
BULLET = re.compile(r"(?:[-–•*·●○◦▪■□‣►➢]|o(?=\s{2}))\s+(?=\S)")
NUMBER = re.compile(rf"{MARK}\s+(?=\S)(?!(?:{MONTHS})\b)")
HEADING = re.compile(r"(#{1,6})\s+(?=[^\s#])")
NOTE = re.compile(r"\[\^([^\s\[\]^]{1,40})\]:\s+(?=\S)")
NOTE_USED = re.compile(r"\[\^([^\s\[\]^]{1,40})\](?!:)")
RULE = re.compile(r"(?=[^|]*\|)[\s|:+-]*")  # the line under the head of a table
BOLD = re.compile(r"\*{1,3}[^\s*]")  # a line that begins bold or italic
STARTS_BLOCK = re.compile(r"[-–•*+#]|\d{1,9}[.)]|\[\^|:|~|=")


@dataclass
class Level:
    """A list that is open: columns of its markers as typed and as written, and for a counted one its last number."""

    typed: int
    written: int
    width: int
    style: Style | None = None
    number: int = 0
    sign: str = "."


class Reader:
    """Writes line by line; ``levels`` are the open lists from the outside to the inside."""

    def __init__(self, text: str) -> None:
        self.lines = [line.expandtabs(4).rstrip() for line in text.splitlines()]
        self.used = set(NOTE_USED.findall(text))
        self.noted: set[str] = set()
        self.levels: list[Level] = []
        self.out: list[str] = []
        self.counted: dict[int, tuple[Style, int]] = {}  # what was typed before the item, by the line in the output
        self.columns = self.cells = 0

    def read(self) -> str:
        """The text for the parser."""
        for at, line in enumerate(self.lines):
            body = line.lstrip()
            indent = len(line) - len(body)
            if not body:
                self.out.append("")
                self.columns = 0
            elif bullet := BULLET.match(body):
                self.item(indent, None, body[bullet.end() :])
            elif (number := NUMBER.match(body)) and (count := self.count_of(at, indent, mark_of(number))):
                self.item(indent, count, body[number.end() :])
            elif self.levels and indent > self.levels[0].typed + 1:
                self.more(indent, body)
            else:
                self.plain(body)
        return "\n".join(self.out)

    def count_of(self, at: int, indent: int, mark: Mark | None) -> tuple[Style, int] | None:
        """Style and number where the line is an item: it continues a list, or it begins one that goes on.

        „1)“ needs no second, nor does an item with a list in it or in another item; „3. Platz“ alone is prose.
        """
        if mark is None:
            return None
        level = next((level for level in reversed(self.levels) if level.typed <= indent + 1), None)
        is_beside = level is not None and abs(level.typed - indent) < 2
        if level and level.style and is_beside and mark.readings.get(level.style) == level.number + 1:
            return level.style, level.number + 1
        begun = self.begun(at, indent, mark)
        style, value = mark.first()
        is_inside = self.levels and indent > self.levels[-1].typed + 1
        return begun or ((style, value) if value == 1 and (style.sign != "." or is_inside) else None)

    def begun(self, at: int, indent: int, mark: Mark) -> tuple[Style, int] | None:
        """Style and number of the first item of a list: the next number follows, or a list inside it."""
        is_next = True
        for line in self.lines[at + 1 : at + LOOK_AHEAD]:
            body = line.lstrip()
            here = len(line) - len(body)
            found = NUMBER.match(body)
            later = mark_of(found) if found else None
            if later and abs(here - indent) < 2 and (both := mark.before(later)):
                return both
            if is_next and here > indent + 1 and mark.first()[1] == 1 and (later or BULLET.match(body)):
                return mark.first()
            if body and here <= indent + 1:
                return None
            is_next = is_next and not body
        return None

    def item(self, indent: int, count: tuple[Style, int] | None, body: str) -> None:
        """An item of a list, at the place that the parser expects for its level."""
        while self.levels and (indent < self.levels[-1].typed or len(self.levels) > DEEPEST):
            self.levels.pop()
        beside = None
        if self.levels and (indent < self.levels[-1].typed + 2 or len(self.levels) == DEEPEST):
            beside = self.levels.pop()
        inside = self.levels[-1] if self.levels else None
        written = inside.written + inside.width if inside else 0
        style, number = count or (None, 0)
        sign = beside.sign if beside else "."
        if beside and style and (beside.style != style or beside.number + 1 != number):
            sign = ")" if sign == "." else "."  # another list
        marker = f"1{sign}" if style else "-"
        self.levels.append(Level(indent, written, len(marker) + 1, style, number, sign))
        if count:
            self.counted[len(self.out)] = count
        self.out.append(" " * written + f"{marker} {guarded(body)}")

    def more(self, indent: int, body: str) -> None:
        """A further line of an item."""
        while len(self.levels) > 1 and indent < self.levels[-1].typed + 2:
            self.levels.pop()
        level = self.levels[-1]
        is_rule = RULE.fullmatch(body)  # no tables in lists: PDF/UA knows only words and lists there
        self.out.append(" " * (level.written + level.width) + (f"\\{body}" if is_rule else guarded(body)))

    def plain(self, body: str) -> None:
        """A line outside of lists."""
        if self.levels:
            self.levels.clear()
            self.out.append("")
        if heading := HEADING.match(body):
            self.out.append(f"{heading[1]} {body[heading.end() :]}")
        elif note := NOTE.match(body):
            is_new = self.is_new(note[1])
            if is_new or (self.out and NOTE.match(self.out[-1])):
                self.out.append("")
            self.out.append(f"[^{note[1]}]: {guarded(body[note.end() :])}" if is_new else guarded(body))
        else:
            self.out.append(self.row(body))

    def row(self, body: str) -> str:
        """A line of a table or of a paragraph; tables end before they are too large."""
        if "-" in body and RULE.fullmatch(body):
            self.columns = body.count("|") + 1
            if self.columns > MOST_COLUMNS + 2 or self.cells > MOST_CELLS:
                return f"\\{body}"
            return body
        self.cells += self.columns
        if self.columns and self.cells > MOST_CELLS:
            self.columns = 0
            self.out.append("")
        return guarded(body)

    def is_new(self, name: str) -> bool:
        """Whether a footnote is referred to and not written yet; others stay in the text, so that nothing is lost."""
        if name not in self.used or name in self.noted or len(self.noted) >= MOST_NOTES:
            return False
        self.noted.add(name)
        return True


def guarded(body: str) -> str:
    """The words of a line; what the parser would take for a list, a heading or a note is made plain."""
    start = STARTS_BLOCK.match(body)
    if start is None or BOLD.match(body):
        return body
    if start[0][0].isdigit():
        return f"{start[0][:-1]}\\{body[start.end() - 1 :]}"
    return f"\\{body}" if start[0].isascii() else body
