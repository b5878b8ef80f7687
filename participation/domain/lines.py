"""Lines pasted from flip charts, notes and minutes: one line, one statement. Nothing is stored here.

A statement may end with its weight: „(12)“, „[12]“, „12 Punkte“, „12 P.“, the only number among cells (from a table)
or as many „•“, „x“ or tally marks as were given. A number that looks like a year or belongs to a law stays in the text,
and so does „2 x“. A cell of a table with line ends in quotes is one line. A line that names a
Handlungsfeld („Handlungsfeld 2“, „2 Vereinbarkeit, Mobilität“, „Mobilität:“) is a heading; the lines below it belong
there. Whatever was taken for something else than a statement can be kept as it stands: no word is lost.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from planning.models import ActionField
from records.text import clean_text, fold

LONGEST = 400  # characters of a finding
MOST_SEEN = 500  # characters of a line in which a weight is looked for; a longer one is no finding
HEAVIEST = 100_000  # the limit of Finding.weight
NO_NUMBERING = r"Quartal|Halbjahr|Klasse|Lebensjahr|Stock|Etage|Kind|Januar|Februar|März|April|Mai|Juni|Juli|August"
NO_NUMBERING += r"|September|Oktober|November|Dezember"
BULLET = re.compile(
    r"^(?:[•●▪◦‣·*○■□☐☑✓✔➢>»]\s*|[-–—](?:\s+|$|(?=[^\W\d_]))|o\s+"
    rf"|(?:TOP\s*)?\(?\d{{1,3}}[.):](?:\s+(?!(?:{NO_NUMBERING})\b)|$))"
)
BRACKETED = re.compile(r"[(\[]\s*(\d{1,6})\s*(punkte?|pkt\.?|p\.?|stimmen?|x)?\s*[)\]]$", re.IGNORECASE)
COUNTED = re.compile(r"(?:^|\s)(\d{1,6})\s*(?:Punkte?|Pkt\.?|P\.|P)$")
CELL_NUMBER = re.compile(r"\d{1,6}")
DOTTED = re.compile(r"(?:^|\s)[(\[]?((?:[•●○◦■▪◆★☆]\s*)+|(?<!\d\s)(?:x\s*){2,}|[*+✓✔](?:\s*[*+✓✔])+)[)\]]?$")
TALLY = re.compile(r"(?:^|\s)[(\[]?((?:[|卌]|I{4,}+|/{4,}+)(?:[|卌\s/]|I{4,}+)*+(?:I{1,3})?)[)\]]?$")
LAW = re.compile(r"(?:§§?\s*\d\w*|SGB\s+[IVX]+|[BG]GB?|Abs\.|Satz|Nr\.|Art\.|KitaG|AufenthG)\s*$")
QUOTED_CELL = re.compile(r'(?:(?<=\t)|(?m:^))"((?:[^"]|"")*)"(?=\t|$|\n)')
MOST_LINES_OF_CELL = 20
LOOSE_END = " \t,;:–—-|"
INVISIBLE = str.maketrans("\u00a0\u202f", "  ", "\u200b\ufeff\u00ad")
NUMBERED_HEADING = re.compile(r"^#*\s*(?:Handlungsfeld|HF)\s*(\d{1,2})\b\W*(.*)$", re.IGNORECASE)
PLAIN_NUMBER = re.compile(r"^#*\s*(\d{1,2})[.):]?\s+(.*)$")


@dataclass(frozen=True)
class Line:
    """A statement with its place in the pasted text (from 1), its weight and the Handlungsfeld of its heading."""

    number: int
    text: str
    weight: int | None = None
    action_field: ActionField | None = None


@dataclass(frozen=True)
class Seen:
    """What a line of the text was taken for, beside how it was pasted; ``left_out`` says why it is no statement."""

    number: int
    raw: str
    line: Line | None = None
    heading: ActionField | None = None
    left_out: str = ""
    is_kept: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether anything of it was taken for something else than words."""
        return self.is_kept or self.line is None or self.line.text != self.raw


@dataclass
class ReadLines:
    """What was found in a pasted text; ``doubled`` and ``too_long`` hold numbers of lines, ``seen`` every line."""

    seen: list[Seen] = field(default_factory=list)

    lines: list[Line] = field(default_factory=list)
    headings: int = 0
    empty: int = 0
    doubled: list[int] = field(default_factory=list)
    too_long: list[int] = field(default_factory=list)

    @property
    def note(self) -> str:
        """„60 Zeilen erkannt · 6 Überschriften · 2 leer · 1 doppelt (Zeile 7)“."""
        parts = [f"{len(self.lines)} {'Zeile' if len(self.lines) == 1 else 'Zeilen'} erkannt"]
        if self.headings:
            parts.append(f"{self.headings} {'Überschrift' if self.headings == 1 else 'Überschriften'}")
        if self.empty:
            parts.append(f"{self.empty} leer")
        if self.doubled:
            numbers = ", ".join(map(str, self.doubled[:10])) + (" …" if len(self.doubled) > 10 else "")
            word = "Zeile" if len(self.doubled) == 1 else "Zeilen"
            parts.append(f"{len(self.doubled)} doppelt ({word} {numbers})")
        return " · ".join(parts)


