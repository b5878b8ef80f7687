"""What controlling has said of a measure, year by year, on the measure's own page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When

from accounts.access import Access
from accounts.addresses import address
from accounts.enums import Action
from accounts.models import Municipality
from planning.enums import CarryDecision
from planning.models import CarryOver, CriterionValue, MeasureReview
from records.spots import Panel, Spot
from records.text import whole_number

TEMPLATE = "insight/controlling/_panel.html"
TEXT = CharField()
KNOWN, UNKNOWN = "known", "unknown"


@dataclass
class YearSaid:
    """A year of a measure: its values by whether they are known, the sentence, the decision with its reason."""

    year: int
    url: str = ""
    known: int = 0
    asked: int = 0
    meaning: str = ""
    decision: str = ""
    reason: str = ""

    @property
    def values(self) -> str:
        """„1 von 2 mit Ist-Wert“."""
        return f"{self.known} von {self.asked} mit Ist-Wert" if self.asked else "–"

    def take(self, kind: str, word: str, text: str) -> None:
        """Note what a row says."""
        if kind == "value":
            self.asked, self.known = self.asked + 1, self.known + (word == KNOWN)
        elif kind == "review":
            self.meaning = text
        else:
            self.decision, self.reason = str(CarryDecision(word).label), text


def controlling_panel(spot: Spot, municipality: Municipality, access: Access) -> Panel | None:
    """For every reader; nothing before something was said or measured (one query)."""
    kind, _, rest = spot.key.partition("/")
    pk = whole_number(rest)
    if kind != "measure" or pk is None:
        return None
    years: dict[int, YearSaid] = {}
    for each, year, word, text in said_of(pk):
        years.setdefault(year, YearSaid(year)).take(each, word, text)
    writes = access.allows(Action.WRITE, municipality)
    found = [said for said in years.values() if said.known or said.meaning or said.decision]
    for said in found:
        page = ("insight:controlling-measure", said.year, pk) if writes else ("insight:controlling-year", said.year)
        said.url = address(page[0], municipality.slug, *page[1:])
    return Panel(TEMPLATE, sorted(found, key=lambda said: -said.year)) if found else None


def said_of(pk: int) -> QuerySet[Any, tuple[str, int, str, str]]:
    """Kind, year, word and text of every value, sentence and decision of a measure."""
    is_known = Case(When(actual__isnull=True, then=Value(UNKNOWN)), default=Value(KNOWN), output_field=TEXT)
    nothing = Value("", TEXT)
    values = told(CriterionValue.objects.filter(criterion__measure=pk), "value", is_known, nothing)
    reviews = told(MeasureReview.objects.filter(measure=pk), "review", nothing, F("meaning"))
    decisions = told(CarryOver.objects.filter(measure=pk), "decision", F("decision"), F("reason"))
    return values.union(reviews, decisions, all=True)


def told(rows: QuerySet[Any], kind: str, word: Any, text: Any) -> QuerySet[Any, tuple[str, int, str, str]]:
    """The rows in the shape that all three share."""
    named = rows.order_by().annotate(p_kind=Value(kind, TEXT), p_word=word, p_text=text)
    return named.values_list("p_kind", "year", "p_word", "p_text")
