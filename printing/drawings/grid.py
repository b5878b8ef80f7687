"""A table as a drawing: in each cell bars from a common zero, so that a whole matrix is taken in at a glance.

Units are points. Solid bars and outlined ones differ without colour; a gap has a dashed frame. Captions
say what the signs mean, and the same numbers stand in a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from printing.drawings.text import wrap

WIDTH, LABEL, GUTTER = 476, 96, 10  # the width of the text area and its marginal column
HEAD, LINE, BAR, PADDING = 7.5, 9, 8, 5
NUMBER_ROOM = 22  # right of the longest bar


@dataclass(frozen=True)
class Bar:
    """A number to draw: solid or outlined."""

    number: int
    is_solid: bool


@dataclass(frozen=True)
class Cell:
    """Bars; ``is_gap`` puts a dashed frame around what is missing."""

    bars: tuple[Bar, ...]
    is_gap: bool = False


@dataclass(frozen=True)
class DrawnBar:
    """A bar in place."""

    x: float
    y: float
    width: float
    is_solid: bool
    number: int
    text_x: float

    @property
    def text_y(self) -> float:
        """The base line of the number."""
        return self.y + 6.4


@dataclass(frozen=True)
class DrawnGap:
    """The frame around a cell."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """A line of text."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Grid:
    """Everything the template writes."""

    uid: str
    title: str
    description: str
    width: int
    height: float
    heads: tuple[Line, ...]
    labels: tuple[Line, ...]
    rules: tuple[float, ...]
    bars: tuple[DrawnBar, ...]
    gaps: tuple[DrawnGap, ...]


def draw_grid(
    rows: Sequence[tuple[str, Sequence[Cell]]], columns: Sequence[str], *, title: str, description: str, uid: str
) -> Grid:
    """Rows with their cells; the longest bar of all fills a cell."""
    width = (WIDTH - LABEL) / max(len(columns), 1)
    heads = [wrap(column, width - GUTTER, HEAD) for column in columns]
    top = max((len(lines) for lines in heads), default=0) * LINE + 4
    head_lines = [
        Line(LABEL + at * width, top - 4 - (len(lines) - number - 1) * LINE, text)
        for at, lines in enumerate(heads)
        for number, text in enumerate(lines)
    ]
    most = max((bar.number for _, cells in rows for cell in cells for bar in cell.bars), default=0)
    labels: list[Line] = []
    bars: list[DrawnBar] = []
    gaps: list[DrawnGap] = []
    y: float = top
    rules = [y]
    for label, cells in rows:
        lines = wrap(label, LABEL - GUTTER, HEAD, 600)
        height = max(len(lines) * LINE, max((len(cell.bars) for cell in cells), default=0) * (BAR + 2)) + 2 * PADDING
        labels += [Line(0, y + PADDING + 7 + number * LINE, text) for number, text in enumerate(lines)]
        for at, cell in enumerate(cells):
            x = LABEL + at * width
            if cell.is_gap:
                gaps.append(DrawnGap(x - 3, y + 2, width - GUTTER + 3, height - 4))
            bars += drawn(cell, x, y + PADDING, width - GUTTER - NUMBER_ROOM, most)
        y += height
        rules.append(y)
    return Grid(
        uid,
        title,
        description,
        WIDTH,
        round(y + 1, 1),
        tuple(head_lines),
        tuple(labels),
        tuple(rules),
        tuple(bars),
        tuple(gaps),
    )


def drawn(cell: Cell, x: float, y: float, room: float, most: int) -> list[DrawnBar]:
    """The bars of a cell one under another; nought is a number without a bar."""
    found = []
    for number, bar in enumerate(cell.bars):
        width = round(bar.number / most * room, 1) if most else 0
        found.append(
            DrawnBar(x, y + number * (BAR + 2), width, bar.is_solid, bar.number, x + width + (4 if width else 0))
        )
    return found
