"""All municipalities side by side: table, map, what the programme has ahead. It shows states and does not rate."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_portal
from accounts.enums import Action, StateRegion
from overview.queries.changes import WEEKDAYS
from overview.queries.due import due_items, waiting_items
from overview.queries.ministry import PLAN_STATES, POST_STATES, Standing, standings
from planning.enums import FIRST_YEAR, Phase
from printing.drawings.ring import mini_references, mini_symbols
from printing.drawings.thueringen import Area, Legend, StateMap, draw_map
from records.parts import Link, Option
from records.tables.writing import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from records.text import fold
from records.vague import MONTHS
from records.waiting import note_number, read_portal

MAP_UID = "karte"
WAITING_SHOWN, DATES_SHOWN = 8, 5
HEADS = [
    "Schlüssel",
    "Kommune",
    "Region",
    "Phasen",
    "Stufe",
    "Planerstelle",
    "Plan",
    "Nächster Termin",
    "Offene Hürden",
    "Bitten um Unterstützung",
]
QUICK: dict[str, tuple[str, Callable[[Standing], bool]]] = {
    "unterstuetzung": ("Unterstützung gewünscht", lambda row: row.requests > 0),
    "unbesetzt": ("Planerstelle unbesetzt", lambda row: row.post == "vacant"),
    "huerden": ("Offene Hürden", lambda row: row.hurdles > 0),
}
PLAN_PATTERNS = {
    "none": "empty",
    "draft": "dots",
    "released": "dense",
    "submitted": "diagonal",
    "in_review": "cross",
    "returned": "rows",
    "approved": "solid",
    "published": "stars",
}
POST_PATTERNS = {"unknown": "empty", "vacant": "rows", "filled": "solid"}
LEVEL_PATTERNS = {"0": "empty", "1": "dots", "2": "diagonal", "3": "solid"}
LEVELS = {"0": "ohne Stufe", "1": "Stufe 1", "2": "Stufe 2", "3": "Stufe 3"}
LAYERS: dict[str, tuple[str, dict[str, str], dict[str, str], Callable[[Standing], str]]] = {
    "plan": ("Planstand", PLAN_STATES, PLAN_PATTERNS, lambda row: row.plan),
    "stufe": ("Stufe", LEVELS, LEVEL_PATTERNS, lambda row: str(row.level or 0)),
    "stelle": ("Planerstelle", POST_STATES, POST_PATTERNS, lambda row: row.post),
}


@dataclass(frozen=True)
class Wanted:
    """The filter of the address; what cannot be understood counts as not set."""

    name: str
    region: str
    phase: Phase | None
    quick: str
    layer: str
    states: tuple[tuple[str, str], ...]
    by_region: bool
    year: int

    @classmethod
    def read(cls, query: QueryDict, today: date) -> "Wanted":
        """From the address of the page."""
        year = query.get("jahr", "")
        known = year.isdecimal() and len(year) == 4 and FIRST_YEAR <= int(year) <= today.year
        layer = query.get("karte", "")
        return cls(
            name=query.get("name", "").replace("\x00", "").strip()[:80],
            region=next((region.value for region in StateRegion if region.value == query.get("region")), ""),
            phase=next((phase for phase in Phase if phase.slug == query.get("phase")), None),
            quick=query.get("nur", "") if query.get("nur", "") in QUICK else "",
            layer=layer if layer in LAYERS else "plan",
            states=tuple((n, str(query.get(n))) for n in LAYERS if query.get(n, "") in LAYERS[n][1]),
            by_region=query.get("ordnung") == "region",
            year=int(year) if known else today.year,
        )

    @property
    def state_labels(self) -> list[str]:
        """The chosen states of the map's legend, in words."""
        return [LAYERS[layer][1][state] for layer, state in self.states]

    def fits(self, row: Standing) -> bool:
        """True for a row that is to be shown."""
        return (
            fold(self.name) in fold(row.name)
            and self.region in {"", row.region}
            and (self.phase is None or row.phases[self.phase.number - 1] == "run")
            and (not self.quick or QUICK[self.quick][1](row))
            and all(LAYERS[name][3](row) == state for name, state in self.states)
        )

    def choose(self, rows: list[Standing]) -> list[Standing]:
        """Rows that fit, by name or by region and name."""
        chosen = [row for row in rows if self.fits(row)]
        order = [region.value for region in StateRegion]
        return sorted(chosen, key=lambda row: order.index(row.region)) if self.by_region else chosen

    def day(self, today: date) -> date:
        """The day of which the table speaks: today, or the end of a past year."""
        return today if self.year == today.year else date(self.year, 12, 31)

    @property
    def is_filtered(self) -> bool:
        """True where the table may show fewer rows than there are."""
        return bool(self.name or self.region or self.phase or self.quick or self.states)


@dataclass(frozen=True)
class TableRow:
    """A row as the template draws it."""

    standing: Standing
    url: str
    support_url: str
    mini: tuple[str, ...]
    pattern: str


