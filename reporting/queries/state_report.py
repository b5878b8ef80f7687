"""What the Landesbericht reads over all municipalities of a year. The number of queries does not grow with them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import Municipality
from participation.enums import ExperienceState, Occurrence, Outcome
from participation.models import Event, EventAttendance, Experience, Finding, Resolution, Session, Survey
from planning.enums import StepState
from planning.models import (
    ActionField,
    EntryLevel,
    Hurdle,
    LifePhase,
    Measure,
    Need,
    Offer,
    PhaseState,
    PlannerPost,
    PlanningCycle,
    PlanningStep,
)
from planning.queries.phases_on import states_on
from plans.models import Plan
from records.life.moving import BERLIN
from records.models import Span, stand_ins
from records.queries.past import Then, held_then
from records.vague import VagueDate
from reporting.queries.state_money import PlannedMoney, planned_money

OLDEST_FIRST = F("begin").asc(nulls_first=True)
Counts = dict[int, Counter[int]]  # by municipality, then by key of the catalogue
Catalogue = dict[int, Any]  # by key of an entry: the one under which the year speaks of it


@dataclass(frozen=True)
class Numbers:
    """Records of one kind by municipality: all, by Handlungsfeld, by Lebensphase."""

    total: Counter[int]
    by_field: Counts
    by_phase: Counts


@dataclass
class Rows:
    """The rows of one municipality in the year, unsorted facts for the report."""

    cycle: PlanningCycle | None = None
    plan: Plan | None = None
    phases: dict[str, PhaseState] = field(default_factory=dict)
    levels: list[EntryLevel] = field(default_factory=list)
    posts: list[PlannerPost] = field(default_factory=list)
    hurdles: list[Hurdle] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    surveys: list[Survey] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    measures: Counter[str] = field(default_factory=Counter)
    sessions: int = 0
    findings: int = 0


@dataclass(frozen=True)
class StateYear:
    """Everything that was read; ``rows`` by key of the municipality."""

    year: int
    municipalities: list[Municipality]
    action_fields: list[ActionField]
    life_phases: list[LifePhase]
    rows: dict[int, Rows]
    offers: Numbers
    needs: Numbers
    measures: Numbers
    groups: dict[str, Counter[int]]  # by municipality
    durations: dict[tuple[str, int, str], list[PlanningStep]]
    money: PlannedMoney = field(default_factory=PlannedMoney)


def first_day(year: int) -> VagueDate:
    """The least vague date of a year, for comparing columns."""
    return VagueDate(date(year, 1, 1))


def reaching_into(year: int) -> Q:
    """Periods that touch the year; open ends last."""
    begun = Q(begin__isnull=True) | Q(begin__lt=first_day(year + 1))
    return begun & (Q(end__isnull=True) | Q(end__gte=first_day(year)))


def in_year(column: str, year: int) -> Q:
    """Dates of the year."""
    return Q(**{f"{column}__gte": first_day(year), f"{column}__lt": first_day(year + 1)})


def municipalities_of(year: int) -> list[Municipality]:
    """Those that existed on some day of the year, by name (Eisenach until 2021)."""
    return list(Municipality.objects.within(date(year, 1, 1), date(year, 12, 31)))


def read_state_year(year: int) -> StateYear:
    """Everything that the report needs."""
    places = municipalities_of(year)
    keys = [place.pk for place in places]
    rows: dict[int, Rows] = {key: Rows() for key in keys}
    read_planning(rows, year)
    read_participation(rows, year)
    cycles = [row.cycle.pk for row in rows.values() if row.cycle]
    catalogues = {model: stand_ins(model._default_manager.all(), days_of(year)) for model in (ActionField, LifePhase)}
    offers = Offer.objects.filter(reaching_into(year), municipality_id__in=keys)
    measures = Measure.objects.filter(reaching_into(year), cycle_id__in=cycles)
    stood = dict(measures.order_by().values_list("pk", "state"))
    stood |= {pk: then.value for pk, then in at_end_of(year, Measure, stood).items()}
    for pk, place in measures.order_by().values_list("pk", "municipality_id"):
        rows[place].measures[stood[pk]] += 1
    attended = EventAttendance.objects.filter(
        in_year("event__begin", year), event__state=Occurrence.HELD, municipality_id__in=keys, count__isnull=False
    )
    groups: dict[str, Counter[int]] = defaultdict(Counter)
    for group, place, count in attended.values_list("group", "municipality_id", "count"):
        groups[group][place] += count or 0
    numbers = (
        numbers_of(offers, "action_fields", catalogues),
        numbers_of(Need.objects.filter(cycle_id__in=cycles), "action_fields", catalogues),
        numbers_of(measures, "action_field", catalogues),
    )
    return StateYear(
        year=year,
        municipalities=places,
        action_fields=spoken_of(catalogues[ActionField], year, [each.by_field for each in numbers]),
        life_phases=spoken_of(catalogues[LifePhase], year, [each.by_phase for each in numbers]),
        rows=rows,
        offers=numbers[0],
        needs=numbers[1],
        measures=numbers[2],
        groups=groups,
        durations=durations_until(year, keys),
        money=planned_money(year, keys, catalogues[ActionField]),
    )


def at_end_of(year: int, model: Any, pks: Iterable[int]) -> dict[int, Then]:
    """The states at the end of a year that is over, of the records that were known then (one query)."""
    if timezone.localdate().year <= year:
        return {}
    return held_then(model, pks, "state", datetime.combine(date(year, 12, 31), time.max, BERLIN))


def days_of(year: int) -> Span:
    """The year as days."""
    return date(year, 1, 1), date(year, 12, 31)


def spoken_of(catalogue: Catalogue, year: int, counts: Iterable[Counts]) -> list[Any]:
    """The entries in force in the year, then those that are counted though they ended without a successor."""
    counted = {key for each in counts for keys in each.values() for key in keys}
    entries = {entry.pk: entry for entry in catalogue.values()}.values()
    found = [entry for entry in entries if entry.holds(days_of(year)) or entry.pk in counted]
    return sorted(found, key=lambda entry: (not entry.holds(days_of(year)), entry.number, entry.sort_key))


def numbers_of(rows: QuerySet[Any], action_field: str, catalogues: dict[Any, Catalogue]) -> Numbers:
    """Three counts of the same rows (three queries); each counts once under what the year calls its entries."""
    rows = rows.order_by()
    total = Counter(dict(rows.values_list("municipality_id").annotate(n=Count("pk"))))

    def by(relation: str, catalogue: Catalogue) -> Counts:
        found: Counts = defaultdict(Counter)
        named = rows.filter(**{f"{relation}__isnull": False}).values_list("municipality_id", "pk", relation)
        for place, _, key in {(place, pk, catalogue[key].pk) for place, pk, key in named}:
            found[place][key] += 1
        return found

    return Numbers(total, by(action_field, catalogues[ActionField]), by("life_phases", catalogues[LifePhase]))


def read_planning(rows: dict[int, Rows], year: int) -> None:
    """Cycle, phases, plan, Stufe, posts, hurdles with what is released of them (eight queries)."""
    keys = list(rows)
    for cycle in PlanningCycle.objects.filter(first_year__lte=year, municipality_id__in=keys).order_by("first_year"):
        before = rows[cycle.municipality_id].cycle
        if not before or cycle.last_year >= year or before.last_year < year:
            rows[cycle.municipality_id].cycle = cycle
    cycles = [row.cycle.pk for row in rows.values() if row.cycle]
    phases = list(PhaseState.objects.filter(cycle_id__in=cycles))
    stood = states_on(phases, date(year, 12, 31))
    for phase in phases:
        phase.state = stood[phase.pk].state
        rows[phase.municipality_id].phases[phase.phase] = phase
    for plan in Plan.objects.filter(year=year, municipality_id__in=keys):
        rows[plan.municipality_id].plan = plan
    here = Q(municipality_id__in=keys) & reaching_into(year)
    for level in EntryLevel.objects.filter(here).order_by(OLDEST_FIRST, "pk"):
        rows[level.municipality_id].levels.append(level)
    for post in PlannerPost.objects.filter(here, is_lsz_post=True).order_by(OLDEST_FIRST, "pk"):
        rows[post.municipality_id].posts.append(post)
    dated = Q(begin__isnull=False) | Q(end__isnull=False)
    told = Prefetch("experiences", Experience.objects.filter(state=ExperienceState.RELEASED).order_by("pk"), "told")
    for hurdle in Hurdle.objects.filter(here, dated).prefetch_related(told).order_by(OLDEST_FIRST, "pk"):
        rows[hurdle.municipality_id].hurdles.append(hurdle)


def read_participation(rows: dict[int, Rows], year: int) -> None:
    """Events, surveys, sessions, resolutions, findings (five queries)."""
    here = Q(municipality_id__in=list(rows))
    events = Event.objects.filter(here, in_year("begin", year), state=Occurrence.HELD)
    for event in events.defer("summary").order_by(OLDEST_FIRST, "pk"):
        rows[event.municipality_id].events.append(event)
    for survey in Survey.objects.filter(here, in_year("begin", year)).defer("summary", "instrument"):
        rows[survey.municipality_id].surveys.append(survey)
    taken = Resolution.objects.filter(here, in_year("resolved_on", year)).exclude(outcome=Outcome.EXPECTED)
    for resolution in taken.select_related("body").defer("text").order_by("resolved_on", "pk"):
        rows[resolution.municipality_id].resolutions.append(resolution)
    sessions = Session.objects.filter(here, in_year("held_on", year), state=Occurrence.HELD).order_by()
    for place, number in sessions.values_list("municipality_id").annotate(n=Count("pk")):
        rows[place].sessions = number
    findings = Finding.objects.filter(here, in_year("event__begin", year)).order_by()
    for place, number in findings.values_list("municipality_id").annotate(n=Count("pk")):
        rows[place].findings = number


def durations_until(year: int, keys: Iterable[int]) -> dict[tuple[str, int, str], list[PlanningStep]]:
    """Finished steps of the catalogue with both dates, by phase, position and title of the catalogue (one query)."""
    steps = PlanningStep.objects.filter(
        municipality_id__in=list(keys),
        state=StepState.DONE,
        template__isnull=False,
        is_milestone=False,
        begin__isnull=False,
        end__lt=first_day(year + 1),
    )
    found: dict[tuple[str, int, str], list[PlanningStep]] = defaultdict(list)
    for step in steps.select_related("template").only(
        "municipality_id", "begin", "end", "template__phase", "template__position", "template__title"
    ):
        assert step.template is not None
        found[step.template.phase, step.template.position, step.template.title].append(step)
    return found
