"""A bar chart for narrow columns: the name above its bar, the number behind it; a hatched stub where nobody counted.

360 units wide, so that its text stays readable on a phone. Beside the chart the page has the same as a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from printing.drawings.text import shorten, text_width

WIDTH, ROW, TEXT_SIZE = 360, 44, 14
STUB, SPACE, BOLD = 26, 8, 600


@dataclass(frozen=True)
class Value:
    """What is to be drawn: a number, or None where there is none; ``note`` stands behind it."""

    label: str
    number: int | None
    text: str


@dataclass(frozen=True)
class Bar:
    """A drawn value."""

    label: str
    full: str
    y: int
    width: int
    text: str
    text_x: int
    is_counted: bool


@dataclass(frozen=True)
class Chart:
    """Everything the template writes."""

    uid: str
    title: str
    width: int
    height: int
    bars: tuple[Bar, ...]


def draw_bars(values: Sequence[Value], *, title: str, uid: str) -> Chart:
    """Bars from a common zero; the longest leaves room for the widest text."""
    most = max((value.number or 0 for value in values), default=0)
    room = WIDTH - SPACE - 1 - max((text_width(value.text, TEXT_SIZE, BOLD) for value in values), default=0)
    bars = []
    for index, value in enumerate(values):
        width = STUB if value.number is None else round(value.number / most * room) if most else 0
        name = shorten(value.label, WIDTH, TEXT_SIZE)
        text = f"{value.label}: {value.text}"
        bars.append(Bar(name, text, index * ROW, width, value.text, width + SPACE, value.number is not None))
    return Chart(uid, title, WIDTH, max(len(bars) * ROW, 1), tuple(bars))
