"""All municipalities side by side, as facts without ranking (docs/product.md §2.2, §6), in three queries.

A year may be named: then the table shows what was true at its end, with the municipalities that existed then. States of
phases are those that are stored today for the cycle of that year.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

from accounts.enums import StateRegion
from accounts.models import Municipality
from participation.enums import SupportKind
from participation.models import SupportRecord
from planning.enums import Phase, Progress, StepState
from planning.models import EntryLevel, Hurdle, PhaseState, PlannerPost, PlanningCycle, PlanningStep
from planning.pages.progress import PROGRESS_CODES, phases_in_words
from plans.enums import PlanState
from plans.models import Plan
from records.fields import VagueDateField
from records.vague import VagueDate

PLAN_STATES = {"none": "noch kein Plan"} | {
    state.value: str(state.label) for state in PlanState if state != PlanState.PROPOSED
}  # what lies before the Leitung is still a draft to others
PLAN_FACT = "plan:"
POST_STATES = {"filled": "besetzt", "vacant": "unbesetzt", "unknown": "ohne Angabe"}


@dataclass(frozen=True)
class Standing:
    """A municipality's row. Codes: ``plan`` of PLAN_STATES, ``post`` of POST_STATES; ``phases`` eight ring codes."""

    ags: str
    name: str
    slug: str
    region: str
    region_label: str
    until: date | None
    has_cycle: bool
    phases: tuple[str, ...]
    words: str
    level: int | None
    post: str
    plan: str
    next_due: VagueDate | None
    hurdles: int
    requests: int

    @property
    def post_label(self) -> str:
        """„besetzt“."""
        return POST_STATES[self.post]

    @property
    def plan_label(self) -> str:
        """„Entwurf“."""
        return PLAN_STATES[self.plan]

    @property
    def spoken(self) -> str:
        """The mini ring in words: „abgeschlossen: 1, 3; läuft: 7“."""
        return f"{self.name}: {phases_in_words(self.phases, Progress)}" if self.has_cycle else "kein Planungszyklus"


@dataclass
class Facts:
    """What the union of one municipality's facts says; filled row by row."""

    levels: list[tuple[VagueDate | None, int]] = field(default_factory=list)
    had_post: bool = False
    filled: bool = False
    hurdles: int = 0
    requests: int = 0
    plan: str = "none"
    next_due: VagueDate | None = None


def standings(day: date) -> list[Standing]:
    """The rows of all municipalities that existed on that day, by name (three queries)."""
    municipalities = list(Municipality.objects.current(day))
    places = [m.pk for m in municipalities]
    states = states_by_municipality(day.year, places)
    facts = read_facts(day, places)
    return [standing_of(m, states.get(m.pk, {}), facts[m.pk], day) for m in municipalities]


def standing_of(municipality: Municipality, states: dict[str, str], facts: Facts, day: date) -> Standing:
    """One row from what was read."""
    codes = tuple(PROGRESS_CODES[Progress(states.get(phase, Progress.NOT_STARTED))] for phase in Phase)
    levels = sorted(facts.levels, key=lambda pair: pair[0].first if pair[0] else date.min)
    return Standing(
        ags=municipality.ags,
        name=municipality.name,
        slug=municipality.slug,
        region=municipality.state_region,
        region_label=StateRegion(municipality.state_region).label,
        until=municipality.valid_until,
        has_cycle=bool(states),
        phases=codes,
        words=phases_in_words(codes, (Progress.RUNNING, Progress.RESTING)),
        level=levels[-1][1] if levels else None,
        post="filled" if facts.filled else "vacant" if facts.had_post else "unknown",
        plan=facts.plan,
        next_due=facts.next_due,
        hurdles=facts.hurdles,
        requests=facts.requests,
    )


