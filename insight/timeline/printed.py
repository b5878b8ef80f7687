"""The timeline for the plan's PDF: landscape A4, one unit is one point (TYPE.md, Timeline).

No classes and variables, only values: the drawing must look the same in WeasyPrint and as a file. Text is ``<text>`` in
Fira Sans; ids carry a prefix because a document must not hold the same id twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from insight.timeline.entries import HURDLES, WITHOUT_PHASE, TimelineEntry, dated, quoted
from insight.timeline.layout import Box, Place, Scale, pack, span_of
from insight.timeline.marks import Spot, at, chain_paths
from insight.timeline.signs import DOT, PALE, TINTS, Sign, entry_signs, legend_items, sign_of
from insight.timeline.window import Window, in_window
from planning.enums import Phase
from printing.drawings.text import shorten, text_width, wrap
from records.vague import MONTHS, YEAR

PRINT_WIDTH, PRINT_HEIGHT = 756.0, 414.0  # points: A4 landscape inside its margins, below heading and caption
AXIS, TOP, FOOT = 96.4, 34.0, 26.0  # the text axis of the plan; head of the years; legend
ROWS = (12.25, 11.5, 10.75, 10.0, 9.5, 9.0)  # heights of a row, the first that fits
LEAST_LANE = 21.0
TEXT, HEAD_TEXT = 7.0, 7.5
SQUEEZED_SHARE, FULL_YEARS = 0.053, 3  # width per squeezed year; years that are never squeezed
TINT, WHITE = "#eef2f4", "#fff"
LANE_NAMES = {HURDLES: "Hürden", WITHOUT_PHASE: "Ohne Phase"}


@dataclass(frozen=True)
class PrintMark:
    """The signs of an entry (a period has one for each part: certain, uncertain) with its label."""

    signs: tuple[Sign, ...]
    label: str
    label_x: str
    label_y: str
    label_top: str
    label_left: str
    label_width: str
    anchor: str
    inside: bool
    bright: bool
    spot: Spot


@dataclass(frozen=True)
class PrintLane:
    """A phase's stripe; ``head`` are pairs of y and text, ``ground`` the colour behind labels."""

    y: str
    height: str
    ground: str
    head: tuple[tuple[str, str], ...]
    marks: tuple[PrintMark, ...]


@dataclass(frozen=True)
class Packed:
    """A lane after packing, before its height on the page is known."""

    number: int
    entries: tuple[TimelineEntry, ...]
    boxes: tuple[Box, ...]
    places: tuple[Place, ...]
    rows: int


@dataclass(frozen=True)
class Axis:
    """The years drawn, their scale, and the first year in full width (earlier ones are squeezed)."""

    first: int
    last: int
    full: int
    scale: Scale
    part: Window | None = None  # of one year, with months instead of quarters


def make_axis(entries: Sequence[TimelineEntry], years: tuple[int, int], right: float) -> Axis:
    """Early years are squeezed where at most half of the entries lie in them."""
    first, last = years
    full = last - FULL_YEARS + 1
    early = sum(1 for entry in entries if entry.year < full)
    if full <= first or early * 2 > len(entries):
        return Axis(first, last, first, Scale.linear(first, last, AXIS, right))
    middle = AXIS + (right - AXIS) * min(SQUEEZED_SHARE * (full - first), 0.4)
    knots = tuple((date(year, 1, 1).toordinal(), x) for year, x in ((first, AXIS), (full, middle), (last + 1, right)))
    return Axis(first, last, full, Scale(knots))


def axis_within(window: Window, right: float) -> Axis:
    """A part of one year."""
    scale = Scale.through((window.first, AXIS), (window.stop, right))
    return Axis(window.first.year, window.first.year, window.first.year, scale, window)


