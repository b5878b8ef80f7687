"""The list by year on the page, as HTML text for the same reason as the marks: as template nodes it costs 6 ms."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from insight.timeline.entries import HURDLES, INTENDED, WITHOUT_PHASE, TimelineEntry, by_year


def listed_years(entries: Iterable[TimelineEntry]) -> list[tuple[int, SafeString]]:
    """Each year with its list items."""
    return [(group.year, mark_safe("".join(line_html(entry) for entry in group.entries))) for group in by_year(entries)]


def line_html(entry: TimelineEntry) -> str:
    """Date, link, below it kind and phase, and what another source says; every text is escaped."""
    note = entry.kind_label
    if HURDLES < entry.lane < WITHOUT_PHASE:
        note += f" · {entry.phase_label}"
    if entry.is_example:
        note += " · Beispiel"
    other = f"<small>Eine andere Quelle: {escape(entry.contradiction)}</small>" if entry.contradiction else ""
    return (
        f'<li><span class="muted">{escape(entry.when)}{f", {INTENDED}" if entry.expected else ""}</span>'
        f'<span><a href="{escape(entry.url)}">{escape(entry.title)}</a>'
        f"<small>{escape(note)}</small>{other}</span></li>\n"
    )
