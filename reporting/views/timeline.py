"""The timeline of a municipality: drawing, list by year, tables and SVG for download."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from planning.enums import Phase
from planning.records.export import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from planning.records.page import Link, Option
from planning.vague import FIRST_YEAR, LAST_YEAR
from reporting.queries.timeline import Selection, marked_kinds, timeline_entries
from reporting.timeline import TimelineEntry, draw_screen, listed_years, print_svg, screen_svg, years_of
from reporting.timeline.entries import dated, quoted
from reporting.timeline.layout import in_years

PHASE, KIND, FROM, TO, HURDLES, VIEW = "phase", "art", "von", "bis", "huerden", "ansicht"
MANY_YEARS = 15  # from here on, years without entries have no chip
HEADS = ["Datum", "Beginn", "Ende", "Phase", "Art", "Eintrag", "erwartet", "Quelle", "Abweichende Quelle", "Kennung"]


@dataclass(frozen=True)
class Chip:
    """A way to a year with the number of its entries; the current one is marked."""

    label: str
    url: str
    count: int | None
    current: bool


@dataclass(frozen=True)
class Wanted:
    """The filter of the address; what cannot be understood counts as not set."""

    phase: Phase | None
    kind: str
    first: int | None
    last: int | None
    hurdles: bool
    graphic: bool

    @classmethod
    def read(cls, query: QueryDict) -> "Wanted":
        """From the address of the page."""
        first, last = year_in(query.get(FROM, "")), year_in(query.get(TO, ""))
        if first and last and first > last:
            first, last = last, first
        return cls(
            phase=next((phase for phase in Phase if phase.slug == query.get(PHASE)), None),
            kind=next((kind.name for kind in marked_kinds() if kind.name == query.get(KIND)), ""),
            first=first,
            last=last,
            hurdles=query.get(HURDLES) != "aus",
            graphic=query.get(VIEW) == "grafik",
        )

    @property
    def is_filtered(self) -> bool:
        """True where the page may show less than there is."""
        return bool(self.phase or self.kind or self.first or self.last)

    @property
    def selection(self) -> Selection:
        """What the query needs to know."""
        return Selection(self.phase.number if self.phase else 0, self.kind, self.hurdles)

    def years(self, counts: dict[int, int]) -> tuple[int, int]:
        """The years to draw: as wanted, else all that have entries."""
        today = timezone.localdate().year
        first = self.first or min(counts, default=today)
        last = self.last or max([*counts, first])
        return min(first, last), max(first, last)


def year_in(text: str) -> int | None:
    """A year that the portal knows, or None."""
    return int(text) if text.isdecimal() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR else None


@require_safe
def _timeline(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Drawing and list, filtered by phase, kind and years."""
    wanted, today = Wanted.read(request.GET), timezone.localdate()
    entries = timeline_entries(municipality, wanted.selection)
    counts = years_of(entries)
    years = wanted.years(counts)
    shown = in_years(dated(entries), *years, today)
    drawing = draw_screen(
        shown, place=municipality.name, today=today, years=years, lanes=lanes_of(wanted),
        empty_note="keine Einträge in dieser Auswahl" if wanted.is_filtered else "noch keine Einträge",
    )  # fmt: skip
    url = reverse("reporting:timeline", kwargs={"slug": municipality.slug})
    context = {
        "crumbs": [Link(municipality.name, start_url(municipality)), Link("Zeitstrahl", "")],
        "lead": lead_of(entries),
        "drawing": screen_svg(drawing),
        "years": listed_years(shown),
        "count": len(shown),
        "wanted": wanted,
        "filters": filter_options(wanted, counts),
        "chips": year_chips(request.GET, url, counts, wanted),
        "hurdles_url": with_query(request.GET, url, {HURDLES: "aus" if wanted.hurdles else None}),
        "list_url": with_query(request.GET, url, {VIEW: None}),
        "graphic_url": with_query(request.GET, url, {VIEW: "grafik"}),
        "exports": exports_of(request.GET, municipality),
        "filtered": wanted.is_filtered,
        "clear_url": url,
    }
    return TemplateResponse(request, "reporting/timeline.html", context)