def extent(entry: TimelineEntry, scale: Scale, today: date) -> tuple[float, float]:
    """Left and right of the sign."""
    if not entry.is_point:
        span = span_of(entry, today)
        left, right = scale.x(span.start), scale.x(span.solid_to if span.is_open else span.stop)
        return min(left, scale.right - 5), max(right, min(left, scale.right - 5) + 5)
    moment = entry.moment
    if not moment.is_vague:
        middle = min(max(scale.x(moment.first), scale.left + DOT), scale.right - DOT)
        return middle - DOT, middle + DOT
    left, right = scale.x(moment.first), scale.x(moment.last)
    return min(left, scale.right - 6), max(right, min(left, scale.right - 6) + 6)


def pack_lane(number: int, entries: Sequence[TimelineEntry], scale: Scale, today: date) -> Packed:
    """Place the labels of a lane: inside wide signs, else at the side where there is room."""
    boxes = []
    for entry in entries:
        left, right = extent(entry, scale, today)
        width = text_width(entry.label, TEXT, 600 if not entry.is_point else 400)
        wide = not entry.is_point or entry.moment.precision == YEAR
        certain = certain_part(entry, scale, today, left, right)
        inside = wide and entry.lane != HURDLES and certain[1] - certain[0] > width + 10
        boxes.append(Box(left, right, width, inside=inside))
    places, rows = pack(boxes, scale.left, scale.right - 1, space=4.5, gap=5)
    return Packed(number, tuple(entries), tuple(boxes), tuple(places), rows)


def pack_all(entries: Sequence[TimelineEntry], axis: Axis, today: date, lanes: Iterable[int]) -> list[Packed]:
    """The lanes asked for, and every other in which something stands."""
    by_lane: dict[int, list[TimelineEntry]] = {number: [] for number in lanes}
    for entry in entries:
        by_lane.setdefault(entry.lane, []).append(entry)
    return [pack_lane(number, by_lane[number], axis.scale, today) for number in sorted(by_lane)]


def certain_part(entry: TimelineEntry, scale: Scale, today: date, left: float, right: float) -> tuple[float, float]:
    """From where to where the sign is solid; a point, a hurdle and what is expected have no such parts."""
    if entry.is_point or entry.expected or entry.lane == HURDLES:
        return left, right
    span = span_of(entry, today)
    solid_from = min(max(scale.x(span.solid_from), left), right)
    return solid_from, right if span.is_open else min(max(scale.x(span.solid_to), solid_from), right)


def print_mark(
    entry: TimelineEntry, box: Box, place: Place, y: float, row: float, scale: Scale, today: date
) -> PrintMark:
    """The sign and its label at their final place; ``y`` is the middle of its row, ``row`` the height of one."""
    solid_from, solid_to = certain_part(entry, scale, today, box.left, box.right)
    label = entry.label if place.side == "inside" else shorten(entry.label, place.room + 0.5, TEXT)
    width = text_width(label, TEXT)
    below = max(scale.left, min(box.left, scale.right - 1 - width))
    beside = {"left": box.left - 4.5, "right": box.right + 4.5, "inside": max(box.left, solid_from) + 5}
    x = beside.get(place.side, below)
    label_y = y + row if place.side == "below" else y
    return PrintMark(
        signs=entry_signs(entry, (box.left, solid_from, solid_to, box.right), y, min(9.0, row - 1.5)),
        label=label,
        label_x=at(x),
        label_y=f"{label_y + 2.5:.2f}",
        label_top=f"{label_y - 4.5:.2f}",
        label_left=at(x - width - 1 if place.side == "left" else x - 1),
        label_width=at(width + 2),
        anchor="end" if place.side == "left" else "start",
        inside=place.side == "inside",
        bright=place.side == "inside" and not entry.is_point and not entry.expected,
        spot=Spot(entry.chain, (box.left + box.right) / 2, y),
    )


