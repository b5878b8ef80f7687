"""The timeline for the page: lanes by phase, bars and marks that are links (docs/product.md §11, Timeline).

Colours come from classes in drawings.css. Coordinates are user units; the drawing is 1080 wide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from insight.timeline.entries import HURDLES, WITHOUT_PHASE, TimelineEntry, dated
from insight.timeline.layout import Box, Place, Scale, dense_years, pack, span_of
from insight.timeline.marks import Figure, Label, Spot, at, bar_extent, chain_paths, figure_of, mark_svg
from insight.timeline.window import Window, in_window
from planning.enums import Phase
from printing.drawings.text import shorten, text_width

WIDTH, LEFT, TOP = 1080, 174, 40
LANE_PADDING, TEXT_SIZE, HEAD_LINE = 12, 13, 16
# Up to how many entries: height of a row, widest label.
DENSITIES = ((80, 25, 420), (220, 21, 360), (10**9, 21, 240))
QUARTER_ROOM, YEAR_ROOM, WEEK_ROOM, QUIET_ROOM = 18, 48, 54, 150
DAYS_WITH_WEEKS = 92  # a quarter or less
MONTHS_SHORT = ("Jan.", "Feb.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.")
LANE_HEADS = {HURDLES: ("Hürden",), 8: ("8 Controlling", "und Evaluation"), WITHOUT_PHASE: ("Ohne Phase",)}


@dataclass(frozen=True)
class Lane:
    """A phase's stripe with its marks (SVG text); ``head`` are x, y, text of each line, ``spots`` marks of chains."""

    number: int
    y: int
    height: int
    shaded: bool
    head: tuple[tuple[int, int, str], ...]
    marks: tuple[SafeString, ...]
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True)
class Tick:
    """A vertical line of the axis; ``label`` stands at its right, ``note`` below it; ``hidden`` is one without room."""

    x: str
    label: str = ""
    label_x: str = ""
    note: str = ""
    hidden: str = ""


@dataclass(frozen=True)
class ScreenTimeline:
    """The whole drawing; ``bands`` are pairs of x and width of the hurdles' shadows, ``chains`` paths."""

    uid: str
    title: str
    description: str
    width: int
    height: int
    bottom: int
    lanes: tuple[Lane, ...]
    years: tuple[Tick, ...]
    grid: tuple[Tick, ...]
    bands: tuple[tuple[str, str], ...]
    chains: tuple[str, ...]
    today_x: str
    today_box: str
    today_name: str
    count: int
    empty_note: str


@dataclass(frozen=True)
class Paper:
    """What every lane is drawn on: scale, today, dense years, height of a row, widest label, prefix of ids."""

    scale: Scale
    today: date
    dense: frozenset[int]
    row: int
    widest: float
    uid: str


def lane_head(number: int, y: int) -> tuple[tuple[int, int, str], ...]:
    """The words of a lane: x, y and text of each line."""
    lines = LANE_HEADS.get(number) or (f"{number} {list(Phase)[number - 1].short}",)
    return tuple((16 if index == 0 else 27, y + 22 + HEAD_LINE * index, line) for index, line in enumerate(lines))


def place_label(figure: Figure, place: Place, y: float, paper: Paper) -> Label:
    """The label where packing found room for it."""
    left, right = figure.left, figure.right
    text = shorten(figure.entry.label, place.room + 0.5, TEXT_SIZE)
    if place.side == "left":
        return Label(text, left - 8, y + 4.5, "end")
    if place.side == "right":
        return Label(text, right + 8, y + 4.5, "start")
    x = max(LEFT + 8, min(left, WIDTH - 8 - place.room))
    return Label(text, x, y + paper.row - 2, "start")


