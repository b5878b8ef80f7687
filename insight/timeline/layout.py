"""Where marks and labels stand: the scale of time, the span of an entry, and greedy packing into rows."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from insight.timeline.entries import UNKNOWN_SPAN, TimelineEntry

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Scale:
    """Days to user units, linear between knots: pairs of day ordinal and x, ascending. Days outside are clamped."""

    knots: tuple[tuple[int, float], ...]

    @classmethod
    def linear(cls, first_year: int, last_year: int, left: float, right: float) -> "Scale":
        """Whole years from ``left`` to ``right``."""
        return cls.through((date(first_year, 1, 1), left), (date(last_year + 1, 1, 1), right))

    @classmethod
    def through(cls, *knots: tuple[date, float]) -> "Scale":
        """Linear between days that stand at given places."""
        return cls(tuple((day.toordinal(), x) for day, x in knots))

    @property
    def left(self) -> float:
        """x of the first day."""
        return self.knots[0][1]

    @property
    def right(self) -> float:
        """x of the end."""
        return self.knots[-1][1]

    def x(self, day: date) -> float:
        """Position of the beginning of a day."""
        ordinal = min(max(day.toordinal(), self.knots[0][0]), self.knots[-1][0])
        index = max(1, bisect_left(self.knots, (ordinal, float("-inf"))))
        (day_a, x_a), (day_b, x_b) = self.knots[index - 1], self.knots[index]
        return x_a + (x_b - x_a) * (ordinal - day_a) / (day_b - day_a)

    def covers(self, day: date) -> bool:
        """True where the day lies inside the drawing."""
        return self.knots[0][0] <= day.toordinal() < self.knots[-1][0]


@dataclass(frozen=True)
class Span:
    """A period in time: fades in from ``start`` to ``solid_from``, is certain until ``solid_to``, fades to ``stop``.

    ``is_open`` means that no end is known; then ``solid_to`` is today (or the begin, if that is later).
    """

    start: date
    solid_from: date
    solid_to: date
    stop: date
    is_open: bool


def span_of(entry: TimelineEntry, today: date) -> Span:
    """The certain and the uncertain parts of a period; exclusive ends (the day after)."""
    begin, end = entry.begin, entry.end
    if begin is None:
        first = entry.moment.first
        start, solid_from = first - 2 * UNKNOWN_SPAN, first - UNKNOWN_SPAN
    else:
        start, solid_from = begin.first, begin.last + ONE_DAY if begin.is_vague else begin.first
    if end is None:
        solid_to = max(solid_from, today)
        return Span(start, solid_from, solid_to, solid_to + UNKNOWN_SPAN, is_open=True)
    solid_to, stop = (end.first, end.last + ONE_DAY) if end.is_vague else (end.last + ONE_DAY, end.last + ONE_DAY)
    if solid_from > solid_to:  # both dates name the same or overlapping spans: certain only in the middle
        stop = max(stop, start + ONE_DAY)
        solid_from = solid_to = start + (stop - start) / 2
    return Span(start, solid_from, solid_to, max(stop, solid_to), is_open=False)


def dense_years(entries: Sequence[TimelineEntry]) -> frozenset[int]:
    """Years with more entries than the average year: there labels stand on the left, where there is room."""
    counts: dict[int, int] = {}
    for entry in entries:
        counts[entry.year] = counts.get(entry.year, 0) + 1
    if len(counts) < 2:
        return frozenset()
    average = len(entries) / len(counts)
    return frozenset(year for year, count in counts.items() if count > average)


@dataclass(frozen=True)
class Box:
    """A mark with its label before placing: extent of the mark, width of the label, wish for the side."""

    left: float
    right: float
    label: float
    prefer_left: bool = False
    inside: bool = False


@dataclass(frozen=True)
class Place:
    """Where a box came to stand; ``side`` is left, right, inside or below; ``room`` the width left for the label."""

    row: int
    side: str
    room: float


@dataclass
class Rows:
    """Rows of one lane with their taken stretches, pairs of low and high."""

    gap: float
    taken: list[list[tuple[float, float]]] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)  # of each row; most entries come after all others of a row

    def is_free(self, row: int, low: float, high: float) -> bool:
        """True where nothing stands between low and high."""
        if row >= len(self.ends) or self.ends[row] + self.gap <= low:
            return True
        low, high = low - self.gap, high + self.gap
        for a, b in self.taken[row]:  # noqa: SIM110 (a generator costs twice the time here)
            if a < high and low < b:
                return False
        return True

    def first_free(self, stretches: Sequence[tuple[float, float]]) -> tuple[int, int]:
        """The first row in which one of the stretches (in order of preference) is free, and which one."""
        for row in range(len(self.taken) + 1):
            for index, (low, high) in enumerate(stretches):
                if self.is_free(row, low, high):
                    self.take(row, low, high)
                    return row, index
        raise AssertionError("The row below the last one is always free.")

    def first_free_pair(self, upper: tuple[float, float], lower: tuple[float, float]) -> int:
        """The first row in which ``upper`` is free while ``lower`` is free in the row below."""
        row = 0
        while not (self.is_free(row, *upper) and self.is_free(row + 1, *lower)):
            row += 1
        self.take(row, *upper)
        self.take(row + 1, *lower)
        return row

    def take(self, row: int, low: float, high: float) -> None:
        """Occupy a stretch, opening rows as needed."""
        while len(self.taken) <= row:
            self.taken.append([])
            self.ends.append(high)
        self.taken[row].append((low, high))
        self.ends[row] = max(self.ends[row], high)


def pack(boxes: Sequence[Box], low: float, high: float, *, space: float, gap: float) -> tuple[list[Place], int]:
    """Place boxes greedily into rows between ``low`` and ``high``; returns places and the number of rows.

    ``space`` stands between mark and label, ``gap`` between neighbours. Where a label fits on neither side it stands
    below its mark, and is shortened to ``room`` only if the drawing itself is too narrow.
    """
    rows, places = Rows(gap), []
    for box in boxes:
        if box.inside:
            row, _ = rows.first_free([(box.left, box.right)])
            places.append(Place(row, "inside", box.right - box.left))
            continue
        stretches = {
            "right": (box.left, box.right + space + box.label),
            "left": (box.left - space - box.label, box.right),
        }
        sides = ["left", "right"] if box.prefer_left else ["right", "left"]
        fits = {"right": stretches["right"][1] <= high, "left": stretches["left"][0] >= low}
        fitting = [side for side in sides if fits[side]]
        if fitting:
            row, index = rows.first_free([stretches[side] for side in fitting])
            places.append(Place(row, fitting[index], box.label))
            continue
        start = max(low, min(box.left, high - box.label))
        row = rows.first_free_pair((box.left, box.right), (start, start + box.label))
        places.append(Place(row, "below", min(box.label, high - start)))
    return places, max(1, len(rows.taken))
