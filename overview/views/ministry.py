"""All municipalities side by side: table, map, what the programme has ahead. It shows states and does not rate."""

from collections import Counter
from collections.abc import Iterator
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
from overview.pages.ministry_filter import LAYERS, PLAN_PATTERNS, QUICK, Wanted, plan_years
from overview.queries.changes import WEEKDAYS
from overview.queries.due import due_items, waiting_items
from overview.queries.ministry import Standing, standings
from planning.enums import Phase
from printing.drawings.ring import mini_references, mini_symbols
from printing.drawings.thueringen import Legend, MapArea, StateMap, draw_map
from records.parts import Link, Option
from records.tables.writing import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
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
    "Stand am",
]


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
    rows = standings(wanted.day, wanted.plan_year)
    shown = wanted.choose(rows)
    waiting = read_portal(access_of(request), today)
    note_number(request, waiting.number)
    context = {
        "today": f"{WEEKDAYS[today.weekday()]}, {today.day}. {MONTHS[today.month - 1]} {today.year}",
        "wanted": wanted,
        "is_past": wanted.day != today,
        "total": len(rows),
        "has_unsure": any(row.unsure for row in shown),
        "rows": [table_row(row) for row in shown],
        "map": map_of(rows, wanted, request.GET),
        "layers": [
            Option(with_query(request.GET, karte=n), label, n == wanted.layer) for n, (label, *_) in LAYERS.items()
        ],
        "symbols": mini_symbols(),
        "filters": filter_options(wanted),
        "chips": chips(wanted, request.GET),
        "waiting": waiting_items(waiting.mine[:WAITING_SHOWN], today),
        "waiting_total": len(waiting.mine),
        "ahead": due_items(waiting.dates[:DATES_SHOWN], today),
        "exports": [Link(form.upper(), export_url(request.GET, form)) for form in ("csv", "xlsx")],
        "clear_url": with_query(QueryDict(), stand=f"{wanted.day:%d.%m.%Y}" if wanted.day != today else None),
        "today_url": with_query(request.GET, stand=None, jahr=None),
        "past_url": with_query(QueryDict(), stand="30.06.2021"),
    }
    return TemplateResponse(request, "overview/ministry.html", context)


@require_safe
def _export(request: HttpRequest, form: str) -> HttpResponse:
    """The table of the page as CSV or XLSX."""
    if form not in {"csv", "xlsx"}:
        raise Http404("Diese Ausgabe gibt es nicht.")
    today = timezone.localdate()
    wanted = Wanted.read(request.GET, today)
    rows = table(wanted.choose(standings(wanted.day, wanted.plan_year)), wanted.day)
    content = csv_bytes(HEADS, rows) if form == "csv" else xlsx_bytes("Kommunen", HEADS, rows)
    headers = {"Content-Disposition": f'attachment; filename="kommunen-{wanted.day.isoformat()}.{form}"'}
    return HttpResponse(content, content_type=CSV_TYPE if form == "csv" else XLSX_TYPE, headers=headers)


ministry = in_portal(Action.OVERVIEW)(_ministry)
export = in_portal(Action.OVERVIEW)(_export)


def table(rows: list[Standing], day: date) -> Iterator[list[Any]]:
    """Rows for CSV and XLSX, as they were on the day."""
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
            day.isoformat(),
        ]


def table_row(row: Standing) -> TableRow:
    """Addresses and drawing of a row."""
    support = reverse("participation:supportrecord-list", kwargs={"slug": row.slug})
    return TableRow(
        standing=row,
        url=reverse("overview:place", args=[row.slug]),
        support_url=f"{support}?kind=request&is_open=ja",
        mini=mini_references(row.phases) if row.has_cycle else (),
        pattern=PLAN_PATTERNS[row.plan],
    )


def map_of(rows: list[Standing], wanted: Wanted, query: QueryDict) -> StateMap:
    """The map of one quality; the legend filters the table."""
    title, words, patterns, state_of = LAYERS[wanted.layer]
    counts = Counter(state_of(row) for row in rows)
    areas = {
        row.ags: MapArea(
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


def filter_options(wanted: Wanted) -> list[dict[str, Any]]:
    """The selects of the filter bar."""
    regions = [Option(region.value, str(region.label), region.value == wanted.region) for region in StateRegion]
    phases = [Option(phase.slug, f"{phase.number} {phase.short} läuft", phase == wanted.phase) for phase in Phase]
    years = [Option(str(year), str(year), year == wanted.plan_year) for year in reversed(plan_years(wanted.day))]
    return [
        {"name": "region", "label": "Region", "options": [Option("", "Alle Regionen", not wanted.region), *regions]},
        {"name": "phase", "label": "Phase", "options": [Option("", "Alle Phasen", wanted.phase is None), *phases]},
        {"name": "planjahr", "label": "Pläne für", "options": years},
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
