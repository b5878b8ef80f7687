"""Kennzahlen over the years: an overview of small charts, each Kennzahl large with its table, downloads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.figures import Chart, Figure, Series, chart_of, chart_svg, shown_value
from insight.figures.area_map import area_maps
from insight.figures.chart import base_years
from insight.figures.choosing import FIGURE, chosen_way, wanted_figure
from insight.figures.queries import read_figures
from insight.figures.series import meaning
from planning.enums import SpatialLevel
from planning.models import IndicatorValue, OwnValue, QuotedFigure
from printing.drawings.lines import CONTEXT, OWN, sample_svg
from records.parts import Link, Option
from records.places import home_link
from records.registry import kind_of
from records.tables.writing import CSV_TYPE, csv_bytes
from records.text import sort_key

AREA, SHOW = "gebiet", "als"
VALUES, DEVELOPMENT = "werte", "entwicklung"
HEADS = [
    "Kennzahl",
    "Einheit",
    "Ebene",
    "Gebiet",
    "Jahr",
    "Wert",
    "Zeichen",
    "Bedeutung",
    "Quelle",
    "Beispiel",
    "Anmerkung",
]
LEVEL_HEADS = {"district": "Kreis", "region": "Planungsregionen", "commune": "Gemeinden", "state": "Zum Vergleich"}


@dataclass(frozen=True)
class Card:
    """A Kennzahl in the overview; ``base_year`` is set where development is drawn."""

    title: str
    url: str
    gist: str
    note: str
    base_year: str
    drawing: SafeString
    is_example: bool


@dataclass(frozen=True)
class Entry:
    """A value in the table: as text and as it is read out, with the way to its record."""

    text: str
    name: str
    url: str
    note: str


@dataclass(frozen=True)
class Row:
    """A year of the table: for each area what was entered, nothing, or several."""

    year: int
    cells: list[list[Entry]]


@require_safe
def _figures(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The overview, or the Kennzahl that the address names."""
    if FIGURE in request.GET:
        return one_figure(request, municipality)
    url = address(municipality)
    context = {
        "crumbs": crumbs(municipality, ""),
        "cards": [card(figure, url) for figure in read_figures(municipality, wide=True)],
        "samples": [(sample_svg(OWN), "die Kommune"), (sample_svg(CONTEXT), "Thüringen")],
        "csv_url": export_url(municipality, "csv", QueryDict()),
        "values_url": kind_of(IndicatorValue).url("list", municipality),
    }
    return TemplateResponse(request, "insight/figures.html", context)


