"""The programme's figures by Handlungsfeld or Lebensphase over the years, as page and CSV: counted, not rated."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_portal
from accounts.enums import Action
from overview.enums import FigureKind
from overview.queries.figures import TOO_FEW, Figures, figures
from planning.enums import FEWEST_PLACES, FIRST_YEAR
from records.parts import Link, Option
from records.places import overview_link
from records.tables.writing import CSV_TYPE, csv_bytes
from records.text import whole_number

TITLE, SPAN = "Zahlen des Programms", 6
BY_PHASE = "lebensphase"


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what cannot be understood counts as not set. ``last`` is the last of the years."""

    kind: FigureKind
    by_phase: bool
    last: int
    this_year: int

    @classmethod
    def read(cls, query: QueryDict, this_year: int) -> "Asked":
        """From the address of the page; money has no Lebensphase."""
        kind = next((kind for kind in FigureKind if kind == query.get("was")), FigureKind.MEASURES)
        last = whole_number(query.get("bis", "")) or this_year
        by_phase = query.get("nach") == BY_PHASE and kind != FigureKind.MONEY
        return cls(kind, by_phase, min(max(last, FIRST_YEAR), this_year + 1), this_year)

    @property
    def years(self) -> range:
        """The years shown, the oldest first."""
        return range(max(FIRST_YEAR, self.last - SPAN + 1), self.last + 1)

    def url(self, name: str = "figures", **changes: Any) -> str:
        """The address with something changed."""
        chosen = {"was": self.kind, "nach": BY_PHASE if self.by_phase else "", "bis": self.last} | changes
        query = QueryDict(mutable=True)
        query.update({key: str(value) for key, value in chosen.items() if value})
        return f"{reverse(f'overview:{name}')}?{query.urlencode()}"

    def table(self) -> Figures:
        """Read in the words of the last year."""
        return figures(self.kind, self.by_phase, self.years, self.last)

    @property
    def head(self) -> str:
        """What the lines are."""
        return "Lebensphase" if self.by_phase else "Handlungsfeld"


@in_portal(Action.OVERVIEW)
@require_safe
def figure_page(request: HttpRequest) -> HttpResponse:
    """All municipalities together; lines in the order of the catalogue."""
    asked = Asked.read(request.GET, timezone.localdate().year)
    ends = range(asked.this_year + 1, FIRST_YEAR + SPAN - 2, -1)
    context = {
        "crumbs": [overview_link(), Link(TITLE, "")],
        "title": f"{asked.kind.label} nach {asked.head}",
        "asked": asked,
        "figures": asked.table(),
        "too_few": TOO_FEW,
        "fewest": FEWEST_PLACES,
        "is_money": asked.kind == FigureKind.MONEY,
        "kinds": [Option(asked.url(was=kind), str(kind.label), kind == asked.kind) for kind in FigureKind],
        "axes": [
            Option(asked.url(nach=""), "Handlungsfeld", not asked.by_phase),
            *(
                [Option(asked.url(nach=BY_PHASE), "Lebensphase", asked.by_phase)]
                if asked.kind != FigureKind.MONEY
                else []
            ),
        ],
        "ends": [Option(asked.url(bis=year), str(year), year == asked.last) for year in ends],
        "csv_url": asked.url("figures-csv"),
    }
    return TemplateResponse(request, "overview/figures.html", context)


@in_portal(Action.OVERVIEW)
@require_safe
def figure_csv(request: HttpRequest) -> HttpResponse:
    """The same table as CSV."""
    asked = Asked.read(request.GET, timezone.localdate().year)
    name = f"{asked.kind.value}-{asked.years[0]}-{asked.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    heads = [asked.head, *map(str, asked.years)]
    return HttpResponse(csv_bytes(heads, csv_rows(asked.table())), content_type=CSV_TYPE, headers=headers)


def csv_rows(table: Figures) -> Iterator[list[Any]]:
    """The lines and the total; empty where nobody has said anything."""
    for line in (*table.lines, table.total):
        yield [line.title, *("" if value is None else value for _, value in line.cells)]
