"""The timeline of a municipality: drawing, list by year, tables and SVG for download."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import Access, access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.addresses import with_query
from insight.downloads import file_name, pdf_answer
from insight.timeline import (
    HURDLES,
    WITHOUT_PHASE,
    TimelineEntry,
    Window,
    draw_screen,
    in_window,
    listed_years,
    months_of,
    neighbour,
    print_svg,
    screen_svg,
    years_of,
)
from insight.timeline.entries import dated, lane_label, quoted
from insight.timeline.paper import timeline_pdf
from insight.timeline.queries import Selection, marked_kinds, timeline_entries
from planning.enums import Phase
from planning.queries.office import office_lines
from printing.papers import running_origin
from records.parts import Link, Option
from records.places import home_link
from records.tables.writing import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from records.vague import DAY, MONTH, QUARTER, YEAR, VagueDate

SCOPE, LANE, KIND, FROM, TO, HURDLE, VIEW = "umfang", "phase", "art", "von", "bis", "huerden", "ansicht"
FORMS = ("csv", "xlsx", "pdf", "svg")
EVERYTHING, NO_PHASE = "alles", "ohne"
MANY_YEARS = 15  # from here on, years without entries have no chip
MONTH_CHIPS = ("Jan.", "Feb.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.")
HEADS = ["Datum", "Beginn", "Ende", "Phase", "Art", "Eintrag", "vorgesehen", "Quelle", "Abweichende Quelle", "Kennung"]


@dataclass(frozen=True)
class Chip:
    """A way to a year or month with the number of its entries; ``around`` marks the year of the month shown."""

    label: str
    url: str
    count: int | None = None
    current: bool = False
    around: bool = False


@dataclass(frozen=True)
class Zoom:
    """The ways inside a year: its months, what lies before and after, and out to the quarter or year around."""

    label: str
    chips: list[Chip]
    before: Link | None
    after: Link | None
    out: Link | None


@dataclass(frozen=True)
class Wanted:
    """The filter of the address; what cannot be understood counts as not set. ``lane`` 0 stands for all."""

    lane: int
    kind: str
    begin: VagueDate | None
    end: VagueDate | None
    hurdles: bool
    graphic: bool
    everything: bool

    @classmethod
    def read(cls, query: QueryDict) -> "Wanted":
        """From the address of the page."""
        begin, end = span_in(query.get(FROM, "")), span_in(query.get(TO, ""))
        if begin and end and begin.first > end.last:
            begin, end = end, begin
        return cls(
            lane=next((number for slug, _, number in lane_choices() if slug == query.get(LANE)), 0),
            kind=next((kind.name for kind in marked_kinds() if kind.name == query.get(KIND)), ""),
            begin=begin,
            end=end,
            hurdles=query.get(HURDLE) != "aus",
            graphic=query.get(VIEW) == "grafik",
            everything=query.get(SCOPE) == EVERYTHING,
        )

    @property
    def is_filtered(self) -> bool:
        """True where the page may show less than the essentials."""
        return bool(self.lane or self.kind or self.begin or self.end)

    @property
    def selection(self) -> Selection:
        """What the query needs to know."""
        return Selection(self.lane, self.kind, self.hurdles)

    def shows(self, entry: TimelineEntry) -> bool:
        """True for what is essential, and for all of a kind that was asked for."""
        return self.everything or bool(self.kind) or not entry.routine

    def window(self, whole: Window) -> Window:
        """The stretch to draw: as wanted, else the whole."""
        begin, end = self.begin or self.end, self.end or self.begin
        if begin is None or end is None:
            return whole
        asked = Window.between(begin, end)
        first = asked.first if self.begin else min(asked.first, whole.first)
        return Window(first, asked.stop if self.end else max(asked.stop, whole.stop))


@dataclass(frozen=True)
class Chosen:
    """The entries of a request: all that are wanted, those in the window, and how many routine ones are left out."""

    entries: list[TimelineEntry]
    whole: Window
    window: Window
    shown: list[TimelineEntry]
    hidden: int

    @classmethod
    def of(cls, municipality: Municipality, wanted: Wanted, today: date, access: Access) -> "Chosen":
        """Read and sort them."""
        found = dated(timeline_entries(municipality, wanted.selection, access))
        entries = [entry for entry in found if wanted.shows(entry)]
        whole = Window.around(found, today)
        window = wanted.window(whole)
        hidden = in_window([entry for entry in found if not wanted.shows(entry)], window, today)
        return cls(entries, whole, window, in_window(entries, window, today), len(hidden))


def span_in(text: str) -> VagueDate | None:
    """A month, quarter, half-year or year in its exchange form, or None."""
    try:
        found = VagueDate.from_iso(text)
    except ValueError:
        return None
    return found if found.precision != DAY else None


def lane_choices() -> list[tuple[str, str, int]]:
    """Word in the address, label and number of the lanes that can be chosen."""
    phases = [(phase.slug, f"{phase.number} {phase.short}", phase.number) for phase in Phase]
    return [*phases, (NO_PHASE, "Ohne Phase", WITHOUT_PHASE)]


@require_safe
def _timeline(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Drawing and list, filtered by scope, lane, kind and time."""
    wanted, today = Wanted.read(request.GET), timezone.localdate()
    chosen = Chosen.of(municipality, wanted, today, access_of(request))
    narrowed = wanted.is_filtered or chosen.hidden
    drawing = draw_screen(
        chosen.shown,
        place=municipality.name,
        today=today,
        window=chosen.window,
        lanes=lanes_of(wanted),
        empty_note="keine Einträge in dieser Auswahl" if narrowed else "noch keine Einträge",
    )
    url = reverse("insight:timeline", kwargs={"slug": municipality.slug})
    counts = years_of(chosen.entries)
    context = {
        "crumbs": [home_link(municipality), Link("Zeitstrahl", "")],
        "lead": lead_of(chosen.entries),
        "drawing": screen_svg(drawing),
        "years": listed_years(chosen.shown),
        "count": len(chosen.shown),
        "hidden": chosen.hidden,
        "wanted": wanted,
        "window": chosen.window,
        "filters": filter_options(wanted, counts),
        "chips": year_chips(request.GET, url, counts, wanted, chosen.window),
        "zoom": zoom_of(request.GET, url, chosen),
        "hurdles_url": with_query(request.GET, url, {HURDLE: "aus" if wanted.hurdles else None}),
        "scope_url": with_query(request.GET, url, {SCOPE: None if wanted.everything else EVERYTHING}),
        "list_url": with_query(request.GET, url, {VIEW: None}),
        "graphic_url": with_query(request.GET, url, {VIEW: "grafik"}),
        "exports": exports_of(request.GET, municipality),
        "filtered": wanted.is_filtered,
        "clear_url": url,
    }
    return TemplateResponse(request, "insight/timeline.html", context)


