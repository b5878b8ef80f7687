"""The timeline of a municipality: one drawing from every dated record, for the page and for the plan's PDF.

Other packages use the names re-exported here; the drawings know neither models nor requests.
"""

from insight.timeline.entries import HURDLES, WITHOUT_PHASE, TimelineEntry, YearGroup, by_year, years_of
from insight.timeline.listing import listed_years
from insight.timeline.paging import PrintPage, print_pages
from insight.timeline.printed import print_svg, title_strokes
from insight.timeline.screen import ScreenTimeline, draw_screen, screen_svg
from insight.timeline.window import Window, in_window, months_of, neighbour

__all__ = [
    "HURDLES",
    "WITHOUT_PHASE",
    "PrintPage",
    "ScreenTimeline",
    "TimelineEntry",
    "Window",
    "YearGroup",
    "by_year",
    "draw_screen",
    "in_window",
    "listed_years",
    "months_of",
    "neighbour",
    "print_pages",
    "print_svg",
    "screen_svg",
    "title_strokes",
    "years_of",
]
