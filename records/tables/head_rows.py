"""Heads of a table in one row or in two: a group above („Laufzeit“), and what belongs to it below („von“, „bis“)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from records.text import fold

# What stands below a group where nothing is merged; other words might as well be the first row of the table.
PART = re.compile(
    r"(?:19|20)\d\d|(?:jahr|hj|q) ?\S{1,4}|von|bis|ab|seit|beginn|ende|start|anfang|name|ort|plan|soll|ist|anzahl|art|"
    r"zahl|summe|gesamt|plz|strasse|telefon|e-?mail|in euro|in %|euro|€|%|weiblich|maennlich|divers|w|m|d"
)
LONGEST_GROUP = 60
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Line:
    """A row that may hold heads: its number, its texts, and its cells that are merged sideways."""

    number: int
    texts: list[str]
    spans: Spans = ()

    def at(self, column: int) -> str:
        """The text in a column."""
        return self.texts[column] if column < len(self.texts) else ""

    def groups(self, below: "Line") -> dict[int, str]:
        """By column the text that stands over it and over others too."""
        found: dict[int, str] = {}
        for column, text in enumerate(self.texts):
            last = next((end for begin, end in self.spans if begin == column), column)
            while not self.spans and not self.at(last + 1) and PART.fullmatch(fold(below.at(last + 1))):
                last += 1
            is_whole = column == 0 and sum(map(bool, self.texts)) == 1 and last + 1 >= len(below.texts)
            if text and last > column and not is_whole and len(text) <= LONGEST_GROUP:
                parts = [place for place in range(column, last + 1) if below.at(place)]
                if self.spans or all(PART.fullmatch(fold(below.at(place))) for place in parts):
                    found |= dict.fromkeys(parts, text)
        return found


def heads_of(lines: Sequence[Line], place: int) -> tuple[list[str], int, int]:
    """The heads whose row stands at ``place``, and the places of the first and last row in which they stand."""
    here = lines[place]
    if place + 2 < len(lines) and (parts := parts_of(here, lines[place + 1])):
        return parts, place, place + 1
    above = lines[place - 1] if place else None
    if above is not None and above.number == here.number - 1 and (groups := above.groups(here)):
        groups = spread(above, here) | groups if not above.spans else groups
        width = max(len(here.texts), len(above.texts))
        heads = [joined(groups.get(column, ""), here.at(column) or above.at(column)) for column in range(width)]
        return heads, place - 1, place
    return list(here.texts), place, place


def parts_of(here: Line, below: Line) -> list[str]:
    """The heads of both rows where the lower one only divides groups of the upper; empty where it does not."""
    groups = here.groups(below)
    groups = spread(here, below) | groups if groups and not here.spans else groups
    own = [column for column, text in enumerate(below.texts) if text and fold(text) != fold(here.at(column))]
    if below.number != here.number + 1 or len(own) < 2 or not groups.keys() >= set(own):
        return []
    width = max(len(here.texts), len(below.texts))
    return [joined(groups.get(column, here.at(column)), below.at(column)) for column in range(width)]


def spread(above: Line, below: Line) -> dict[int, str]:
    """By column the text that stands over it, or over one to its left: what counts once two rows are known as heads."""
    found, text = {}, ""
    for column in range(len(below.texts)):
        text = above.at(column) or text
        if text and below.at(column) and len(text) <= LONGEST_GROUP:
            found[column] = text
    return found


def joined(group: str, part: str) -> str:
    """„Laufzeit von“; a text that is merged over both rows stands once."""
    return part if not group or fold(group) == fold(part) else f"{group} {part}".strip()