def one_figure(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """A Kennzahl large, with legend, notes, table and downloads."""
    figure = wanted_figure(request.GET, municipality)
    chart = chart_of(figure, request.GET.getlist(AREA), asked_development(request.GET))
    values_url = kind_of(OwnValue if figure.is_own else IndicatorValue).url("list", municipality)
    shown = {series.key for series in chart.series}
    context = {
        "crumbs": crumbs(municipality, figure.title),
        "figure": figure,
        "chart": chart,
        "wide": chart_svg(chart, "wide", "w"),
        "narrow": chart_svg(chart, "narrow", "n"),
        "areas": area_choice(figure, shown),
        "maps": area_maps(figure, municipality),
        "ways": ways(request.GET, municipality, chart),
        "asked": request.GET.get(SHOW, ""),
        "rows": list(table(chart, values_url)),
        "sources": sorted({v.source for series in chart.series for v in series.values if v.source}, key=sort_key),
        "chosen": chosen_way(request, municipality, figure),
        "svg_url": export_url(municipality, "svg", request.GET),
        "csv_url": export_url(municipality, "csv", request.GET),
        "values_url": f"{values_url}?indicator={abs(figure.pk)}",
        "quote_url": quote_url(request, municipality, figure),
    }
    return TemplateResponse(request, "insight/figure.html", context)


@require_safe
def _export(request: HttpRequest, municipality: Municipality, form: str) -> HttpResponse:
    """The values as CSV (of all Kennzahlen, or of what a chart shows), or the chart as SVG."""
    if form not in {"csv", "svg"} or (form == "svg" and FIGURE not in request.GET):
        raise Http404("Diese Ausgabe gibt es nicht.")
    if FIGURE in request.GET:
        figure = wanted_figure(request.GET, municipality)
        chart = chart_of(figure, request.GET.getlist(AREA), asked_development(request.GET))
        values = [(figure, series) for series in chart.series]
    else:
        values = [(figure, series) for figure in read_figures(municipality) for series in figure.series]
    if form == "csv":
        content, media_type = csv_bytes(HEADS, export_rows(values)), CSV_TYPE
    else:
        content, media_type = chart_svg(chart, "wide", "k", alone=True).encode(), "image/svg+xml"
    name = f"{municipality.slug}-kennzahlen-{timezone.localdate().isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


figures = in_municipality(Action.READ)(_figures)
export = in_municipality(Action.READ)(_export)


def asked_development(query: QueryDict) -> bool | None:
    """Whether values or their development are asked for; None leaves it to the chart."""
    return {VALUES: False, DEVELOPMENT: True}.get(query.get(SHOW, ""))


def address(municipality: Municipality, query: QueryDict | None = None) -> str:
    """The page, with a query."""
    url = reverse("insight:figures", args=[municipality.slug])
    return f"{url}?{query.urlencode()}" if query else url


def export_url(municipality: Municipality, form: str, query: QueryDict) -> str:
    """A download of what the page shows."""
    url = reverse("insight:figures-export", args=[municipality.slug, form])
    return f"{url}?{query.urlencode()}" if query else url


def quote_url(request: HttpRequest, municipality: Municipality, figure: Figure) -> str:
    """The form that names a number of the Kennzahl as evidence; nothing where it is reckoned or may not be written."""
    if figure.formula or not access_of(request).allows(Action.WRITE, municipality):
        return ""
    name = "own_indicator" if figure.is_own else "indicator"
    return f"{kind_of(QuotedFigure).url('create', municipality)}?{name}={abs(figure.pk)}&year={figure.years[-1]}"


def crumbs(municipality: Municipality, title: str) -> list[Link]:
    """The way here."""
    start = home_link(municipality)
    overview = Link("Kennzahlen im Verlauf", address(municipality) if title else "")
    return [start, overview, Link(title, "")] if title else [start, overview]


def card(figure: Figure, url: str) -> Card:
    """A Kennzahl of the overview."""
    chart, known = chart_of(figure), figure.years
    years = str(known[0]) if known[0] == known[-1] else f"{known[0]}–{known[-1]}"
    sort = "eigene" if figure.is_own else "berechnet" if figure.formula else ""
    return Card(
        figure.title,
        f"{url}?{FIGURE}={figure.key}",
        chart.gist(chart.series[0]),
        " · ".join(filter(None, (figure.unit, years, sort))),
        chart.unit if chart.bases else "",
        chart_svg(chart, "small", f"k{figure.key}"),
        figure.is_example,
    )


def area_choice(figure: Figure, shown: set[str]) -> list[tuple[str, list[Option]]]:
    """The areas that have values, by level."""
    levels: dict[str, list[Option]] = {}
    for series in figure.series:
        levels.setdefault(series.level, []).append(Option(series.key, series.area, series.key in shown))
    return [(LEVEL_HEADS.get(level, ""), options) for level, options in levels.items()]


def ways(query: QueryDict, municipality: Municipality, chart: Chart) -> list[tuple[Link, bool]]:
    """Values or development, where both can be shown; the current one is marked."""
    if len(chart.series) < 2 or not base_years(chart.series):
        return []
    links = []
    for word, label, current in (
        (VALUES, "Werte", chart.base_year is None),
        (DEVELOPMENT, "Entwicklung", chart.base_year is not None),
    ):
        changed = query.copy()
        changed[SHOW] = word
        links.append((Link(label, address(municipality, changed)), current))
    return links


def table(chart: Chart, records_url: str) -> Iterator[Row]:
    """The values by year, the latest first."""
    years = sorted({value.year for series in chart.series for value in series.values}, reverse=True)
    for year in years:
        yield Row(year, [list(entries(chart, series, year, records_url)) for series in chart.series])


def entries(chart: Chart, series: Series, year: int, records_url: str) -> Iterator[Entry]:
    """What was entered for an area and a year."""
    for value in series.values:
        if value.year == year:
            text = value.printed if value.value is None else shown_value(value.value, chart.places)
            text = f"({text})" if value.is_uncertain else text
            name = f"{series.area} {year}: {meaning(value.sign) if value.value is None else text}"
            notes = [f"andere Quelle: {value.contradiction}"] if value.contradiction else []
            notes += ["Beispiel"] if value.is_example and not chart.figure.is_example else []
            notes += [value.note] if value.note else []
            yield Entry(text, name, "" if value.is_published else f"{records_url}{value.pk}/", ", ".join(notes))


def export_rows(values: Iterable[tuple[Figure, Series]]) -> Iterator[list[Any]]:
    """Rows for CSV, with the signs as the statistics print them."""
    for figure, series in values:
        for value in series.values:
            yield [
                figure.title,
                figure.unit,
                SpatialLevel(series.level).label,
                series.area,
                value.year,
                "" if value.value is None else value.value.normalize() + 0,
                value.sign,
                meaning(value.sign) if value.value is None else "",
                value.source,
                "ja" if value.is_example else "",
                value.note,
            ]
