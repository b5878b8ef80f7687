"""All municipalities side by side on a day, as facts without ranking (docs/product.md §2.2, §6), in three queries.

A past day is reckoned from what is stored, with the municipalities that existed then and one query more: phases from
their dates and their history (planning.queries.phases_on), plans from the steps of their life, requests from their
history. A vague period counts if the day may lie in it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from accounts.enums import StateRegion
from accounts.models import Municipality
from participation.enums import SupportKind
from participation.models import SupportRecord
from planning.enums import Phase, Progress, StepState
from planning.models import EntryLevel, Hurdle, PhaseState, PlannerPost, PlanningCycle, PlanningStep
from planning.pages.progress import PROGRESS_CODES, phases_in_words
from planning.queries.phases_on import Stood, end_of, states_on
from plans.enums import PlanState
from plans.models import Plan, PlanEvent
from records.fields import VagueDateField
from records.vague import VagueDate

PLAN_STATES = {"none": "noch kein Plan"} | {
    state.value: str(state.label) for state in PlanState if state != PlanState.PROPOSED
}  # what lies before the Leitung is still a draft to others
PLAN_FACT = "plan:"
POST_STATES = {"filled": "besetzt", "vacant": "unbesetzt", "unknown": "ohne Angabe"}


@dataclass(frozen=True)
class Standing:
    """A municipality's row. Codes: ``plan`` of PLAN_STATES, ``post`` of POST_STATES; ``phases`` eight ring codes.

    ``unsure`` are the numbers of phases whose state on that day nobody has recorded.
    """

    ags: str
    name: str
    slug: str
    region: str
    region_label: str
    until: date | None
    has_cycle: bool
    phases: tuple[str, ...]
    unsure: frozenset[int]
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


def standings(day: date, plan_year: int | None = None) -> list[Standing]:
    """The rows of all municipalities that existed on that day, by name; ``plan_year`` is the day's where none is named.

    Three queries, of a day before today four.
    """
    municipalities = list(Municipality.objects.current(day))
    places = [m.pk for m in municipalities]
    states = states_by_municipality(day, places)
    facts = read_facts(day, places, plan_year or day.year)
    return [standing_of(m, states.get(m.pk, {}), facts[m.pk], day) for m in municipalities]


def standing_of(municipality: Municipality, states: dict[str, Stood], facts: Facts, day: date) -> Standing:
    """One row from what was read."""
    none = Stood(Progress.NOT_STARTED)
    codes = tuple(PROGRESS_CODES[states.get(phase, none).state] for phase in Phase)
    unsure = frozenset(phase.number for phase in Phase if not states.get(phase, none).is_sure)
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
        unsure=unsure,
        words=phases_in_words(codes, (Progress.RUNNING, Progress.RESTING), unsure),
        level=levels[-1][1] if levels else None,
        post="filled" if facts.filled else "vacant" if facts.had_post else "unknown",
        plan=facts.plan,
        next_due=facts.next_due,
        hurdles=facts.hurdles,
        requests=facts.requests,
    )


def states_by_municipality(day: date, places: list[int]) -> dict[int, dict[str, Stood]]:
    """State by phase of the cycle that counts on the day: the newest that contains its year, else the newest begun.

    A cycle has begun with its first year or with its first phase, whichever comes first.
    """
    year, tomorrow = day.year, VagueDate(day + timedelta(days=1))
    newer = PlanningCycle.objects.filter(
        municipality=OuterRef("municipality"),
        first_year__gt=OuterRef("cycle__first_year"),
        first_year__lte=year,
        last_year__gte=year,
    )
    begun = PhaseState.objects.filter(cycle=OuterRef("cycle"), begin__lt=tomorrow).order_by()
    counting = PhaseState.objects.filter(Q(cycle__first_year__lte=year) | Exists(begun), ~Exists(newer))
    shown = counting.filter(municipality_id__in=places).select_related("cycle").order_by()
    columns = ("municipality_id", "phase", "state", "begin", "end", "cycle__first_year", "cycle__last_year")
    best: dict[int, tuple[bool, int, int]] = {}
    rows: dict[int, list[PhaseState]] = defaultdict(list)
    for row in shown.only(*columns):
        cycle = row.cycle
        rows[row.cycle_id].append(row)
        rank = (cycle.first_year <= year <= cycle.last_year, cycle.first_year, cycle.pk)
        best[row.municipality_id] = max(best.get(row.municipality_id, (False, 0, 0)), rank)
    chosen = {place: rows[cycle] for place, (_, _, cycle) in best.items()}
    stood = states_on([row for each in chosen.values() for row in each], day)
    return {place: {row.phase: stood[row.pk] for row in each} for place, each in chosen.items()}


def read_facts(day: date, places: list[int], plan_year: int) -> defaultdict[int, Facts]:
    """Levels, posts, hurdles, requests, plans and next dates of the municipalities (one query)."""
    found: defaultdict[int, Facts] = defaultdict(Facts)
    for name, place, number, begin, end in facts_union(day, places, plan_year):
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
        facts.had_post = begin is None or begin.first <= day
    elif name == "hurdle" and current:
        facts.hurdles += 1
    elif name == "request" and (begin is None or begin.first <= day):
        facts.requests += 1
    elif name.startswith(PLAN_FACT):
        state = name.removeprefix(PLAN_FACT)
        facts.plan = state if state in PLAN_STATES else PlanState.DRAFT.value
    elif name == "due" and begin:
        facts.next_due = min(facts.next_due or begin, begin)


def facts_union(day: date, places: list[int], plan_year: int) -> QuerySet[Any]:
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
    requests = with_state_on(day, SupportRecord.objects.filter(kind=SupportKind.REQUEST), "is_open")
    plans = plans_on(day, Plan.objects.filter(year=plan_year))
    due = steps_ahead_of(day).filter(municipality_id__in=places)
    parts = [
        part("level", EntryLevel.objects.filter(open_end), F("level"), end=F("end")),
        part("post", lsz_posts.filter(open_end), end=F("end")),
        one_per_place("former", lsz_posts, b=Min("begin")),
        part("hurdle", Hurdle.objects.filter(open_end), end=F("end")),
        part("request", requests.filter(on_day=True)),
        part(Concat(Value(PLAN_FACT), F("on_day")), plans, F("year"), nothing),
        one_per_place("due", due, b=Min("planned_end")),
    ]
    return parts[0].union(*parts[1:], all=True)


def with_state_on(day: date, rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """The rows with ``on_day``, what the column held on that day; of what was entered later, what it holds now."""
    if day >= timezone.localdate():
        return rows.annotate(on_day=F(name))
    kept = rows.model.history.filter(id=OuterRef("pk"), history_date__lte=end_of(day))
    then = Subquery(kept.order_by("-history_date", "-history_id").values(name)[:1])
    return rows.annotate(on_day=Coalesce(then, F(name)))


def plans_on(day: date, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The plans that there were on the day with ``on_day``, where the last step until then had led them."""
    if day >= timezone.localdate():
        return rows.annotate(on_day=F("state"))
    steps = PlanEvent.objects.filter(plan=OuterRef("pk"), at__lte=end_of(day)).order_by("-number")
    state = Coalesce(Subquery(steps.values("to_state")[:1]), Value(PlanState.DRAFT.value))
    return rows.filter(Q(created_at__lte=end_of(day)) | Exists(steps)).annotate(on_day=state)


def steps_ahead_of(day: date) -> QuerySet[Any]:
    """Steps of cycles that had begun, which were not done on the day and were planned to end later."""
    done_later = Q(state=StepState.DONE, end__gt=VagueDate(day)) if day < timezone.localdate() else Q(pk__in=())
    open_then = done_later | ~Q(state__in=[StepState.DONE, StepState.DROPPED])
    return PlanningStep.objects.filter(open_then, planned_end__gte=VagueDate(day), cycle__first_year__lte=day.year)


def one_per_place(name: str, rows: QuerySet[Any], **date_: Any) -> QuerySet[Any]:
    """A fact of which only the latest or the next date matters, one row per municipality."""
    label = Value(name, output_field=CharField())
    zero, nothing = Value(0, output_field=IntegerField()), Value(None, output_field=VagueDateField())
    grouped = rows.order_by().values("municipality_id").annotate(fact=label, n=zero, e=nothing, **date_)
    return grouped.values_list("fact", "municipality_id", "n", "b", "e")
