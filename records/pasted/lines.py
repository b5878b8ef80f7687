"""Lines of a pasted text → paragraphs, headings, lists and tables in markup; words divided at line ends are joined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from records.text import clean_text

GLYPH = re.compile(r"(?P<glyph>[•●·▪■□◦○‣►➢✓*–—-]|o(?=\s{2}|\t))\s+(?=\S)")
COUNTED = re.compile(r"(?P<count>\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,6})[.)])\s+(?=\S)")
SECTION = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})\.?\s+(?=[^\W\d_])(?P<words>.{2,90})$")
IN_CONTENTS = re.compile(r"(?:\.{4}|…{2}|(?<!\s)(?:\t|\s{2}))\s*\d+$")
MARKED = re.compile(r"#{1,6} |\||\[\^[^\]]+\]:|Tabelle:")
DIVIDED = re.compile(r"[^\W\d_]-$")
TOGETHER = re.compile(r"(?:und|oder|bzw\.|sowie|als auch|noch|bis)\b")  # „Kinder- und Jugendhilfe“
SENTENCE_END = re.compile(r"[.!?:;][“”»\"')\]]?\d{0,3}$")
WIDEST, NARROWEST = 130, 50  # characters of the lines of a page
FULL, FULL_SENTENCE = 0.8, 0.92  # of the widest line beside it
SECOND, THIRD = "o", "▪"
DEEPEST = 4


@dataclass
class Pasted:
    """The text as markup, and how much of what was found; ``joined`` are words that a line end had divided."""

    text: str = ""
    headings: int = 0
    items: int = 0
    tables: int = 0
    joined: int = 0
    blocks: list[str] = field(default_factory=list)
    problem: str = ""  # why nothing was looked for

    @property
    def note(self) -> str:
        """„2 Überschriften · 7 Listenpunkte · 1 Tabelle · 3 getrennte Wörter verbunden“."""
        counts = (
            (self.headings, "Überschrift", "Überschriften"),
            (self.items, "Listenpunkt", "Listenpunkte"),
            (self.tables, "Tabelle", "Tabellen"),
            (self.joined, "getrenntes Wort verbunden", "getrennte Wörter verbunden"),
        )
        paragraphs = len([block for block in self.blocks if block.strip()])
        parts = [f"{paragraphs} {'Absatz oder Block' if paragraphs == 1 else 'Absätze und Blöcke'}"]
        return " · ".join(parts + [f"{count} {one if count == 1 else many}" for count, one, many in counts if count])


def read_lines(raw: Sequence[str], *, is_wrapped: bool) -> Pasted:
    """Read line by line; with ``is_wrapped`` a line may be the part of a paragraph that fitted into a page's width."""
    lines = clean_text("\n".join(raw)).split("\n")
    found = Pasted()
    run: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            run.append(line.rstrip())
        elif run:
            _Run(found, run, is_wrapped=is_wrapped).read()
            run = []
    found.text = "\n\n".join(found.blocks)
    return found


