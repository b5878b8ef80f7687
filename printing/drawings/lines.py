"""Line charts of figures over the years, for the page, for download and for the plan.

Lines differ by dash, by the shape of their marks and by the name at their end; colours come from classes, or from the
style sheet inside the drawing where it stands alone. Coordinates are user units; ``size`` is the text size.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from printing.drawings.axes import ValueAxis, value_axis, year_step
from printing.drawings.text import shorten, text_width

NAME_SHARE = 0.3  # of the width, at most, for the names at the ends


@dataclass(frozen=True)
class Style:
    """How a line is told from the others."""

    tone: str
    shape: str
    hollow: bool
    dash: str


OWN, CONTEXT = 0, 1
STYLES = (
    Style("own", "circle", False, ""),
    Style("context", "square", True, "7 4"),
    Style("other", "diamond", False, "2 3"),
    Style("ink", "triangle", False, "10 3 2 3"),
    Style("other", "circle", True, "5 3"),
    Style("ink", "square", False, "3 2"),
)


@dataclass(frozen=True)
class Paint:
    """Attributes of a line, its marks and what is thin beside it."""

    line: SafeString
    mark: SafeString
    thin: SafeString


COLOURS = {
    "own": "#15506b",
    "context": "#50565a",
    "other": "#0b6b5b",
    "ink": "#1a1c1d",
}  # the plan's colours and one more
GROUND_VALUES = {
    "word": mark_safe('fill="#1a1c1d"'),
    "soft": mark_safe('fill="#50565a"'),
    "grid": mark_safe('stroke="#bfc5c9" stroke-width=".35"'),
    "axis": mark_safe('fill="none" stroke="#868d92" stroke-width=".75"'),
}
GROUND_CLASSES = {name: mark_safe(f'class="ch-{name}"') for name in GROUND_VALUES}


@dataclass(frozen=True)
class Point:
    """A year with its number, the sign that stands for it, or neither: a gap; ``text`` names it."""

    year: int
    value: Decimal | None
    sign: str = ""
    text: str = ""


@dataclass(frozen=True)
class Line:
    """What is to be drawn: ``style`` counts in STYLES, ``breaks`` are years before which the line is interrupted."""

    name: str
    style: int
    points: tuple[Point, ...]
    breaks: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Mark:
    """A point or sign: path or words, with its name for the tooltip."""

    x: str
    y: str
    d: str
    text: str
    sign: str = ""


@dataclass(frozen=True)
class DrawnLine:
    """A line's paths, marks, signs in their own row below the years, and the name at its end."""

    style: Style
    path: str
    leader: str
    marks: tuple[Mark, ...]
    signs: tuple[Mark, ...]
    sign_head: str
    breaks: tuple[str, ...]
    name: str
    name_x: str
    name_y: str


@dataclass(frozen=True)
class LineChart:
    """The whole drawing; ``rows`` and ``years`` are pairs of place and label."""

    uid: str
    title: str
    description: str
    unit: str
    width: int
    height: int
    size: str
    left: str
    right: str
    top: str
    bottom: str
    years_y: str
    unit_y: str
    rows: tuple[tuple[str, str, str], ...]
    years: tuple[tuple[str, str], ...]
    rows_x: str
    zero: str
    broken: str
    lines: tuple[DrawnLine, ...]


@dataclass(frozen=True)
class Ground:
    """Where things stand: the plot and its two scales."""

    left: float
    right: float
    top: float
    bottom: float
    first: int
    last: int
    axis: ValueAxis
    size: float

    def x(self, year: float) -> float:
        """Place of a year; a single one stands in the middle."""
        inset = self.size * 0.8
        if self.first == self.last:
            return (self.left + self.right) / 2
        room = self.right - self.left - 2 * inset
        return self.left + inset + room * (year - self.first) / (self.last - self.first)

    def y(self, value: Decimal) -> float:
        """Height of a value."""
        share = (value - self.axis.low) / (self.axis.high - self.axis.low)
        return self.bottom - (self.bottom - self.top) * float(share)

    def row_y(self, row: int) -> float:
        """Base line of a row of signs, below the years."""
        return self.bottom + self.size * (2.9 + 1.35 * row)