def states_by_municipality(year: int, places: list[int]) -> dict[int, dict[str, str]]:
    """State by phase of the cycle that counts in the year: the newest that contains it, else the newest begun."""
    newer = PlanningCycle.objects.filter(
        municipality=OuterRef("municipality"),
        first_year__gt=OuterRef("cycle__first_year"),
        first_year__lte=year,
        last_year__gte=year,
    )
    shown = PhaseState.objects.filter(municipality_id__in=places)
    rows = shown.filter(~Exists(newer), cycle__first_year__lte=year).order_by()
    columns = ("municipality_id", "cycle_id", "cycle__first_year", "cycle__last_year", "phase", "state")
    best: dict[int, tuple[bool, int, int]] = {}
    states: dict[int, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for place, cycle, first, last, phase, state in rows.values_list(*columns):
        states[place][cycle][phase] = state
        best[place] = max(best.get(place, (False, 0, 0)), (first <= year <= last, first, cycle))
    return {place: states[place][cycle] for place, (_, _, cycle) in best.items()}


def read_facts(day: date, places: list[int]) -> defaultdict[int, Facts]:
    """Levels, posts, hurdles, requests, plans, resolutions and next dates of the municipalities (one query)."""
    found: defaultdict[int, Facts] = defaultdict(Facts)
    for name, place, number, begin, end in facts_union(day, places):
        add_fact(found[place], name, number, begin, end, day)
    return found


def add_fact(facts: Facts, name: str, number: int, begin: VagueDate | None, end: VagueDate | None, day: date) -> None:
    """One row of the union; a period counts if the day may lie in it."""
    current = (begin is None or begin.first <= day) and (end is None or end.last >= day)
    if name == "level" and current:
        facts.levels.append((begin, number))
    elif name == "post":
        facts.filled = facts.filled or current
    elif name == "former":
        facts.had_post = True
    elif name == "hurdle" and current:
        facts.hurdles += 1
    elif name == "request" and (begin is None or begin.first <= day):
        facts.requests += 1
    elif name.startswith(PLAN_FACT):
        state = name.removeprefix(PLAN_FACT)
        facts.plan = state if state in PLAN_STATES else PlanState.DRAFT.value
    elif name == "due" and begin:
        facts.next_due = min(facts.next_due or begin, begin)


def facts_union(day: date, places: list[int]) -> QuerySet[Any]:
    """Name, municipality, number, begin and end of every fact of the places that may count on the day."""
    year_begin = VagueDate(day.replace(month=1, day=1))
    vague, number = VagueDateField(), IntegerField()
    nothing, zero = Value(None, output_field=vague), Value(0, output_field=number)
    open_end = Q(end__isnull=True) | Q(end__gte=year_begin)

    def part(
        name: str | Combinable, rows: QuerySet[Any], value: Any = zero, begin: Any = None, end: Any = nothing
    ) -> QuerySet[Any]:
        label = Value(name, output_field=CharField()) if isinstance(name, str) else name
        rows = (
            rows.filter(municipality_id__in=places)
            .order_by()
            .annotate(fact=label, n=value, b=begin or F("begin"), e=end)
        )
        return rows.values_list("fact", "municipality_id", "n", "b", "e")

    lsz_posts = PlannerPost.objects.filter(is_lsz_post=True, municipality_id__in=places)
    open_steps = PlanningStep.objects.exclude(state__in=[StepState.DONE, StepState.DROPPED])
    requests = SupportRecord.objects.filter(kind=SupportKind.REQUEST, is_open=True)
    due = open_steps.filter(planned_end__gte=VagueDate(day), municipality_id__in=places)
    parts = [
        part("level", EntryLevel.objects.filter(open_end), F("level"), end=F("end")),
        part("post", lsz_posts.filter(open_end), end=F("end")),
        one_per_place("former", lsz_posts, b=Min("begin")),
        part("hurdle", Hurdle.objects.filter(open_end), end=F("end")),
        part("request", requests),
        part(Concat(Value(PLAN_FACT), F("state")), Plan.objects.filter(year=day.year), F("year"), nothing),
        one_per_place("due", due, b=Min("planned_end")),
    ]
    return parts[0].union(*parts[1:], all=True)


def one_per_place(name: str, rows: QuerySet[Any], **date_: Any) -> QuerySet[Any]:
    """A fact of which only the latest or the next date matters, one row per municipality."""
    label = Value(name, output_field=CharField())
    zero, nothing = Value(0, output_field=IntegerField()), Value(None, output_field=VagueDateField())
    grouped = rows.order_by().values("municipality_id").annotate(fact=label, n=zero, e=nothing, **date_)
    return grouped.values_list("fact", "municipality_id", "n", "b", "e")
