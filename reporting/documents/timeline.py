"""The timeline as PDF: the drawing on landscape pages, behind it every entry by year."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from accounts.models import Municipality
from reporting.documents.frame import frame_of
from reporting.documents.making import document_pdf
from reporting.plan.document import TimelinePage, years
from reporting.timeline import TimelineEntry, Window, by_year, print_pages, print_svg

KIND = "Zeitstrahl"
LIST = "Tabelle 1"


def timeline_pdf(
    municipality: Municipality,
    entries: Sequence[TimelineEntry],
    *,
    window: Window | None,
    lanes: Iterable[int],
    selection: str,
    today: date,
    created: datetime,
) -> bytes:
    """The given entries. ``window`` draws a stretch of time on one page, with these ``lanes`` even when empty;
    ``selection`` says what was chosen.

    Raises RenderError.
    """
    frame = frame_of(municipality, KIND, as_of=today, subject=municipality.name, note=selection)
    context = {
        "frame": frame,
        "pages": drawn(entries, window, lanes, selection, today),
        "years": by_year(entries),
        "selection": selection,
    }
    title = f"Zeitstrahl – {municipality.name}"
    return document_pdf("reporting/documents/timeline.html", context, title=title, created=created)


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