def stack_lanes(packed: Sequence[Packed], height: float, scale: Scale, today: date) -> tuple[list[PrintLane], float]:
    """Distribute the lanes over the height; rows shrink before the drawing grows. Returns lanes and bottom."""
    row = next((row for row in ROWS if needed_height(packed, row) <= height), ROWS[-1])
    spare = (height - needed_height(packed, row)) / len(packed)
    padding = 3.0 + min(max(spare, 0.0), 19.0)
    lanes, y = [], TOP
    for index, lane in enumerate(packed):
        high = max(lane.rows * row + 3.0, LEAST_LANE) + padding - 3.0
        offset = y + (high - lane.rows * row) / 2 + row / 2
        name = LANE_NAMES.get(lane.number) or str(list(Phase)[lane.number - 1].short)
        words = wrap(name, AXIS - 12, HEAD_TEXT, 600)
        first = y + high / 2 - (len(words) - 1) * 4.75 + 2.6
        marks = tuple(
            print_mark(entry, box, place, offset + place.row * row, row, scale, today)
            for entry, box, place in zip(lane.entries, lane.boxes, lane.places, strict=True)
        )
        head = tuple((f"{first + i * 9.5:.2f}", word) for i, word in enumerate(words))
        lanes.append(PrintLane(f"{y:.2f}", f"{high:.2f}", WHITE if index % 2 else TINT, head, marks))
        y += high
    return lanes, y


def needed_height(packed: Sequence[Packed], row: float = ROWS[-1]) -> float:
    """The height in points that the lanes need with rows of a height, at least with the closest rows."""
    return TOP + FOOT + sum(max(lane.rows * row + 3.0, LEAST_LANE) for lane in packed)


def summary(entries: Sequence[TimelineEntry], axis: Axis, list_name: str) -> str:
    """The gist of the drawing in one sentence, for readers who do not see it."""
    period = str(axis.part or Window.years(axis.first, axis.last))
    if not entries:
        return f"Zeitstrahl {period}: keine Einträge."
    count = "1 Eintrag" if len(entries) == 1 else f"{len(entries)} Einträge"
    first, last = entries[0], entries[-1]
    return (
        f"Zeitstrahl {period}: {count} nach Phasen, von {quoted(first.title)} ({first.when}) "
        f"bis {quoted(last.title)} ({last.when}). Alle Einträge stehen in {list_name}."
    )


def years_for(entries: Sequence[TimelineEntry], years: tuple[int, int] | None, today: date) -> tuple[int, int]:
    """The years to draw: as asked, else all that have entries."""
    if years:
        return years
    return (entries[0].year, max(entry.last_year for entry in entries)) if entries else (today.year, today.year)


def year_lines(axis: Axis) -> list[dict[str, str]]:
    """Lines and numbers of the years; squeezed ones are smaller."""
    return [
        {"x": at(x), "text_x": at(x + 4), "year": str(year), "size": "9" if year >= axis.full else "7.5"}
        for year in range(axis.first, axis.last + 1)
        for x in [axis.scale.x(date(year, 1, 1))]
    ]


def quarter_lines(axis: Axis) -> list[dict[str, str]]:
    """Quarter lines and their Roman numerals, where a quarter is at least 14 points wide; of a part its months."""
    scale = axis.scale
    if axis.part:
        return [
            {"x": at(scale.x(day)), "text_x": at(scale.x(day.replace(day=15))), "numeral": MONTHS[day.month - 1]}
            for day in axis.part.months()
        ]
    if (scale.right - scale.x(date(axis.full, 1, 1))) / (axis.last - axis.full + 1) / 4 < 14:
        return []
    return [
        {
            "x": at(scale.x(date(year, month, 1))) if month > 1 else "",
            "text_x": at(scale.x(date(year, month + 1, 15))),
            "numeral": numeral,
        }
        for year in range(axis.full, axis.last + 1)
        for month, numeral in ((1, "I"), (4, "II"), (7, "III"), (10, "IV"))
    ]


def hurdle_lines(entries: Sequence[TimelineEntry], scale: Scale, today: date) -> list[str]:
    """x of the dotted lines by which hurdles lie over all lanes."""
    found = {at(x) for entry in entries if entry.lane == HURDLES for x in extent(entry, scale, today)}
    return sorted(found, key=float)


