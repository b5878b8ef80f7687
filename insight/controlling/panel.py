"""What controlling has said of a measure, year by year, on the measure's own page."""

from collections import defaultdict
from dataclasses import dataclass

from accounts.access import Access
from accounts.addresses import address
from accounts.enums import Action
from accounts.models import Municipality
from planning.models import CarryOver, CriterionValue, MeasureReview
from records.spots import Panel, Spot
from records.text import whole_number

TEMPLATE = "insight/controlling/_panel.html"


@dataclass(frozen=True)
class YearSaid:
    """A year of a measure: how many values are known, the sentence, the decision with its reason, the page."""

    year: int
    url: str
    values: str
    meaning: str
    decision: str
    reason: str


def controlling_panel(spot: Spot, municipality: Municipality, access: Access) -> Panel | None:
    """For every reader; nothing before something was said or measured (three queries)."""
    kind, _, rest = spot.key.partition("/")
    pk = whole_number(rest)
    if kind != "measure" or pk is None:
        return None
    meanings = dict(MeasureReview.objects.filter(measure=pk).values_list("year", "meaning"))
    decisions = {row.year: row for row in CarryOver.objects.filter(measure=pk)}
    values: dict[int, list[bool]] = defaultdict(list)
    for year, actual in CriterionValue.objects.filter(criterion__measure=pk).values_list("year", "actual"):
        values[year].append(actual is not None)
    measured = {year for year, known in values.items() if any(known)}
    name = "controlling-measure" if access.allows(Action.WRITE, municipality) else "controlling-year"
    years = tuple(
        YearSaid(
            year=year,
            url=address(f"insight:{name}", municipality.slug, year, *([pk] if name == "controlling-measure" else [])),
            values=f"{sum(values[year])} von {len(values[year])} mit Ist-Wert" if year in values else "–",
            meaning=meanings.get(year, ""),
            decision=decisions[year].get_decision_display() if year in decisions else "",
            reason=decisions[year].reason if year in decisions else "",
        )
        for year in sorted(meanings.keys() | decisions.keys() | measured, reverse=True)
    )
    return Panel(TEMPLATE, years) if years else None