@require_safe
def _ministry(request: HttpRequest) -> HttpResponse:
    """Map, table and dates; filters live in the address."""
    today = timezone.localdate()
    wanted = Wanted.read(request.GET, today)
    rows = standings(wanted.day(today))
    shown = wanted.choose(rows)
    waiting = read_portal(access_of(request), today)
    note_number(request, waiting.number)
    context = {
        "today": f"{WEEKDAYS[today.weekday()]}, {today.day}. {MONTHS[today.month - 1]} {today.year}",
        "wanted": wanted,
        "is_past": wanted.year != today.year,
        "total": len(rows),
        "rows": [table_row(row) for row in shown],
        "map": map_of(rows, wanted, request.GET),
        "layers": [
            Option(with_query(request.GET, karte=n), label, n == wanted.layer) for n, (label, *_) in LAYERS.items()
        ],
        "symbols": mini_symbols(),
        "filters": filter_options(wanted, today),
        "chips": chips(wanted, request.GET),
        "waiting": waiting_items(waiting.mine[:WAITING_SHOWN], today),
        "waiting_total": len(waiting.mine),
        "ahead": due_items(waiting.dates[:DATES_SHOWN], today),
        "exports": [Link(form.upper(), export_url(request.GET, form)) for form in ("csv", "xlsx")],
        "clear_url": with_query(QueryDict(), jahr=str(wanted.year) if wanted.year != today.year else None),
        "past_url": with_query(QueryDict(), jahr="2020"),
    }
    return TemplateResponse(request, "overview/ministry.html", context)


@require_safe
def _export(request: HttpRequest, form: str) -> HttpResponse:
    """The table of the page as CSV or XLSX."""
    if form not in {"csv", "xlsx"}:
        raise Http404("Diese Ausgabe gibt es nicht.")
    today = timezone.localdate()
    wanted = Wanted.read(request.GET, today)
    rows = table(wanted.choose(standings(wanted.day(today))))
    content = csv_bytes(HEADS, rows) if form == "csv" else xlsx_bytes("Kommunen", HEADS, rows)
    headers = {"Content-Disposition": f'attachment; filename="kommunen-{wanted.year}-{today.isoformat()}.{form}"'}
    return HttpResponse(content, content_type=CSV_TYPE if form == "csv" else XLSX_TYPE, headers=headers)


ministry = in_portal(Action.OVERVIEW)(_ministry)
export = in_portal(Action.OVERVIEW)(_export)


def table(rows: list[Standing]) -> Iterator[list[Any]]:
    """Rows for CSV and XLSX."""
    for row in rows:
        yield [
            row.ags,
            row.name,
            row.region_label,
            row.words,
            row.level,
            row.post_label,
            row.plan_label,
            row.next_due.iso if row.next_due else "",
            row.hurdles,
            row.requests,
        ]


def table_row(row: Standing) -> TableRow:
    """Addresses and drawing of a row."""
    support = reverse("participation:supportrecord-list", kwargs={"slug": row.slug})
    return TableRow(
        standing=row,
        url=reverse("overview:start", kwargs={"slug": row.slug}),
        support_url=f"{support}?kind=request&is_open=ja",
        mini=mini_references(row.phases) if row.has_cycle else (),
        pattern=PLAN_PATTERNS[row.plan],
    )


def map_of(rows: list[Standing], wanted: Wanted, query: QueryDict) -> StateMap:
    """The map of one quality; the legend filters the table."""
    title, words, patterns, state_of = LAYERS[wanted.layer]
    counts = Counter(state_of(row) for row in rows)
    areas = {
        row.ags: Area(
            row.name,
            reverse("overview:start", kwargs={"slug": row.slug}),
            patterns[state_of(row)],
            words[state_of(row)],
        )
        for row in rows
    }
    legend = [
        Legend(patterns[state], word, with_query(query, **{wanted.layer: state}) + "#kommunen", counts[state])
        for state, word in words.items()
    ]
    return draw_map(areas, legend, description=f"Füllmuster zeigen: {title}.", uid=MAP_UID)


def with_query(query: QueryDict, **changes: str | None) -> str:
    """The page's address with some parameters changed; None removes one."""
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    url = reverse("overview:ministry")
    return f"{url}?{changed.urlencode()}" if changed else url


def export_url(query: QueryDict, form: str) -> str:
    """Address of a download with the filters of the page."""
    url = reverse("overview:ministry-export", args=[form])
    return f"{url}?{query.urlencode()}" if query else url


def filter_options(wanted: Wanted, today: date) -> list[dict[str, Any]]:
    """The selects of the filter bar."""
    regions = [Option(region.value, str(region.label), region.value == wanted.region) for region in StateRegion]
    phases = [Option(phase.slug, f"{phase.number} {phase.short} läuft", phase == wanted.phase) for phase in Phase]
    years = [Option(str(year), str(year), year == wanted.year) for year in range(today.year, FIRST_YEAR - 1, -1)]
    return [
        {"name": "region", "label": "Region", "options": [Option("", "Alle Regionen", not wanted.region), *regions]},
        {"name": "phase", "label": "Phase", "options": [Option("", "Alle Phasen", wanted.phase is None), *phases]},
        {"name": "jahr", "label": "Am Ende des Jahres", "options": years},
    ]


def chips(wanted: Wanted, query: QueryDict) -> list[Option]:
    """Order and quick filters; an active one leads back."""
    found = [
        Option(with_query(query, ordnung=None), "Alphabetisch", not wanted.by_region),
        Option(with_query(query, ordnung="region"), "Nach Region", wanted.by_region),
    ]
    for name, (label, _) in QUICK.items():
        active = wanted.quick == name
        found.append(Option(with_query(query, nur=None if active else name), label, active))
    return found
