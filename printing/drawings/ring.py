"""The planning cycle as a ring of eight phases (docs/product.md §11, Ring): large, for phones and as a mini ring.

The ring is an orientation, not a score: states are shapes with words, there are no percentages. All coordinates are
user units of the drawing's viewBox; angles are degrees clockwise from 12 o'clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

PHASES = 8
STEP = 360 / PHASES
WIDTH, HEIGHT = 768, 536
TICK_RADIUS, LEAD_RADIUS, LABEL_RADIUS = 205, 213, 226
TICK_MARGIN, TICK_GAP = 3.4, 1.0
MINI_CODES = {"done": "d", "run": "r", "rest": "s", "none": "n"}
LABEL_LINES = {
    1: ("Auftragserteilung",),
    2: ("Bestandsaufnahme:", "Angebotsanalyse"),
    3: ("Bedarfsanalyse",),
    4: ("Leitbild- und", "Zielentwicklung"),
    5: ("Maßnahmenplanung",),
    6: ("Beschlussfassung",),
    7: ("Maßnahmen-", "umsetzung"),
    8: ("Controlling", "und Evaluation"),
}


@dataclass(frozen=True)
class RingPhase:
    """A phase as the ring needs it; ``state`` is done, run, rest or none, ``state_label`` the German word.

    ``period`` is the phase's time as text, shown in the list on phones.
    """

    number: int
    label: str
    label_lines: tuple[str, ...]
    state: str
    state_label: str
    url: str
    steps_done: int = 0
    steps_running: int = 0
    steps_open: int = 0
    period: str = ""

    @property
    def steps(self) -> int:
        """All steps that count in this phase."""
        return self.steps_done + self.steps_running + self.steps_open

    @property
    def name(self) -> str:
        """The phase in words, for screen readers and tooltips."""
        text = f"{self.number}. {self.label}: {self.state_label}"
        return f"{text}, {self.steps_done} von {self.steps} Schritten erledigt" if self.steps else text

    @property
    def short_state(self) -> str:
        """The word under the label, with the count of steps while work goes on."""
        if self.state in {"run", "rest"} and self.steps:
            return f"{self.state_label} · {self.steps_done} von {self.steps}"
        return self.state_label


@dataclass(frozen=True)
class Label:
    """Where the words of a segment stand; ``lines`` are pairs of y and text."""

    anchor: str
    x: str
    lines: tuple[tuple[str, str], ...]
    lead: str
    glyph_x: str
    glyph_y: str
    state_x: str
    state_y: str


@dataclass(frozen=True)
class Segment:
    """One phase of the drawn ring; ``ticks`` are pairs of a class and one path for all steps in that state."""

    phase: RingPhase
    path: str
    x: str
    y: str
    ticks: tuple[tuple[str, str], ...] = ()
    label: Label | None = None


@dataclass(frozen=True)
class Ring:
    """A drawing ready for its template; ``uid`` keeps ids unique on the page."""

    uid: str
    title: str
    description: str
    period: str
    level: str
    segments: tuple[Segment, ...]
    small: tuple[Segment, ...]


@dataclass(frozen=True)
class Shape:
    """Centre, inner and outer radius, half the gap between segments and the shift of the arrow (degrees)."""

    cx: float
    cy: float
    inner: float
    outer: float
    gap: float
    arrow: float


LARGE = Shape(384, 262, 114, 192, 2.4, 5.2)
SMALL = Shape(130, 130, 66, 116, 2.8, 5.5)
MINI = Shape(18, 18, 8.5, 17, 3, 0)


def number(value: float) -> str:
    """A coordinate with at most one decimal, always with a point."""
    return f"{value:.1f}".removesuffix(".0")


def point(shape: Shape, radius: float, angle: float) -> str:
    """Two coordinates on a circle."""
    turn = radians(angle)
    return f"{number(shape.cx + radius * sin(turn))} {number(shape.cy - radius * cos(turn))}"


def arc(shape: Shape, radius: float, start: float, end: float) -> str:
    """An open arc as path data."""
    return f"M{point(shape, radius, start)}A{number(radius)} {number(radius)} 0 0 1 {point(shape, radius, end)}"


def segment_path(shape: Shape, index: int) -> str:
    """The outline of a segment; both ends are shifted at mid radius so that it points clockwise."""
    start, end = STEP * index + shape.gap, STEP * (index + 1) - shape.gap
    middle = (shape.inner + shape.outer) / 2
    tip = f"L{point(shape, middle, end + shape.arrow)}" if shape.arrow else ""
    notch = f"L{point(shape, middle, start + shape.arrow)}" if shape.arrow else ""
    inner = number(shape.inner)
    back = f"L{point(shape, shape.inner, end)}A{inner} {inner} 0 0 0 {point(shape, shape.inner, start)}"
    return f"{arc(shape, shape.outer, start, end)}{tip}{back}{notch}Z"


def segment_centre(shape: Shape, index: int) -> tuple[str, str]:
    """Where the number of a segment stands."""
    x, y = point(shape, (shape.inner + shape.outer) / 2, STEP * (index + 0.5) + shape.arrow / 2).split()
    return x, y


def tick_paths(shape: Shape, index: int, phase: RingPhase) -> tuple[tuple[str, str], ...]:
    """The outer wreath of a segment: one stroke per step, done first, then running, then open."""
    if not phase.steps:
        return ()
    start, room = STEP * index + TICK_MARGIN, STEP - 2 * TICK_MARGIN
    gap = min(TICK_GAP, room / phase.steps / 3)
    width = (room - gap * (phase.steps - 1)) / phase.steps
    paths, at = [], start
    for code, count in (("done", phase.steps_done), ("run", phase.steps_running), ("open", phase.steps_open)):
        starts = [at + i * (width + gap) for i in range(count)]
        strokes = [arc(shape, TICK_RADIUS, begin, begin + width) for begin in starts]
        at += count * (width + gap)
        if strokes:
            paths.append((code, "".join(strokes)))
    return tuple(paths)


def place_label(shape: Shape, index: int, phase: RingPhase) -> Label:
    """Words beside the ring: right half starts at its x, left half ends there; state and glyph below."""
    angle = STEP * (index + 0.5)
    right = index < PHASES / 2
    sign = 1 if right else -1
    elbow_x, elbow_y = (float(value) for value in point(shape, LABEL_RADIUS, angle).split())
    if index in {0, PHASES - 1}:
        first = elbow_y - 15.2 - 20 * (len(phase.label_lines) - 1)
    elif index in {PHASES // 2 - 1, PHASES // 2}:
        first = elbow_y + 9.2
    else:
        first = elbow_y - 1.5 - 7 * (len(phase.label_lines) - 1)
    x = elbow_x + 17.5 * sign
    below = first + 20 * (len(phase.label_lines) - 1) + 22
    return Label(
        anchor="start" if right else "end",
        x=number(x),
        lines=tuple((number(first + 20 * i), line) for i, line in enumerate(phase.label_lines)),
        lead=f"M{point(shape, LEAD_RADIUS, angle)}L{number(elbow_x)} {number(elbow_y)}h{12 * sign}",
        glyph_x=number(x if right else x - 16),
        glyph_y=number(below - 13),
        state_x=number(x + 22 * sign),
        state_y=number(below),
    )


def draw_ring(phases: Sequence[RingPhase], *, period: str, level: str, uid: str = "ring") -> Ring:
    """Lay out the ring of a cycle; ``period`` is „2017–2019“, ``level`` „Stufe 3“ or empty."""
    described = "; ".join(phase.name.replace(". ", " ", 1).replace(":", "", 1) for phase in phases)
    large, small = [], []
    for index, phase in enumerate(phases):
        x, y = segment_centre(LARGE, index)
        ticks, label = tick_paths(LARGE, index, phase), place_label(LARGE, index, phase)
        large.append(Segment(phase, segment_path(LARGE, index), x, y, ticks, label))
        small.append(Segment(phase, segment_path(SMALL, index), *segment_centre(SMALL, index)))
    return Ring(
        uid=uid,
        title=f"Planungszyklus {period}",
        description=f"Ring aus acht Phasen im Uhrzeigersinn: {described}.",
        period=period,
        level=level,
        segments=tuple(large),
        small=tuple(small),
    )


def ring_html(phases: tuple[RingPhase, ...], period: str, level: str) -> SafeString:
    """The drawn ring; it stays the same as long as the phases do."""
    return _drawn(phases, period, level, static("icons.svg"))


@lru_cache(256)
def _drawn(phases: tuple[RingPhase, ...], period: str, level: str, sprite: str) -> SafeString:
    ring = draw_ring(phases, period=period, level=level)
    return mark_safe(render_to_string("printing/drawings/_ring.html", {"ring": ring, "sprite": sprite}))


def mini_symbols() -> tuple[tuple[str, str, str], ...]:
    """Id, class and path of every segment in every state; a mini ring is eight references to them."""
    middle = (MINI.inner + MINI.outer) / 2
    symbols = []
    for index in range(PHASES):
        for state, code in MINI_CODES.items():
            if state == "rest":
                path = arc(MINI, middle, STEP * index + 4, STEP * (index + 1) - 4)
            elif state == "done":
                path = segment_path(MINI, index)
            else:
                inset = Shape(MINI.cx, MINI.cy, MINI.inner + 0.5, MINI.outer - 0.6, MINI.gap, 0)
                path = segment_path(inset, index)
            symbols.append((f"m{index + 1}{code}", state, path))
    return tuple(symbols)


def mini_references(states: Sequence[str]) -> tuple[str, ...]:
    """The symbols that make the mini ring of eight states."""
    return tuple(f"m{index + 1}{MINI_CODES[state]}" for index, state in enumerate(states))
