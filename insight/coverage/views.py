"""Offers and needs in a matrix, with what has no answer yet; as page and as table for download."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.addresses import with_query
from insight.coverage.queries import LIFE_PHASES, NOTHING, REGIONS, RELATIONS, Cell, Linked, Matrix, Stock, read_stock
from planning.enums import Priority
from planning.models import Need, Offer
from planning.queries.cycles import current_cycle
from records.filters import PICKED, picked
from records.parts import Link, Option
from records.places import home_link
from records.registry import kind_of
from records.tables.writing import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from records.text import whole_number

REGION, HIGH, COLUMNS = "region", "hoch", "spalten"
SHOWN = 2  # titles in a cell; the others are behind „weitere“
HEADS = ["Handlungsfeld", "Spalte", "Angebote", "Bedarfe offen", "Bedarfe", "Lücke", "Titel Angebote", "Titel Bedarfe"]


@dataclass(frozen=True)
class Wanted:
    """The filter of the address; what cannot be understood counts as not set."""

    by_region: bool
    only_high: bool
    region: int | None

    @classmethod
    def read(cls, query: QueryDict, stock: Stock) -> "Wanted":
        """From the address; a region narrows only where the columns are not the regions themselves."""
        by_region = query.get(COLUMNS) == "region"
        region = whole_number(query.get(REGION))
        known = region in stock.catalogues[REGIONS] and not by_region
        return cls(by_region, query.get(HIGH) == "ja", region if known else None)

    @property
    def columns(self) -> str:
        """The relation that makes the columns."""
        return REGIONS if self.by_region else LIFE_PHASES


@dataclass(frozen=True)
class Titles:
    """The first titles of a cell as links, and the way to the others; ``rest`` where no list can show them."""

    shown: tuple[tuple[Linked, str], ...]
    more: Link | None = None
    rest: tuple[tuple[Linked, str], ...] = ()


@dataclass(frozen=True)
class ShownCell:
    """A cell of the table."""

    column: str
    cell: Cell
    offers: Titles
    needs: Titles
    create: str = ""


@dataclass(frozen=True)
class Maker:
    """Makes cells: knows addresses, and which filters the lists behind „weitere“ need."""

    municipality: Municipality
    wanted: Wanted
    writable: bool
    heirs: frozenset[tuple[str, int]] = frozenset()

    def rows(self, matrix: Matrix) -> list[tuple[str, list[ShownCell]]]:
        """Rows with their cells in the order of the columns."""
        return [
            (
                label,
                [
                    self.cell(name, matrix.cells[row, column], self.query(row, matrix.columns.relation, column))
                    for column, name in matrix.columns.labels.items()
                ],
            )
            for row, label in matrix.rows.labels.items()
        ]

    def query(self, row: int, relation: str, column: int) -> dict[str, int] | None:
        """The filter of a cell; lists cannot be filtered by what is missing."""
        keys = {RELATIONS[0]: row, relation: column}
        keys |= {REGIONS: self.wanted.region} if self.wanted.region else {}
        return None if NOTHING in keys.values() else keys

    def cell(self, column: str, cell: Cell, query: dict[str, int] | None) -> ShownCell:
        """One cell; a gap offers the form in which it is mended."""
        high = {"priority": Priority.HIGH.value} if self.wanted.only_high else {}
        create = f"{kind_of(Offer).url('create', self.municipality)}?{urlencode(query or {})}"
        return ShownCell(
            column=column,
            cell=cell,
            offers=self.titles(Offer, cell.offers, query),
            needs=self.titles(Need, cell.needs, query and query | high),
            create=create if self.writable and cell.is_gap and query else "",
        )

    def titles(self, model: type[Offer] | type[Need], rows: tuple[Linked, ...], query: dict[str, Any] | None) -> Titles:
        """Titles with their addresses."""
        kind = kind_of(model)
        links = tuple((row, kind.url("detail", self.municipality, row.pk)) for row in rows)
        hidden = len(rows) - SHOWN
        if hidden <= 0:
            return Titles(links)
        label = "1 weiteres" if model is Offer and hidden == 1 else f"{hidden} weitere" + ("r" if hidden == 1 else "")
        if query is None:
            return Titles(links[:SHOWN], Link(label, ""), links[SHOWN:])
        if self.heirs & set(query.items()):  # some of them name an entry that was replaced
            query = {PICKED: picked(row.pk for row in rows)}
        return Titles(links[:SHOWN], Link(label, f"{kind.url('list', self.municipality)}?{urlencode(query)}"))


def read(request: HttpRequest, municipality: Municipality) -> tuple[Stock, Wanted, Matrix]:
    """What page and export show."""
    today = timezone.localdate()
    stock = read_stock(municipality, current_cycle(municipality), today)
    wanted = Wanted.read(request.GET, stock)
    return stock, wanted, stock.narrowed(wanted.region, wanted.only_high).matrix(wanted.columns)


@require_safe
def _coverage(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The matrix as a table."""
    stock, wanted, matrix = read(request, municipality)
    url = reverse("insight:coverage", kwargs={"slug": municipality.slug})
    writable = access_of(request).allows(Action.WRITE, municipality)
    regions = stock.catalogues[REGIONS].items()
    context = {
        "crumbs": [home_link(municipality), Link("Angebote und Bedarfe", "")],
        "wanted": wanted,
        "columns": list(matrix.columns.labels.values()),
        "rows": Maker(municipality, wanted, writable, stock.heirs).rows(matrix),
        "gaps": matrix.gaps,
        "is_empty": not stock.offers and not stock.needs,
        "regions": [
            Option("", "Alle Planungsregionen", wanted.region is None),
            *(Option(str(pk), label, pk == wanted.region) for pk, label in regions),
        ],
        "by_phase_url": with_query(request.GET, url, {COLUMNS: None}),
        "by_region_url": with_query(request.GET, url, {COLUMNS: "region"}),
        "high_url": with_query(request.GET, url, {HIGH: None if wanted.only_high else "ja"}),
        "exports": [Link(form.upper(), export_url(request, municipality, form)) for form in ("csv", "xlsx")],
        "offers_url": kind_of(Offer).url("list", municipality),
        "needs_url": kind_of(Need).url("list", municipality),
    }
    return TemplateResponse(request, "insight/coverage.html", context)