def build_lane(number: int, entries: Sequence[TimelineEntry], y: int, paper: Paper) -> Lane:
    """One stripe with its marks, as high as its rows."""
    figures = [figure_of(entry, paper.scale, paper.today) for entry in entries]
    boxes = [
        Box(f.left, f.right, min(text_width(f.entry.label, TEXT_SIZE), paper.widest), f.entry.year in paper.dense)
        for f in figures
    ]
    places, rows = pack(boxes, LEFT + 8, WIDTH - 8, space=8, gap=10)
    marks, spots = [], []
    for figure, place in zip(figures, places, strict=True):
        centre = y + 18 + place.row * paper.row
        marks.append(mark_svg(figure, place_label(figure, place, centre, paper), paper.scale, centre, paper.uid))
        if figure.entry.chain:
            spots.append(Spot(figure.entry.chain, (figure.left + figure.right) / 2, centre))
    head = lane_head(number, y)
    height = max(rows * paper.row + LANE_PADDING, len(head) * HEAD_LINE + 13)
    return Lane(number, y, height, number % 2 == 1, head, tuple(marks), tuple(spots))


def axis(window: Window, quiet: int | None, scale: Scale, today_x: float | None) -> tuple[list[Tick], list[Tick]]:
    """Lines with labels, and the finer grid: weeks of a quarter, months of a year, else quarters if there is room."""
    if window.year is None:
        return axis_of_years(window, quiet, scale, today_x)
    if (window.stop - window.first).days > DAYS_WITH_WEEKS:
        months = [(day, MONTHS_SHORT[day.month - 1]) for day in window.months()]
        names = [f"{months[0][1]} {window.year}", *(name for _, name in months[1:])]
        begins = [*(scale.x(day) for day, _ in months), WIDTH]
        named = [named_tick(begins[at], name, today_x, begins[at + 1]) for at, name in enumerate(names)]
        solid = [tick for tick, (day, _) in zip(named, months, strict=True) if day.month % 3 == 1]
        return solid, [tick for tick in named if tick not in solid]
    mondays = [window.first + timedelta(days) for days in range(1, (window.stop - window.first).days)]
    mondays = [day for day in mondays if day.weekday() == 0 and day.day > 1]
    begins = [scale.x(day) for day in window.months()]
    names = [MONTHS_SHORT[day.month - 1] for day in window.months()]
    heads = [named_tick(x, name, today_x, WIDTH) for x, name in zip(begins, names, strict=True)]
    weeks = []
    for x, name in ((scale.x(day), f"{day.day}.{day.month}.") for day in mondays):
        crowded = any(begin - WEEK_ROOM < x < begin + WEEK_ROOM for begin in begins)
        weeks.append(named_tick(x, "" if crowded else name, today_x, x))
    return heads, weeks


def axis_of_years(
    window: Window, quiet: int | None, scale: Scale, today_x: float | None
) -> tuple[list[Tick], list[Tick]]:
    """Years, with quarters where there is room; years that are squeezed have one label together."""
    first, last = window.first.year, window.last.year
    full = (quiet or last + 1) - 1
    years, grid = [], []
    room = (scale.x(date(full + 1, 1, 1)) - scale.left) / (full - first + 1)
    step = ceil(YEAR_ROOM / room)
    for year in range(first, full + 1):
        x, until = scale.x(date(year, 1, 1)), scale.x(date(year + step, 1, 1)) if year + step <= full else WIDTH
        years.append(named_tick(x, "" if (year - first) % step else str(year), today_x, until))
        if room / 4 >= QUARTER_ROOM:
            grid += [Tick(at(scale.x(date(year, month, 1)))) for month in (4, 7, 10)]
    for year in range(full + 1, last + 1):
        label = f"{year}–{last}" if year == full + 1 else ""
        years.append(named_tick(scale.x(date(year, 1, 1)), label, today_x, WIDTH, note="gestaucht" if label else ""))
    return years, grid


def quiet_from(entries: Sequence[TimelineEntry], window: Window) -> int | None:
    """The first of at least three last years in which nothing begins or ends: they are squeezed."""
    quiet = max((entry.last_year for entry in entries), default=window.last.year) + 1
    return quiet if window.first.year < quiet <= window.last.year - 2 else None