@require_safe
def _export(request: HttpRequest, municipality: Municipality, form: str) -> HttpResponse:
    """The entries of the page as CSV or XLSX, or the printed drawing as SVG."""
    if form not in {"csv", "xlsx", "svg"}:
        raise Http404("Diese Ausgabe gibt es nicht.")
    wanted, today = Wanted.read(request.GET), timezone.localdate()
    entries = timeline_entries(municipality, wanted.selection)
    years = wanted.years(years_of(entries))
    shown = in_years(dated(entries), *years, today)
    if form == "csv":
        content, media_type = csv_bytes(HEADS, table(shown)), CSV_TYPE
    elif form == "xlsx":
        content, media_type = xlsx_bytes("Zeitstrahl", HEADS, table(shown)), XLSX_TYPE
    else:
        content, media_type = print_svg(shown, today=today, years=years).encode(), "image/svg+xml"
    name = f"{municipality.slug}-zeitstrahl-{today.isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


timeline = in_municipality(Action.READ)(_timeline)
export = in_municipality(Action.READ)(_export)


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


def start_url(municipality: Municipality) -> str:
    """The municipality's start page."""
    return reverse("reporting:start", kwargs={"slug": municipality.slug})


def lanes_of(wanted: Wanted) -> list[int]:
    """Lanes that are drawn even when empty."""
    lanes = [wanted.phase.number] if wanted.phase else [phase.number for phase in Phase]
    return [0, *lanes] if wanted.hurdles else lanes


def lead_of(entries: list[TimelineEntry]) -> str:
    """The first and the last entry in one sentence."""
    found = dated(entries)
    if not found:
        return "Jeder datierte Eintrag erscheint hier von selbst."
    if len(found) == 1:
        return f"Ein Eintrag: {found[0].title}."
    first, last = found[0], found[-1]
    return f"Von {quoted(first.title)} ({first.when}) bis {quoted(last.title)} ({last.when})."


def with_query(query: QueryDict, url: str, changes: dict[str, str | None]) -> str:
    """The address with some parameters changed; None removes one."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"{url}?{changed.urlencode()}" if changed else url


def filter_options(wanted: Wanted, counts: dict[int, int]) -> list[dict[str, Any]]:
    """The four selects of the filter bar."""
    years = sorted({*counts, *(year for year in (wanted.first, wanted.last) if year)})
    phases = [Option(phase.slug, f"{phase.number} {phase.short}", phase == wanted.phase) for phase in Phase]
    kinds = [Option(kind.name, kind.plural, kind.name == wanted.kind) for kind in marked_kinds()]

    def selected(chosen: int | None) -> list[Option]:
        return [Option(str(year), str(year), year == chosen) for year in years]

    return [
        {"name": PHASE, "label": "Phase", "options": [Option("", "Alle Phasen", wanted.phase is None), *phases]},
        {"name": KIND, "label": "Art", "options": [Option("", "Alle Arten", not wanted.kind), *kinds]},
        {"name": FROM, "label": "Von", "options": [Option("", "Anfang", not wanted.first), *selected(wanted.first)]},
        {"name": TO, "label": "Bis", "options": [Option("", "Ende", not wanted.last), *selected(wanted.last)]},
    ]


def year_chips(query: QueryDict, url: str, counts: dict[int, int], wanted: Wanted) -> list[Chip]:
    """Zoom: all years, or a single one, each with the number of entries that begin in it."""
    every = with_query(query, url, {FROM: None, TO: None})
    chips = [Chip("Alle Jahre", every, None, not wanted.first and not wanted.last)]
    for year, count in counts.items():
        if not count and len(counts) > MANY_YEARS:
            continue
        link = with_query(query, url, {FROM: str(year), TO: str(year)})
        chips.append(Chip(str(year), link, count, wanted.first == wanted.last == year))
    return chips


def exports_of(query: QueryDict, municipality: Municipality) -> list[Link]:
    """Downloads of what the page shows."""
    return [
        Link(form.upper(), with_query(query, reverse("reporting:timeline-export", args=[municipality.slug, form]), {}))
        for form in ("csv", "xlsx", "svg")
    ]
