"""What a plan leaves unsaid: fields that may be empty, which its document leaves out or calls „ohne Angabe“.

One statement for all of them, whatever the number of records.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from accounts.models import Municipality
from funding.queries.budget import named_by_lines
from planning.enums import MeasureState, Rating
from planning.kinds.measures import NOT_DROPPED
from planning.models import CriterionValue, Measure, Need, Offer, PlannerPost
from planning.models.cycle import CycleRecord
from plans.enums import ChapterCode
from records.queries.prepared import MUNICIPALITY, Parameter, Prepared

CYCLE, YEAR = Parameter("cycle"), Parameter("year")
MISSED = "missed"
# A target below the baseline is to be gone below, every other one to be reached (bodies.CriterionLine.misses).
FALLS_SHORT = Q(criterion__baseline__gt=F("target"), actual__gt=F("target")) | (
    Q(actual__lt=F("target")) & (Q(criterion__baseline__isnull=True) | Q(criterion__baseline__lte=F("target")))
)


def year_in(column: str) -> Cast:
    """The year of a vague date, which its first four signs tell whatever its precision."""
    return Cast(Substr(column, 1, 4), IntegerField())


# What the plan of the year prints: nothing that begins later; of posts that are over by then no costs; of measures
# that are not carried out the reason alone.
BEGUN = Q(begin__isnull=True) | Q(LessThanOrEqual(year_in("begin"), YEAR))
NOT_OVER = Q(end__isnull=True) | Q(GreaterThanOrEqual(year_in("end"), YEAR))


@dataclass(frozen=True)
class OpenField:
    """A field about which nothing is said where ``condition`` holds; ``one`` and ``many`` count the records."""

    code: str
    model: type[Any]
    chapter: ChapterCode
    one: str
    many: str
    condition: Q


OPEN_FIELDS = (
    OpenField(
        "post-extent",
        PlannerPost,
        ChapterCode.MANDATE,
        "1 Stelle ohne Angabe des Umfangs",
        "{count} Stellen ohne Angabe des Umfangs",
        Q(full_time_equivalent__isnull=True) & BEGUN,
    ),
    OpenField(
        "effectiveness",
        Offer,
        ChapterCode.INVENTORY,
        "1 Angebot ohne Angabe zur Wirksamkeit",
        "{count} Angebote ohne Angabe zur Wirksamkeit",
        Q(effectiveness=Rating.UNKNOWN, effectiveness_reason="") & BEGUN,
    ),
    OpenField(
        "priority",
        Need,
        ChapterCode.NEEDS,
        "1 Bedarf ohne Angabe der Priorität",
        "{count} Bedarfe ohne Angabe der Priorität",
        Q(priority=""),
    ),
    OpenField(
        "provider",
        Measure,
        ChapterCode.MEASURES,
        "1 Maßnahme ohne Angabe des Trägers",
        "{count} Maßnahmen ohne Angabe des Trägers",
        Q(provider__isnull=True) & NOT_DROPPED,
    ),
    OpenField(
        "period",
        Measure,
        ChapterCode.MEASURES,
        "1 Maßnahme ohne Angabe des Zeitraums",
        "{count} Maßnahmen ohne Angabe des Zeitraums",
        Q(begin__isnull=True, end__isnull=True) & NOT_DROPPED,
    ),
    OpenField(
        "post-cost",
        PlannerPost,
        ChapterCode.FINANCE,
        "1 Planerstelle ohne Angabe der Kosten",
        "{count} Planerstellen ohne Angabe der Kosten",
        Q(is_lsz_post=True, yearly_cost__isnull=True) & BEGUN & NOT_OVER & ~Q(named_by_lines("planner_post")),
    ),
    OpenField(
        MISSED,
        CriterionValue,
        ChapterCode.CONTROLLING,
        "1 nicht erreichter Zielwert ohne Anmerkung",
        "{count} nicht erreichte Zielwerte ohne Anmerkung",
        Q(comment="", year__lte=YEAR) & FALLS_SHORT & ~Q(criterion__measure__state=MeasureState.DROPPED),
    ),
)


def open_statements(municipality: Municipality, cycle: int, year: int) -> dict[str, list[tuple[int, str]]]:
    """Key and label of the records by code of the field (one query)."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    rows = statement().run(municipality, cycle=cycle, year=year)
    for code, pk, label, _ in sorted(rows, key=lambda row: (row[3], row[1])):
        found[code].append((pk, label))
    return found


@cache
def statement() -> Prepared:
    """Code of the field, key, label and place of every record of which something is unsaid."""
    parts = list(_parts())
    return Prepared.of(parts[0].union(*parts[1:], all=True))


def _parts() -> Iterator[QuerySet[Any]]:
    for field in OPEN_FIELDS:
        rows: QuerySet[Any] = field.model._default_manager.filter(field.condition, municipality=MUNICIPALITY).order_by()
        if issubclass(field.model, CycleRecord):
            rows = rows.filter(cycle=CYCLE)
        if field.model is CriterionValue:
            rows = rows.filter(criterion__measure__cycle=CYCLE)
        yield rows.annotate(code_of_field=Value(field.code, CharField())).values_list(
            "code_of_field", "pk", "label", "sort_key"
        )