def print_svg(
    entries: Iterable[TimelineEntry],
    *,
    today: date,
    window: Window | None = None,
    lanes: Iterable[int] = range(1, WITHOUT_PHASE),
    width: float = PRINT_WIDTH,
    height: float = PRINT_HEIGHT,
    uid: str = "zeitstrahl",
    list_name: str = "der Liste nach Jahren",
    origin: str = "",
) -> SafeString:
    """The timeline as one SVG of ``width`` × ``height`` points; ``lanes`` are drawn even when nothing stands in them.

    ``today`` is the plan's date, up to which open periods run; ``origin`` says what the entries are made of. Where rows
    cannot be packed closer the drawing is scaled down to the height; print_pages divides very full timelines instead.
    """
    found = dated(entries)
    years = (window.first.year, window.last.year) if window else years_for(found, None, today)
    found = in_window(found, window := window or Window.years(*years), today)
    axis = axis_within(window, width) if window.is_part else make_axis(found, years, width)
    drawn, bottom = stack_lanes(pack_all(found, axis, today, lanes), height, axis.scale, today)
    signs = {sign.kind for lane in drawn for mark in lane.marks for sign in mark.signs}
    shrink = min(1.0, height / (bottom + FOOT))
    full_from = axis.scale.x(date(axis.full, 1, 1))
    chains = chain_paths(mark.spot for lane in drawn for mark in lane.marks if mark.spot.chain)
    context = {
        "uid": uid,
        "origin": origin,
        "title": summary(found, axis, list_name),
        "width": at(width),
        "height": at(bottom + FOOT),
        "shown_width": at(width * shrink),
        "shown_height": at((bottom + FOOT) * shrink),
        "bottom": f"{bottom:.2f}",
        "axis": at(AXIS),
        "lanes": drawn,
        "chains": chains,
        "years": year_lines(axis),
        "quarters": quarter_lines(axis),
        "squeezed_to": at(full_from - 3) if axis.full > axis.first else "",
        "full_from": at(full_from),
        "hurdle_lines": hurdle_lines(found, axis.scale, today),
        "legend": legend_items(
            signs | ({"chain"} if chains else set()),
            expected=any(entry.expected for entry in found),
            left=AXIS,
            right=width - 1,
            y=bottom + 15,
        ),
        "legend_y": f"{bottom + 15:.2f}",
    }
    return render_to_string("insight/drawings/timeline_print.svg", context)


def title_strokes(
    entries: Iterable[TimelineEntry],
    *,
    today: date,
    years: tuple[int, int] | None = None,
    width: float = 476.2,
    height: float = 320.0,
) -> SafeString:
    """The picture of the title page: the timeline without words, one stroke per dated record, darker where exact."""
    found = [entry for entry in dated(entries) if entry.lane != HURDLES]
    years = years_for(found, years, today)
    found = in_window(found, Window.years(*years), today)
    scale = make_axis(found, years, width - 3).scale
    step, strokes = height / len(Phase), []
    palest_first = ["year", "half", "quarter", "period", "month", "day"]
    for entry in sorted(found, key=lambda entry: palest_first.index(sign_of(entry))):
        sign, top = sign_of(entry), step * (min(entry.lane, len(Phase)) - 1)
        left, right = extent(entry, scale, today)
        left, right = (left + DOT, left + DOT + 2.2) if sign == "day" else (left, right)
        y, high = (top + step / 2, step / 2) if sign == "period" else (top, step)
        strokes.append(
            {"x": at(left), "width": at(right - left), "y": at(y), "height": at(high), "fill": TINTS.get(sign, PALE)}
        )
    lines = [at(step * index) for index in range(len(Phase) + 1)]
    context = {"width": at(width), "height": at(height), "axis": at(AXIS), "lines": lines, "strokes": strokes}
    return render_to_string("printing/drawings/title_strokes.svg", context)