@require_safe
def _export(request: HttpRequest, municipality: Municipality, form: str) -> HttpResponse:
    """The entries of the page as CSV or XLSX, the printed drawing as SVG, or both as PDF."""
    if form not in FORMS:
        raise Http404("Diese Ausgabe gibt es nicht.")
    wanted, today = Wanted.read(request.GET), timezone.localdate()
    if form == "pdf":
        make = partial(_pdf, municipality, wanted, today, access_of(request))
        name = file_name(municipality, "zeitstrahl", today.isoformat(), ending=form)
        back = with_query(request.GET, reverse("insight:timeline", args=[municipality.slug]), {})
        return pdf_answer(request, make, name=name, back=back, called="Zeitstrahl")
    chosen = Chosen.of(municipality, wanted, today, access_of(request))
    window = chosen.window if wanted.begin or wanted.end else None
    if form == "csv":
        content, media_type = csv_bytes(HEADS, table(chosen.shown)), CSV_TYPE
    elif form == "xlsx":
        content, media_type = xlsx_bytes("Zeitstrahl", HEADS, table(chosen.shown)), XLSX_TYPE
    else:
        content, media_type = (
            print_svg(chosen.shown, today=today, window=window, origin=running_origin(today)).encode(),
            "image/svg+xml",
        )
    name = f"{municipality.slug}-zeitstrahl-{today.isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _pdf(municipality: Municipality, wanted: Wanted, today: date, access: Access) -> bytes:
    """Drawing and list as PDF. Raises RenderError."""
    chosen = Chosen.of(municipality, wanted, today, access)
    return timeline_pdf(
        municipality,
        chosen.shown,
        window=chosen.window if wanted.begin or wanted.end else None,
        lanes=lanes_of(wanted),
        selection=selection_of(wanted, chosen),
        origin=running_origin(today),
        office=office_lines(municipality),
        today=today,
        created=timezone.now(),
    )


timeline = in_municipality(Action.READ)(_timeline)
export = in_municipality(Action.READ)(_export)


def selection_of(wanted: Wanted, chosen: Chosen) -> str:
    """What the filter of the page leaves, in sentences; empty where everything is shown."""
    lane = lane_label(wanted.lane) if wanted.lane else ""
    kind = next((kind.plural for kind in marked_kinds() if kind.name == wanted.kind), "")
    chosen_by = ", ".join(part for part in (lane, kind) if part)
    sentences = [f"Auswahl: {chosen_by}."] * bool(chosen_by)
    if chosen.hidden:
        sentences.append("Ohne Planungsschritte, Maßnahmen, Zieltermine und Einschätzungen.")
    return " ".join(sentences)


