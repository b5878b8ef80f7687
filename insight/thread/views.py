"""The red thread of a cycle as a graph and as a list: filtered by Handlungsfeld, by one record, by what is missing."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.addresses import with_query
from insight.thread.drawing import draw
from insight.thread.listing import threads_of
from insight.thread.net import Net, Station, Weaver
from insight.thread.queries import cycles_with, read_web
from insight.thread.web import EVERYTHING, GOAL, MEASURE, NEED, Part, Web
from planning.models import Need, PlanningCycle
from planning.queries.cycles import newest_for
from records.parts import Link, Option
from records.places import home_link
from records.registry import kind_of
from records.text import whole_number

FIELD, ALL, CYCLE, GAPS, VIEW = "handlungsfeld", "alle", "zyklus", "luecken", "ansicht"
RECORDS = {"bedarf": NEED, "ziel": GOAL, "massnahme": MEASURE}
WORDS = {
    Station.NEED: ("Bedarf", "Bedarfe"),
    Station.GOAL: ("Ziel", "Ziele"),
    Station.MEASURE: ("Maßnahme", "Maßnahmen"),
}


@dataclass(frozen=True)
class Wanted:
    """The filter of the address; what cannot be understood counts as not set."""

    field: str
    cycle: str
    only_gaps: bool
    graphic: bool
    here: tuple[str, int] | None

    @classmethod
    def read(cls, query: QueryDict) -> "Wanted":
        """From the address of the page."""
        named = [(kind, whole_number(query.get(name))) for name, kind in RECORDS.items()]
        return cls(
            field=query.get(FIELD, ""),
            cycle=query.get(CYCLE, ""),
            only_gaps=query.get(GAPS) == "ja",
            graphic=query.get(VIEW) == "grafik",
            here=next(((kind, pk) for kind, pk in named if pk is not None), None),
        )

    def field_of(self, web: Web) -> int:
        """The Handlungsfeld to show; the first one that has needs where none is named."""
        number = whole_number(self.field)
        if number in web.field_names:
            return number or EVERYTHING
        return EVERYTHING if self.field == ALL else web.first_field()


@require_safe
def _thread(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Drawing and list of what hangs together."""
    wanted = Wanted.read(request.GET)
    cycles, named = cycles_with(municipality, wanted.here)
    cycle = named or next((c for c in cycles if str(c.pk) == wanted.cycle), newest_for(cycles))
    url = reverse("insight:thread", kwargs={"slug": municipality.slug})
    writable = access_of(request).allows(Action.WRITE, municipality)
    context: dict[str, Any] = {
        "crumbs": [home_link(municipality), Link("Roter Faden", "")],
        "cycle": cycle,
        "needs_url": kind_of(Need).url("create" if writable else "list", municipality),
    }
    if cycle:
        web = read_web(municipality, cycle)
        here = wanted.here if named else None
        field = EVERYTHING if here else wanted.field_of(web)
        net = net_of(web, web.around(*here) if here else web.of_field(field), municipality, here, writable, wanted)
        context |= {
            "drawing": draw(net, title=f"Roter Faden {municipality.name} {cycle.years}"),
            "threads": threads_of(net),
            "summary": summary_of(net),
            "here": web.rows(here[0])[here[1]].title if here else "",
            "wanted": wanted,
            "filters": filter_options(web, ALL if here else field or ALL, cycle, cycles),
            "all_url": with_query(request.GET, url, dict.fromkeys(RECORDS)),
            "gaps_url": with_query(request.GET, url, {GAPS: None if wanted.only_gaps else "ja"}),
            "list_url": with_query(request.GET, url, {VIEW: None}),
            "graphic_url": with_query(request.GET, url, {VIEW: "grafik"}),
            "everything_url": f"{url}?{FIELD}={ALL}",
        }
    return TemplateResponse(request, "insight/thread.html", context)


def net_of(
    web: Web, part: Part, municipality: Municipality, here: tuple[str, int] | None, writable: bool, wanted: Wanted
) -> Net:
    """The net of the part; where only gaps are wanted, of what hangs together with them."""
    net = Weaver(web, part, municipality, here, writable).weave()
    if not wanted.only_gaps:
        return net
    return Weaver(web, web.around_all(net.owners) & part, municipality, here, writable).weave()


def summary_of(net: Net) -> str:
    """„3 Bedarfe · 7 Ziele · 1 Maßnahme · 2 Lücken“."""
    counts = [(net.count(station), words) for station, words in WORDS.items()]
    counts.append((len(net.gaps), ("Lücke", "Lücken")))
    return " · ".join(f"{count} {one if count == 1 else several}" for count, (one, several) in counts)


def filter_options(
    web: Web, field: int | str, cycle: PlanningCycle, cycles: list[PlanningCycle]
) -> list[dict[str, Any]]:
    """The selects of the filter bar; that of the cycle only where there are several."""
    fields = [Option(str(pk), label, pk == field) for pk, label in web.field_names.items()]
    found = [
        {
            "name": FIELD,
            "label": "Handlungsfeld",
            "options": [Option(ALL, "Alle Handlungsfelder", field == ALL), *fields],
        }
    ]
    if len(cycles) > 1:
        options = [Option(str(other.pk), other.title, other.pk == cycle.pk) for other in cycles]
        found.append({"name": CYCLE, "label": "Planungszyklus", "options": options})
    return found


thread = in_municipality(Action.READ)(_thread)
