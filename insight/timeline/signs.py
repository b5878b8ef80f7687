"""The signs of the printed timeline: how exactly a date is known decides the shape (TYPE.md, Timeline).

Dot = day, pill = month, box = quarter, box of two = half-year, dashed box = year, solid bar = period; a dotted outline
means „vorgesehen“. All coordinates are points.
"""

from dataclasses import dataclass

from insight.timeline.entries import HURDLES, INTENDED, TimelineEntry
from insight.timeline.marks import at
from printing.drawings.text import text_width
from records.vague import HALF, MONTH, QUARTER, YEAR

LEGEND = {
    "day": "auf den Tag genau",
    "month": "im Lauf eines Monats",
    "quarter": "eines Quartals",
    "half": "eines Halbjahrs",
    "year": "eines Jahres",
    "period": "Zeitraum",
    "unsure": "Beginn oder Ende ungenau",
    "hurdle": "Hürde",
    "chain": "Beratungsfolge",
    "expected": INTENDED,
}
SIGN_OF = {MONTH: "month", QUARTER: "quarter", HALF: "half", YEAR: "year"}
TINTS = {"day": "#15506b", "period": "#15506b", "month": "#7fa1b1", "quarter": "#b9cbd4", "half": "#dbe5ea"}
PALE = "#eef2f4"
DOT = 2.6
NEAR, FAR = 7.0, 11.0  # between two signs of the legend with their words
DASHED, DOTTED = "3 2", "1 1.5"


@dataclass(frozen=True)
class Sign:
    """Path data with fill or outline; ``dashed`` is the outline's dash pattern or empty."""

    kind: str
    d: str
    filled: bool
    dashed: str


@dataclass(frozen=True)
class LegendItem:
    """A sign of the legend with its words."""

    kind: str
    d: str
    filled: bool
    dashed: str
    text_x: str
    words: str


def sign_of(entry: TimelineEntry) -> str:
    """Which sign stands for the entry; in print only the certainty of the date matters."""
    if entry.lane == HURDLES:
        return "hurdle"
    if not entry.is_point:
        return "period"
    return SIGN_OF.get(entry.moment.precision, "day")


def box(left: float, right: float, y: float, height: float) -> str:
    """A rectangle centred at ``y``."""
    return f"M{at(left)} {y - height / 2:.2f}H{at(right)}v{height:g}H{at(left)}z"


def draw_sign(kind: str, left: float, right: float, y: float, *, height: float = 9.0, expected: bool = False) -> Sign:
    """The sign from left to right, centred at ``y``, at most ``height`` high."""
    low = min(6.0, height)
    if kind == "day":
        x = (left + right) / 2
        d = f"M{at(x - DOT)} {y:.2f}a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0-{2 * DOT} 0z"
    elif kind == "month":
        d = f"M{at(left + 2.5)} {y - 3:.2f}H{at(right - 2.5)}a3 3 0 0 1 0 6H{at(left + 2.5)}a3 3 0 0 1 0-6z"
    elif kind == "chain":
        d = f"M{at(left)} {y:.2f}H{at(right)}"
    elif kind == "quarter":
        d = box(left, right, y, low)
    elif kind == "half":
        d = f"{box(left, right, y, low)}M{at((left + right) / 2)} {y - low / 2:.2f}v{low:g}"
    else:
        d = box(left, right, y, min(7.0, height) if kind == "hurdle" else height)
    dashed = DOTTED if expected else DASHED if kind in {"year", "unsure"} else ""
    return Sign(kind, d, kind in {"day", "period"} and not expected, dashed)


def arrow(left: float, right: float, y: float, height: float) -> Sign:
    """A period that goes on: the bar ends in a point."""
    half = height / 2
    neck = max(left, right - half)
    return Sign(
        "period",
        f"M{at(left)} {y - half:.2f}H{at(neck)}L{at(right)} {y:.2f}L{at(neck)} {y + half:.2f}H{at(left)}z",
        True,
        "",
    )


def entry_signs(
    entry: TimelineEntry, edges: tuple[float, float, float, float], y: float, height: float
) -> tuple[Sign, ...]:
    """The signs of an entry: left, begin and end of the certain part, right. Uncertain parts are dashed outlines."""
    left, solid_from, solid_to, right = edges
    kind = sign_of(entry)
    if kind != "period" or entry.expected:
        return (draw_sign(kind, left, right, y, height=height, expected=entry.expected),)
    signs = []
    if solid_from - left > 0.5:
        signs.append(draw_sign("unsure", left, solid_from, y, height=height))
    if right - solid_to > 0.5:
        signs.append(draw_sign("unsure", solid_to, right, y, height=height))
    if entry.end is None:
        signs.append(arrow(min(solid_from, right - 5), right, y, height))
    elif solid_to - solid_from > 0.5:
        signs.append(draw_sign("period", solid_from, solid_to, y, height=height))
    return tuple(signs)


def legend_items(kinds: set[str], *, expected: bool, left: float, right: float, y: float) -> list[LegendItem]:
    """The signs that occur in the drawing, side by side; ``y`` is the base line of the words.

    They begin at ``left``, or at the edge of the drawing where they would reach beyond ``right``.
    """
    shown = [kind for kind in LEGEND if kind in kinds or (kind == "expected" and expected)]
    widths = {"day": 2 * DOT, "expected": 2 * DOT, "month": 14.0, "quarter": 16.0, "half": 18.0}
    room = sum(widths.get(kind, 20) + 5 + text_width(LEGEND[kind], 7) for kind in shown)
    apart = max(1, len(shown) - 1)
    left = left if room + apart * NEAR <= right - left else 0
    gap, items = min(FAR, (right - left - room) / apart), []
    for kind in shown:
        width, hollow = widths.get(kind, 20), kind == "expected"
        drawn = draw_sign("day" if hollow else kind, left, left + width, y - 2.5, expected=hollow)
        items.append(LegendItem(kind, drawn.d, drawn.filled, drawn.dashed, at(left + width + 5), LEGEND[kind]))
        left += width + 5 + text_width(LEGEND[kind], 7) + gap
    return items
