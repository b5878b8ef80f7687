"""Lines pasted from flip charts, notes and minutes: one line, one statement. Nothing is stored here.

A statement may end with its weight: „(12)“, „[12]“, „12 Punkte“, „12 P.“, a number after a tab (from a table) or as
many „•“ or „x“ as dots were given. A number that looks like a year stays in the text. A line that names a
Handlungsfeld („Handlungsfeld 2“, „2 Vereinbarkeit, Mobilität“, „Mobilität:“) is a heading; the lines below it belong
there.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from planning.models import ActionField
from records.text import fold

LONGEST = 400  # characters of a finding
HEAVIEST = 100_000  # the limit of Finding.weight
NO_NUMBERING = r"Quartal|Halbjahr|Klasse|Lebensjahr|Stock|Etage|Kind|Januar|Februar|März|April|Mai|Juni|Juli|August"
NO_NUMBERING += r"|September|Oktober|November|Dezember"
BULLET = re.compile(
    r"^(?:[•●▪◦‣·*○■□☐☑✓✔➢>»]\s*|[-–—](?:\s+|$|(?=[^\W\d_]))|o\s+"
    rf"|(?:TOP\s*)?\(?\d{{1,3}}[.):](?:\s+(?!(?:{NO_NUMBERING})\b)|$))"
)
BRACKETED = re.compile(r"[(\[]\s*(\d{1,6})\s*(punkte?|pkt\.?|p\.?|stimmen?|x)?\s*[)\]]$", re.IGNORECASE)
COUNTED = re.compile(r"(?:^|\s)(\d{1,6})\s*(?:Punkte?|Pkt\.?|P\.|P)$")
TABBED = re.compile(r"\t\s*(\d{1,6})$")
DOTTED = re.compile(r"(?:^|\s)[(\[]?((?:[•●x]\s*)+)[)\]]?$")
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


@dataclass
class Reading:
    """What was found in a pasted text; ``doubled`` and ``too_long`` hold numbers of lines."""

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


def read_lines(text: str, *, fields: Sequence[ActionField] = (), present: Iterable[str] = ()) -> Reading:
    """Split a pasted text into statements; ``present`` are statements that are there already."""
    reading, seen = Reading(), {_same(known) for known in present}
    current: ActionField | None = None
    for number, raw in enumerate(text.rstrip().splitlines(), start=1):
        heading = heading_of(raw, fields)
        if heading:
            current = heading
            reading.headings += 1
            continue
        statement, weight = read_line(raw)
        if not statement:
            reading.empty += 1
        elif _same(statement) in seen:
            reading.doubled.append(number)
        elif len(statement) > LONGEST:
            reading.too_long.append(number)
        else:
            seen.add(_same(statement))
            reading.lines.append(Line(number, statement, weight, current))
    return reading


def read_line(raw: str) -> tuple[str, int | None]:
    """One line without bullet, numbering and superfluous blanks, and its weight."""
    text, weight = _without_weight(_without_bullet(raw))
    return " ".join(text.split()), weight


def plain_lines(text: str) -> list[tuple[int, str]]:
    """Lines without weights (agenda, decisions): number and text, without bullets and empty lines."""
    found = ((number, " ".join(_without_bullet(raw).split())) for number, raw in enumerate(text.splitlines(), start=1))
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
    for pattern in (BRACKETED, COUNTED, TABBED):
        match = pattern.search(text)
        if match is None:
            continue
        weight = int(match[1])
        is_year = pattern is BRACKETED and not match[2] and 1900 <= weight <= 2100
        if weight > HEAVIEST or is_year:
            break
        return text[: match.start()].rstrip(LOOSE_END), weight
    dots = DOTTED.search(text)
    if dots:
        return text[: dots.start()].rstrip(LOOSE_END), len("".join(dots[1].split()))
    return text, None


def _same(text: str) -> str:
    """Equal for statements that differ in case, umlauts, blanks and punctuation only."""
    return " ".join(re.sub(r"\W+", " ", fold(text)).split())


def _words(text: str) -> set[str]:
    return set(_same(text).split())