class _Run:
    """Lines without an empty one between them."""

    def __init__(self, found: Pasted, lines: list[str], *, is_wrapped: bool) -> None:
        self.found, self.is_wrapped = found, is_wrapped
        self.lines = self.joined(lines)
        self.items: list[str] = []
        self.depths: dict[str, int] = {}  # of the bullets of this list
        self.indents: list[int] = []  # of the open items
        self.in_table = False

    def joined(self, lines: list[str]) -> list[str]:
        """Lines that are one paragraph as one line."""
        width = max(len(line) for line in lines)
        runs_on = any(not SENTENCE_END.search(line) and len(line) > width * FULL for line in lines[:-1])
        made = [[lines[0]]]
        last = lines[0]
        for line in lines[1:]:
            words = line.strip()
            if self.is_wrapped and self.goes_on(last, words, width, runs_on=runs_on):
                self.join(made[-1], words)
            else:
                made.append([line])
            last = line
        return ["".join(parts) for parts in made]

    @staticmethod
    def goes_on(last: str, words: str, width: int, *, runs_on: bool) -> bool:
        """Whether a line goes on with the sentence of the last one."""
        if any(pattern.match(words) for pattern in (GLYPH, COUNTED, MARKED, SECTION)) or "\t" in last + words:
            return False
        if MARKED.match(last) or IN_CONTENTS.search(last) or SECTION.fullmatch(last.strip()):
            return False
        if DIVIDED.search(last):
            return True
        if width > WIDEST or words.startswith("http"):
            return False
        if not SENTENCE_END.search(last):
            return words[0].islower() or (width >= NARROWEST and len(last) >= width * FULL)
        return runs_on and width >= NARROWEST and len(last) >= width * FULL_SENTENCE

    def join(self, parts: list[str], words: str) -> None:
        """One more line of a paragraph; a divided word becomes whole, a hyphen that belongs there stays."""
        is_divided = bool(DIVIDED.search(parts[-1])) and not TOGETHER.match(words)
        if not is_divided:
            parts.append(" ")
        elif words[0].islower():
            self.found.joined += 1
            parts[-1] = parts[-1][:-1]
        parts.append(words)

    def read(self) -> None:
        """Tables, headings, items and paragraphs, in their order."""
        at = 0
        while at < len(self.lines):
            count = self.rows_from(at)
            if count:
                self.table(self.lines[at : at + count])
                at += count
                continue
            self.line(self.lines[at])
            at += 1
        self.close()

    def rows_from(self, at: int) -> int:
        """How many lines from here are rows of a table: two or more with as many tabs."""
        cells = self.lines[at].strip("\n").count("\t")
        if not cells or GLYPH.match(self.lines[at].lstrip()) or COUNTED.match(self.lines[at].lstrip()):
            return 0
        rows = 0
        for line in self.lines[at:]:
            if line.count("\t") != cells or GLYPH.match(line.lstrip()):
                break
            rows += 1
        return rows if rows > 1 else 0

    def table(self, rows: list[str]) -> None:
        """Cells that tabs divide."""
        self.close()
        self.found.tables += 1
        cells = [[" ".join(cell.split()) for cell in row.split("\t")] for row in rows]
        self.found.blocks.append(table_of(cells))

    def line(self, line: str) -> None:
        """An item, a heading, or a paragraph."""
        words = line.strip()
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        section = SECTION.fullmatch(words)
        if bullet := GLYPH.match(words):
            self.item("- ", words[bullet.end() :], self.depth(bullet["glyph"], indent))
        elif counted := COUNTED.match(words):
            self.item(f"{counted['count']} ", words[counted.end() :], self.indented(indent))
        elif section and not SENTENCE_END.search(words) and not IN_CONTENTS.search(words):
            self.close()
            self.found.headings += 1
            mark = "# " if section["number"].count(".") < 2 else "## "
            self.found.blocks.append(f"{mark}{section['number']} {section['words']}")
        elif MARKED.match(words):
            self.mark(words)
        else:
            self.close()
            self.found.blocks.append(" ".join(words.split()))

    def mark(self, words: str) -> None:
        """A line that is markup already stays beside its neighbours."""
        self.found.headings += words.startswith("#")
        if words.startswith("|"):
            if self.found.blocks and self.found.blocks[-1].startswith(("|", "Tabelle:")) and self.in_table:
                self.found.blocks[-1] += f"\n{words}"
                return
            self.found.tables += 1
        self.in_table = words.startswith(("|", "Tabelle:"))
        self.close()
        self.found.blocks.append(words)

    def depth(self, glyph: str, indent: int) -> int:
        """How deep an item stands: by its indent, else as its bullet did before, else as Word gives its levels."""
        depth = self.indented(indent)
        if not indent and glyph in (SECOND, THIRD):
            depth = max((d for other, d in self.depths.items() if other != glyph), default=-1) + 1
            depth = self.depths.get(glyph, depth if glyph == SECOND or SECOND in self.depths else 0)
        self.depths.setdefault(glyph, depth)
        return min(depth, DEEPEST)

    def indented(self, indent: int) -> int:
        """How many items stand around one with this indent."""
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1] + 1:
            self.indents.append(indent)
        return min(len(self.indents) - 1, DEEPEST)

    def item(self, mark: str, words: str, depth: int) -> None:
        """One more item of the list."""
        self.found.items += 1
        self.items.append("  " * depth * (2 if mark[0].isdigit() else 1) + mark + " ".join(words.split()))

    def close(self) -> None:
        """End of the list."""
        if self.items:
            self.found.blocks.append("\n".join(self.items))
        self.items, self.depths, self.indents = [], {}, []


def table_of(cells: Sequence[Sequence[str]]) -> str:
    """Rows as a table in markup; columns of numbers stand right."""
    count = max(map(len, cells))
    rows = [[cell.replace("|", "\\|") for cell in [*row, *[""] * (count - len(row))]] for row in cells]
    is_number = re.compile(r"[-–+]?[\d.,\s]+\s*(?:%|€)?|[-–x]?")
    right = [len(rows) > 1 and all(is_number.fullmatch(row[at]) for row in rows[1:]) for at in range(count)]
    rule = "| " + " | ".join("---:" if each else "---" for each in right) + " |"
    head, *body = ("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join([head, rule, *body])
