"""What insight adds to the portal: its pages, and ways to them from records."""

from accounts.enums import Action
from insight.controlling.panel import controlling_panel
from insight.figures.missing import register_parts
from insight.waiting import SOURCES
from participation.models import DataGap
from planning.models import CarryOver, Goal, IndicatorValue, Measure, Need
from records.kind import Way
from records.places import Menu, Page, register_pages
from records.registry import add_ways, list_by
from records.spots import register_panel
from records.waiting import register_waiting


def thread_way(parameter: str) -> Way:
    """From a need, goal or measure to the graph of everything that hangs together with it."""
    return Way("Als Faden zeigen", "insight:thread", on="detail", icon="link", parameter=parameter, action=Action.READ)


add_ways(Need, thread_way("bedarf"))
add_ways(Goal, thread_way("ziel"))
add_ways(Measure, thread_way("massnahme"))
add_ways(IndicatorValue, Way("Im Verlauf zeigen", "insight:figures", icon="chart", action=Action.READ))
add_ways(CarryOver, Way("Controlling öffnen", "insight:controlling", icon="check", action=Action.READ))
list_by(DataGap, "insight/data_gaps.html", register_parts)
register_waiting(*SOURCES)
register_panel(controlling_panel)
register_pages(
    Page("Controlling", "insight:controlling", Menu.TOP, 5),
    Page("Zeitstrahl", "insight:timeline", Menu.TOP, 2),
    Page("Roter Faden", "insight:thread", Menu.CONNECTIONS, 1),
    Page("Angebote und Bedarfe", "insight:coverage", Menu.CONNECTIONS, 2),
    Page("Beteiligung", "insight:participation", Menu.CONNECTIONS, 3),
    Page("Kennzahlen im Verlauf", "insight:figures", Menu.CONNECTIONS, 4),
)
