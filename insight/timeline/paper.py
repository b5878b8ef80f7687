"""The timeline as PDF: the drawing on landscape pages, behind it every entry by year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString

from insight.timeline import TimelineEntry, Window, by_year, print_pages, print_svg
from printing.papers.frame import Publisher, frame_of
from printing.papers.making import document_pdf

KIND = "Zeitstrahl"
LIST = "Tabelle 1"


@dataclass(frozen=True)
class TimelinePage:
    """A landscape page of the timeline with the words of its caption."""

    svg: SafeString
    caption: str


def years(first: int, last: int) -> str:
    """„Zeitstrahl 2013 bis 2018“ or „Zeitstrahl 2018“."""
    return f"Zeitstrahl {first} bis {last}" if first != last else f"Zeitstrahl {first}"


def timeline_pdf(
    publisher: Publisher,
    entries: Sequence[TimelineEntry],
    *,
    window: Window | None,
    lanes: Iterable[int],
    selection: str,
    origin: str,
    office: tuple[str, ...],
    today: date,
    created: datetime,
) -> bytes:
    """The given entries. ``window`` draws a stretch of time on one page, with these ``lanes`` even when empty;
    ``selection`` says what was chosen, ``origin`` what the entries are made of, ``office`` which one issues them.

    Raises RenderError.
    """
    frame = frame_of(publisher, KIND, as_of=today, subject=publisher.name, note=selection, office=office)
    context = {
        "frame": frame,
        "pages": drawn(entries, window, lanes, selection, today),
        "years": by_year(entries),
        "selection": selection,
        "origin": origin,
    }
    title = f"Zeitstrahl – {publisher.name}"
    return document_pdf("insight/papers/timeline.html", context, title=title, created=created)


def drawn(
    entries: Sequence[TimelineEntry], window: Window | None, lanes: Iterable[int], selection: str, today: date
) -> tuple[TimelinePage, ...]:
    """The drawing on as many pages as it needs; none where nothing is dated."""
    end = f" {selection} Alle Einträge stehen in {LIST}."
    if not entries:
        return ()
    if window:
        svg = print_svg(entries, today=today, window=window, lanes=lanes, list_name=LIST)
        return (TimelinePage(svg, f"Zeitstrahl {window} nach Phasen des Planungszyklus.{end}"),)
    return tuple(
        TimelinePage(page.svg, f"{years(page.first_year, page.last_year)} nach Phasen des Planungszyklus.{end}")
        for page in print_pages(entries, today=today, list_name=LIST)
    )