def read_lines(
    text: str, *, fields: Sequence[ActionField] = (), present: Iterable[str] = (), kept: Iterable[int] = ()
) -> ReadLines:
    """Split a pasted text into statements; ``present`` are statements that are there already.

    ``kept`` are numbers of lines that are statements as they stand, whatever they look like.
    """
    reading, seen, as_they_stand = ReadLines(), {_same(known) for known in present}, set(kept)
    current: ActionField | None = None
    for number, raw in pasted_lines(text):
        words = " ".join(raw.translate(INVISIBLE).split())
        is_kept = number in as_they_stand and bool(words)
        heading = None if is_kept else heading_of(raw, fields)
        if heading:
            current = heading
            reading.headings += 1
            reading.seen.append(Seen(number, words, heading=heading))
            continue
        statement, weight = (words, None) if is_kept else read_line(raw)
        left_out = ""
        if not statement:
            reading.empty += 1
            left_out = "ohne Aussage"
        elif _same(statement) in seen and not is_kept:
            reading.doubled.append(number)
            left_out = "doppelt"
        elif len(statement) > LONGEST:
            reading.too_long.append(number)
            left_out = "zu lang"
        line = None if left_out else Line(number, statement, weight, current)
        if line:
            seen.add(_same(statement))
            reading.lines.append(line)
        if words:
            reading.seen.append(Seen(number, words, line, left_out=left_out, is_kept=is_kept))
    return reading


def pasted_lines(text: str) -> list[tuple[int, str]]:
    """The lines with their numbers from 1; a cell that a table quotes because of its line ends is one line."""
    ends = clean_text(re.sub("[\x0b\u2028]", " ", text)).rstrip()  # Shift and Enter end no statement

    def whole(found: re.Match[str]) -> str:
        cell = found[1]
        if cell.count("\n") > MOST_LINES_OF_CELL or ("\n" not in cell and '""' not in cell):
            return found[0]
        return cell.replace('""', '"').replace("\n", "\x1f")

    lines, number = [], 1
    for line in QUOTED_CELL.sub(whole, ends).split("\n"):
        lines.append((number, line.replace("\x1f", " ")))
        number += 1 + line.count("\x1f")
    return lines


def read_line(raw: str) -> tuple[str, int | None]:
    """One line without bullet, numbering and superfluous blanks, and its weight."""
    text, weight = _without_weight(_without_bullet(raw))
    return " ".join(text.split()), weight


def plain_lines(text: str) -> list[tuple[int, str]]:
    """Lines without weights (agenda, decisions): number and text, without bullets and empty lines."""
    found = ((number, " ".join(_without_bullet(raw).split())) for number, raw in pasted_lines(text))
    return [(number, line) for number, line in found if line]


def heading_of(raw: str, fields: Sequence[ActionField]) -> ActionField | None:
    """The Handlungsfeld that a line names, or None for a statement."""
    text = raw.translate(INVISIBLE).strip().lstrip("#").strip()
    bare = text.rstrip(" :–—-")
    by_number = {found.number: found for found in fields}
    for pattern, needs_words in ((NUMBERED_HEADING, False), (PLAIN_NUMBER, True)):
        match = pattern.match(bare)
        if match and (found := by_number.get(int(match[1]))) and (match[2] or not needs_words):
            return found if _words(match[2]) <= _words(found.title) else None
    exact = [found for found in fields if _same(found.title) == _same(bare)]
    partly = [found for found in fields if bare != text and _words(bare) and _words(bare) <= _words(found.title)]
    matching = exact or partly
    return matching[0] if len(matching) == 1 else None


def _without_bullet(raw: str) -> str:
    text = raw.translate(INVISIBLE).strip()
    for _ in range(2):  # „• 1. Bus fährt nicht“
        text = BULLET.sub("", text, count=1).strip()
    return text


def _without_weight(text: str) -> tuple[str, int | None]:
    cells = [cell.strip() for cell in text.split("\t") if cell.strip()]
    numbers = [cell for cell in cells if CELL_NUMBER.fullmatch(cell)]
    if len(cells) > 1 and len(numbers) == 1 and int(numbers[0]) <= HEAVIEST:
        return " – ".join(cell for cell in cells if cell is not numbers[0]), int(numbers[0])
    text = " – ".join(cells)
    if len(text) > MOST_SEEN:
        return text, None
    for pattern in (BRACKETED, COUNTED):
        match = pattern.search(text)
        if match is None:
            continue
        weight = int(match[1])
        is_bare = pattern is BRACKETED and not match[2]
        is_meant = is_bare and (1900 <= weight <= 2100 or LAW.search(text[: match.start()]))
        if weight > HEAVIEST or is_meant:
            break
        return text[: match.start()].rstrip(LOOSE_END), weight
    for pattern in (DOTTED, TALLY):
        if match := pattern.search(text):
            return text[: match.start()].rstrip(LOOSE_END), tallied(match[1])
    return text, None


def tallied(marks: str) -> int:
    """How many marks: dots and strokes each, „卌“ five; a stroke across four counts as the fifth."""
    return sum(5 if mark == "卌" else 1 for mark in "".join(marks.split()))


def _same(text: str) -> str:
    """Equal for statements that differ in case, umlauts, blanks and punctuation only."""
    return " ".join(re.sub(r"\W+", " ", fold(text)).split())


def _words(text: str) -> set[str]:
    return set(_same(text).split())