def table(entries: Iterable[TimelineEntry]) -> Iterator[list[Any]]:
    """Rows for CSV and XLSX: the date as meant and in its exchange form."""
    for entry in entries:
        yield [
            entry.when,
            entry.begin.iso if entry.begin else "",
            entry.end.iso if entry.end else "",
            entry.phase_label,
            entry.kind_label,
            entry.title,
            "ja" if entry.expected else "",
            entry.source,
            entry.contradiction,
            entry.uid,
        ]


def lanes_of(wanted: Wanted) -> list[int]:
    """Lanes that are drawn even when empty."""
    lanes = [wanted.lane] if wanted.lane else [phase.number for phase in Phase]
    return [HURDLES, *lanes] if wanted.hurdles else lanes


def lead_of(entries: list[TimelineEntry]) -> str:
    """The first and the last entry in one sentence."""
    found = dated(entries)
    if not found:
        return "Jeder Eintrag mit Datum erscheint hier von selbst."
    if len(found) == 1:
        return f"Ein Eintrag: {found[0].title}."
    first, last = found[0], found[-1]
    return f"Von {quoted(first.title)} ({first.when}) bis {quoted(last.title)} ({last.when})."


def filter_options(wanted: Wanted, counts: dict[int, int]) -> list[dict[str, Any]]:
    """The selects of the filter bar; a month or quarter that was chosen by a link stays among the years."""
    lanes = [Option(slug, label, number == wanted.lane) for slug, label, number in lane_choices()]
    kinds = [Option(kind.name, kind.plural, kind.name == wanted.kind) for kind in marked_kinds()]
    spans = {str(year): str(year) for year in counts}
    spans |= {date_.iso: str(date_) for date_ in (wanted.begin, wanted.end) if date_}

    def selected(date_: VagueDate | None) -> list[Option]:
        chosen = date_.iso if date_ else ""
        return [Option(iso, label, iso == chosen) for iso, label in sorted(spans.items())]

    scopes = [
        Option("", "Wesentliches", not wanted.everything),
        Option(EVERYTHING, "Alles", wanted.everything),
    ]
    return [
        {"name": SCOPE, "label": "Umfang", "options": scopes},
        {"name": LANE, "label": "Phase", "options": [Option("", "Alle Phasen", not wanted.lane), *lanes]},
        {"name": KIND, "label": "Art", "options": [Option("", "Alle Arten", not wanted.kind), *kinds]},
        {"name": FROM, "label": "Von", "options": [Option("", "Anfang", not wanted.begin), *selected(wanted.begin)]},
        {"name": TO, "label": "Bis", "options": [Option("", "Ende", not wanted.end), *selected(wanted.end)]},
    ]


def year_chips(query: QueryDict, url: str, counts: dict[int, int], wanted: Wanted, window: Window) -> list[Chip]:
    """Zoom: all years, or a single one, each with the number of entries that begin in it."""
    every = with_query(query, url, {FROM: None, TO: None})
    chips = [Chip("Alle Jahre", every, current=not wanted.begin and not wanted.end)]
    for year, count in counts.items():
        if not count and len(counts) > MANY_YEARS:
            continue
        link, current = with_query(query, url, {FROM: str(year), TO: str(year)}), window == Window.years(year, year)
        chips.append(Chip(str(year), link, count, current, around=window.year == year and not current))
    return chips


def zoom_of(query: QueryDict, url: str, chosen: Chosen) -> Zoom | None:
    """Ways to the months of the year shown, to the quarter around a month, and to the neighbours in time."""
    window, unit = chosen.window, chosen.window.unit
    if window.year is None:
        return None

    def link(target: VagueDate) -> str:
        return with_query(query, url, {FROM: target.iso, TO: target.iso})

    def beside(step: int) -> Link | None:
        target = neighbour(unit, step) if unit else None
        return Link(str(target), link(target)) if target and chosen.whole.holds(target) else None

    chips = []
    for month, count in months_of(chosen.entries, window.year).items():
        chips.append(Chip(MONTH_CHIPS[month.first.month - 1], link(month), count, month == unit))
    quarter, year = VagueDate(window.first, QUARTER), VagueDate(window.first, YEAR)
    around = quarter if unit and unit.precision == MONTH else year
    return Zoom(str(window), chips, beside(-1), beside(1), Link(str(around), link(around)) if window.is_part else None)


def exports_of(query: QueryDict, municipality: Municipality) -> list[Link]:
    """Downloads of what the page shows."""
    return [
        Link(form.upper(), with_query(query, reverse("insight:timeline-export", args=[municipality.slug, form]), {}))
        for form in FORMS
    ]