def export_url(request: HttpRequest, municipality: Municipality, form: str) -> str:
    """Download of what the page shows."""
    return with_query(request.GET, reverse("insight:coverage-export", args=[municipality.slug, form]), {})


@require_safe
def _export(request: HttpRequest, municipality: Municipality, form: str) -> HttpResponse:
    """The cells as CSV or XLSX, one per line."""
    if form not in {"csv", "xlsx"}:
        raise Http404("Diese Ausgabe gibt es nicht.")
    _, _, matrix = read(request, municipality)
    if form == "csv":
        content, media_type = csv_bytes(HEADS, table(matrix)), CSV_TYPE
    else:
        content, media_type = xlsx_bytes("Angebote und Bedarfe", HEADS, table(matrix)), XLSX_TYPE
    name = f"{municipality.slug}-abgleich-{timezone.localdate().isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def table(matrix: Matrix) -> Iterator[list[Any]]:
    """Lines of the export."""
    for (row, column), cell in matrix.cells.items():
        yield [
            matrix.rows.labels[row],
            matrix.columns.labels[column],
            len(cell.offers),
            cell.open_needs,
            len(cell.needs),
            "kein Angebot" if cell.is_gap else "",
            " | ".join(offer.title for offer in cell.offers),
            " | ".join(need.title for need in cell.needs),
        ]


coverage = in_municipality(Action.READ)(_coverage)
export = in_municipality(Action.READ)(_export)