def at(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def mark_path(shape: str, x: float, y: float, r: float) -> str:
    """The outline of a mark."""
    if shape == "circle":
        return f"M{at(x - r)} {at(y)}a{at(r)} {at(r)} 0 1 0 {at(2 * r)} 0a{at(r)} {at(r)} 0 1 0-{at(2 * r)} 0z"
    if shape == "square":
        s = r * 0.9
        return f"M{at(x - s)} {at(y - s)}h{at(2 * s)}v{at(2 * s)}h-{at(2 * s)}z"
    if shape == "diamond":
        d = r * 1.3
        return f"M{at(x)} {at(y - d)}L{at(x + d)} {at(y)}L{at(x)} {at(y + d)}L{at(x - d)} {at(y)}z"
    return f"M{at(x)} {at(y - 1.2 * r)}L{at(x + 1.2 * r)} {at(y + r)}H{at(x - 1.2 * r)}z"


def line_path(line: Line, ground: Ground) -> str:
    """Straight from number to number; a sign or a break interrupts it, a year without entry does not."""
    parts, pen = [], "M"
    for point in line.points:
        if point.value is None:
            pen = "M"
            continue
        if point.year in line.breaks:
            pen = "M"
        parts.append(f"{pen}{at(ground.x(point.year))} {at(ground.y(point.value))}")
        pen = "L"
    return "".join(parts)


def zigzag(ground: Ground) -> str:
    """The sign at the foot of an axis that does not begin at zero."""
    z = ground.size * 0.22
    small, wide = at(z), at(2 * z)
    return f"M{at(ground.left)} {at(ground.bottom)}l-{small}-{small} {wide}-{small}-{wide}-{small} {small}-{small}"


def end_of(line: Line, ground: Ground) -> tuple[float, float]:
    """The last number of a line, or the corner where it has none."""
    numbers = [point for point in line.points if point.value is not None]
    if not numbers or numbers[-1].value is None:
        return ground.right, ground.bottom
    return ground.x(numbers[-1].year), ground.y(numbers[-1].value)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights as near as possible to those wanted, at least ``gap`` apart, in the same order from top to bottom."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = [0.0] * len(wanted)
    last = low - gap
    for index in order:
        last = placed[index] = max(wanted[index], last + gap)
    limit = high
    for index in reversed(order):
        placed[index] = min(placed[index], limit)
        limit = placed[index] - gap
    return placed


def draw_line(line: Line, ground: Ground, row: int | None, name_y: float | None, room: float) -> DrawnLine:
    """One line; ``row`` is its row of signs, ``name_y`` the height of its name, ``room`` the width for it."""
    style, r = STYLES[line.style % len(STYLES)], ground.size * 0.32
    marks, signs, head = [], [], ""
    for point in line.points:
        x = ground.x(point.year)
        if point.value is not None:
            y = ground.y(point.value)
            marks.append(Mark(at(x), at(y), mark_path(style.shape, x, y, r), point.text))
        elif row is not None and point.sign:
            signs.append(Mark(at(x), at(ground.row_y(row)), "", point.text, point.sign))
    if signs and row is not None:
        head = mark_path(style.shape, ground.left - ground.size * 0.7, ground.row_y(row) - ground.size * 0.35, r)
    x, y = end_of(line, ground)
    far = name_y is not None and (ground.right - x > ground.size * 1.5 or abs(name_y - y) > ground.size * 0.7)
    name_x = ground.right + ground.size * 0.5
    return DrawnLine(
        style=style,
        path=line_path(line, ground),
        leader=f"M{at(x + r + 2)} {at(y)}L{at(name_x - 2)} {at(name_y or 0)}" if far else "",
        marks=tuple(marks),
        signs=tuple(signs),
        sign_head=head,
        breaks=tuple(at(ground.x(year - 0.5)) for year in sorted(line.breaks)),
        name="" if name_y is None else shorten(line.name, room, ground.size),
        name_x=at(name_x),
        name_y=at((name_y or 0) + ground.size * 0.35),
    )


def draw_lines(
    lines: Sequence[Line],
    *,
    uid: str,
    title: str,
    description: str,
    unit: str,
    width: int,
    height: int,
    size: float,
    in_words: Callable[[Decimal], str],
    names: bool = True,
) -> LineChart:
    """Lay out the lines on ``width`` × ``height``; without ``names`` for small multiples. Needs at least one point.

    ``in_words`` writes the values of the axis.
    """
    points = [point for line in lines for point in line.points]
    axis = value_axis([point.value for point in points if point.value is not None] or [Decimal(0)], 5 if names else 3)
    labels = [in_words(tick.normalize() if tick % 1 else tick.quantize(Decimal(1))) for tick in axis.ticks]
    rows = [line for line in lines if any(point.value is None and point.sign for point in line.points)]
    named = max((text_width(line.name, size) for line in lines), default=0) if names else 0
    room = min(named, width * NAME_SHARE)
    left = max(text_width(label, size) for label in labels) + size * 0.85
    ground = Ground(
        left=max(left, size * 1.4) if rows else left,
        right=width - (room + size * 0.7 if names else size * 0.4),
        top=size * (2.1 if names else 0.8),
        bottom=height - size * (1.9 + 1.35 * len(rows)),
        first=min(point.year for point in points),
        last=max(point.year for point in points),
        axis=axis,
        size=size,
    )
    ends = [end_of(line, ground)[1] for line in lines]
    heights = spread(ends, size * 1.2, ground.top, ground.bottom) if names else [None] * len(lines)
    span = (ground.right - ground.left - 1.6 * size) / max(1, ground.last - ground.first)
    step = year_step(ground.first, ground.last, span, text_width("2000", size) + size * 0.6)
    return LineChart(
        uid=uid,
        title=title,
        description=description,
        unit=unit,
        width=width,
        height=height,
        size=at(size),
        left=at(ground.left),
        right=at(ground.right),
        top=at(ground.top),
        bottom=at(ground.bottom),
        rows_x=at(ground.left - size * 0.6),
        years_y=at(ground.bottom + size * 1.45),
        unit_y=at(size),
        rows=tuple(
            (at(ground.y(tick)), at(ground.y(tick) + size * 0.35), label)
            for tick, label in zip(axis.ticks, labels, strict=True)
        ),
        years=tuple(
            (at(ground.x(year)), "" if (ground.last - year) % step else str(year))
            for year in range(ground.first, ground.last + 1)
        ),
        zero=at(ground.y(Decimal(0))) if axis.low < 0 < axis.high else "",
        broken=zigzag(ground) if axis.is_broken else "",
        lines=tuple(
            draw_line(line, ground, rows.index(line) if line in rows else None, name_y, room)
            for line, name_y in zip(lines, heights, strict=True)
        ),
    )


def lines_svg(chart: LineChart, *, alone: bool = False) -> SafeString:
    """The drawing as SVG markup; ``alone`` carries its own colours, for a file or the plan. Texts are escaped."""
    context = {
        "chart": chart,
        "alone": alone,
        "ground": GROUND_VALUES if alone else GROUND_CLASSES,
        "painted": [(line, paint_of(line.style, alone)) for line in chart.lines],
    }
    return render_to_string("printing/drawings/_lines.html", context)


def paint_of(style: Style, alone: bool) -> Paint:
    """Classes on the page, values elsewhere."""
    if not alone:
        tone, fill = f"ch-{style.tone}", "ch-hollow" if style.hollow else "ch-full"
        return Paint(*(mark_safe(f'class="{name} {tone}"') for name in ("ch-line", f"ch-mark {fill}", "ch-thin")))
    colour = COLOURS[style.tone]
    return Paint(
        mark_safe(f'fill="none" stroke="{colour}" stroke-width="1.6"'),
        mark_safe(f'fill="{"#fff" if style.hollow else colour}" stroke="{colour}" stroke-width="1.2"'),
        mark_safe(f'fill="none" stroke="{colour}" stroke-width=".6"'),
    )


def sample_svg(style: int) -> SafeString:
    """A short piece of a line for the legend."""
    drawn = STYLES[style % len(STYLES)]
    return render_to_string(
        "printing/drawings/_line_sample.html", {"style": drawn, "d": mark_path(drawn.shape, 20, 8, 4.2)}
    )
