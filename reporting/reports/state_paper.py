"""The Landesbericht as PDF, with its maps."""

from dataclasses import dataclass
from datetime import date

from planning.enums import Progress
from plans.builder import holds_example
from plans.enums import PlanState
from printing.drawings.grid import Bar, Cell, Grid, draw_grid
from printing.drawings.printed_map import PrintedMap, drawn_keys, printed_map
from printing.papers import Frame, running_origin
from printing.papers.frame import MINISTRY
from reporting.queries.state_report import read_state_year
from reporting.reports.papers import Document, made
from reporting.reports.state import state_report
from reporting.reports.state_content import PlaceLine, StateReport
from reporting.reports.state_place import NO_PLAN
from reporting.reports.state_words import all_words

STATE = "Landesbericht"
LEVELS = (("ohne Angabe", "empty"), ("Stufe 1", "dots"), ("Stufe 2", "diagonal"), ("Stufe 3", "solid"))
IN_WORK, SENT, DECIDED = "in Arbeit", "eingereicht oder in Prüfung", "bewilligt oder veröffentlicht"
PLANS = ((NO_PLAN, "empty"), (IN_WORK, "dots"), (SENT, "diagonal"), (DECIDED, "solid"))
PLAN_CLASSES = {
    str(PlanState.SUBMITTED.label): SENT,
    str(PlanState.IN_REVIEW.label): SENT,
    str(PlanState.APPROVED.label): DECIDED,
    str(PlanState.PUBLISHED.label): DECIDED,
    NO_PLAN: NO_PLAN,
}


@dataclass(frozen=True)
class CaptionedMap:
    """A map with the words of its caption."""

    drawing: PrintedMap
    caption: str


def state_pdf(year: int, today: date) -> bytes:
    """The Landesbericht of a year. Raises RenderError and its kinds."""
    return made(state_document(year, today), today)


def state_document(year: int, today: date) -> Document:
    """Template, its context and the title of the PDF."""
    report = state_report(read_state_year(year))
    frame = Frame(
        kind=STATE,
        place="Thüringen",
        place_full="Freistaat Thüringen",
        sender=MINISTRY,
        as_of=today,
        subject="Landesprogramm Familie",
        year=str(year),
        note=running_origin(today),
        has_contents=True,
        example=holds_example(report),
    )
    context = {
        "frame": frame,
        "report": report,
        "words": all_words(report),
        "year": year,
        "maps": maps_of(report.places),
        "not_drawn": [place.name for place in report.places if place.ags not in drawn_keys()],
        "silent": [place.name for place in report.places if place.is_silent],
        "progress": [str(progress.label) for progress in Progress],
        "drawing": drawing_of(report),
    }
    return "reporting/reports/state.html", context, f"{STATE} {year} – {frame.subject}"


def maps_of(places: tuple[PlaceLine, ...]) -> list[CaptionedMap]:
    """Stufe and plan as patterns."""
    levels = {place.ags: f"Stufe {place.level}" if place.level else "ohne Angabe" for place in places}
    plans = {place.ags: PLAN_CLASSES.get(place.plan, IN_WORK) for place in places}
    return [
        CaptionedMap(
            printed_map(levels, LEVELS, title="Stufe am Jahresende", uid="karte-stufe"), "Stufe am Jahresende"
        ),
        CaptionedMap(printed_map(plans, PLANS, title="Stand des Plans", uid="karte-plan"), "Stand des Plans"),
    ]


def drawn(number: int | None, is_solid: bool) -> Cell:
    """A bar; nothing where too few municipalities stand behind it."""
    return Cell(() if number is None else (Bar(number, is_solid),))


def drawing_of(report: StateReport) -> Grid | None:
    """Offers, needs and measures by Handlungsfeld as bars."""
    if all(line.offers is line.needs is line.measures is None for line in report.by_field):
        return None
    rows = [
        (row.title, [drawn(row.offers, True), drawn(row.needs, False), drawn(row.measures, True)])
        for row in report.by_field
    ]
    return draw_grid(
        rows,
        ["Angebote", "Bedarfe", "Maßnahmen"],
        uid="felder",
        title="Angebote, Bedarfe und Maßnahmen nach Handlungsfeld",
        description="Alle Kommunen zusammen; die Zahlen stehen in der Tabelle.",
    )