def scale_of(window: Window, quiet: int | None) -> Scale:
    """Linear; quiet last years share a narrow stretch."""
    if quiet is None:
        return Scale.through((window.first, LEFT), (window.stop, WIDTH))
    years = window.last.year - window.first.year + 1
    tail = min(QUIET_ROOM, (WIDTH - LEFT) * (window.last.year - quiet + 1) / years)
    return Scale.through((window.first, LEFT), (date(quiet, 1, 1), WIDTH - tail), (window.stop, WIDTH))


def named_tick(x: float, label: str, today_x: float | None, until: float, *, note: str = "") -> Tick:
    """A line with its label, which gives way to the box that says „heute“ as far as there is room, up to ``until``."""
    label_x, width, hidden = x + 8, text_width(label, 14, 600), ""
    if label and today_x is not None and label_x - 26 < today_x < label_x + width + 26:
        if today_x + 29 + width <= until:
            label_x = today_x + 29
        else:
            label, hidden = "", label
    return Tick(at(x), label, at(label_x), note, hidden)


def name_of_today(ticks: Sequence[Tick], today_x: float | None) -> str:
    """The year or month of today, where its label has no room beside the box: the box says it."""
    begun = [tick for tick in ticks if today_x is not None and float(tick.x) <= today_x]
    return begun[-1].hidden if begun else ""


def hurdle_bands(entries: Iterable[TimelineEntry], paper: Paper) -> tuple[tuple[str, str], ...]:
    """The shadows of the hurdles over all lanes; overlapping ones are one, so that they do not add up."""
    merged: list[list[float]] = []
    for left, right in sorted(bar_extent(span_of(entry, paper.today), paper.scale) for entry in entries):
        if merged and left <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    return tuple((at(left), at(right - left)) for left, right in merged)


def draw_screen(
    entries: Iterable[TimelineEntry],
    *,
    place: str,
    today: date,
    window: Window | None = None,
    lanes: Iterable[int] = range(HURDLES, WITHOUT_PHASE),
    empty_note: str = "noch keine Einträge",
    uid: str = "tl",
) -> ScreenTimeline:
    """Lay out the timeline of a municipality (``place``) for a window (default: all years that have entries)."""
    found = dated(entries)
    window = window or Window.around(found, today)
    found = in_window(found, window, today)
    quiet = quiet_from(found, window)
    scale = scale_of(window, quiet)
    dense = dense_years(found) if window.year is None else frozenset()
    _, row, widest = next(density for density in DENSITIES if len(found) <= density[0])
    paper = Paper(scale, today, dense, row, widest, uid)
    by_lane: dict[int, list[TimelineEntry]] = {number: [] for number in lanes}
    for entry in found:
        by_lane.setdefault(entry.lane, []).append(entry)
    drawn, y = [], TOP
    for number in sorted(by_lane):
        lane = build_lane(number, by_lane[number], y, paper)
        drawn.append(lane)
        y += lane.height
    today_x = min(max(scale.x(today), LEFT + 25), WIDTH - 25) if scale.covers(today) else None
    year_ticks, grid = axis(window, quiet, scale, today_x)
    named = grid if window.year is not None and (window.stop - window.first).days > DAYS_WITH_WEEKS else []
    return ScreenTimeline(
        uid=uid,
        title=f"Zeitstrahl {place} {window}",
        description="Bahnen je Phase, Balken für Zeiträume, Marken für Ereignisse; dieselben Einträge als Liste.",
        width=WIDTH,
        height=y + 8,
        bottom=y,
        lanes=tuple(drawn),
        years=tuple(year_ticks),
        grid=tuple(grid),
        bands=hurdle_bands(by_lane.get(HURDLES, ()), paper),
        chains=chain_paths(spot for lane in drawn for spot in lane.spots),
        today_x="" if today_x is None else at(today_x),
        today_box="" if today_x is None else at(today_x - 24),
        today_name=name_of_today(sorted(year_ticks + named, key=lambda tick: float(tick.x)), today_x),
        count=len(found),
        empty_note=empty_note,
    )


def screen_svg(timeline: ScreenTimeline) -> SafeString:
    """The drawing as SVG markup; texts are escaped."""
    return render_to_string("insight/drawings/_timeline.html", {"timeline": timeline})
