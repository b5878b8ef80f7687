"""The printed timeline on as many pages as it needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.safestring import SafeString

from insight.timeline.entries import WITHOUT_PHASE, TimelineEntry, dated
from insight.timeline.printed import (
    PRINT_HEIGHT,
    PRINT_WIDTH,
    Packed,
    make_axis,
    needed_height,
    pack_all,
    print_svg,
    years_for,
)
from insight.timeline.window import Window, in_window


@dataclass(frozen=True)
class PrintPage:
    """One page of a timeline that is too full for a single one."""

    svg: SafeString
    first_year: int
    last_year: int
    count: int


def print_pages(
    entries: Iterable[TimelineEntry],
    *,
    today: date,
    width: float = PRINT_WIDTH,
    height: float = PRINT_HEIGHT,
    uid: str = "zeitstrahl",
    list_name: str = "der Liste nach Jahren",
) -> tuple[PrintPage, ...]:
    """The timeline on as few pages as its rows need: by years, by lanes where that takes fewer."""
    found = dated(entries)
    pages: list[PrintPage] = []
    for years, group in divided(found, years_for(found, None, today), today=today, width=width, height=height):
        shown = [entry for lane in group for entry in lane.entries]
        svg = print_svg(
            shown,
            today=today,
            window=Window.years(*years),
            lanes=[lane.number for lane in group],
            width=width,
            height=height,
            uid=f"{uid}-{len(pages) + 1}",
            list_name=list_name,
        )
        pages.append(PrintPage(svg, years[0], years[1], len(shown)))
    return tuple(pages)


def divided(
    entries: Sequence[TimelineEntry], years: tuple[int, int], *, today: date, width: float, height: float
) -> list[tuple[tuple[int, int], list[Packed]]]:
    """Years and lanes of each page. Years are halved unless their lanes side by side take fewer pages."""
    part = in_window(entries, Window.years(*years), today)
    packed = pack_all(part, make_axis(part, years, width), today, range(1, WITHOUT_PHASE))
    whole = [(years, group) for group in lane_groups(packed, height)]
    if len(whole) == 1 or years[0] == years[1]:
        return whole
    half = balanced_year(part, years)
    divide = partial(divided, part, today=today, width=width, height=height)
    halves = [*divide((years[0], half)), *divide((half + 1, years[1]))]
    return halves if len(halves) <= len(whole) else whole


def lane_groups(packed: Sequence[Packed], height: float) -> list[list[Packed]]:
    """Neighbouring lanes that fit on one page together; on several pages each has about the same share."""
    groups = fitting_lanes(packed, height)
    for share in range(round(height / 2), round(height), 6) if len(groups) > 1 else ():
        even = fitting_lanes(packed, share)
        if len(even) == len(groups):
            return even
    return groups


def fitting_lanes(packed: Sequence[Packed], height: float) -> list[list[Packed]]:
    """As many lanes on each page as the height has room for."""
    groups: list[list[Packed]] = [[]]
    for lane in packed:
        if groups[-1] and needed_height([*groups[-1], lane]) > height:
            groups.append([])
        groups[-1].append(lane)
    return groups


def balanced_year(entries: Sequence[TimelineEntry], years: tuple[int, int]) -> int:
    """The last year of the first half: up to it lie about half of the entries."""
    for year in range(*years):
        if sum(1 for entry in entries if entry.year <= year) * 2 >= len(entries):
            return year
    return years[1] - 1
