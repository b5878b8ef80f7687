"""How long steps of the planning and the building of bodies took in all municipalities: range and median.

Only what at least three municipalities have done is told, so that nobody stands there alone; no municipality is named.
Dates that name a year only say too little and do not count. Source: report, section 2.2.4; docs/product.md §6.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from participation.enums import POLITICAL_BODIES, BodyKind, BodyState
from participation.models import Body
from planning.durations import days_between, in_months, in_weeks
from planning.enums import FEWEST_PLACES, Phase, StepState
from planning.few import total_tells
from planning.models import PlanningStep
from records.text import sort_key
from records.vague import VagueDate


@dataclass(frozen=True)
class Case:
    """One municipality's time for something, in days."""

    place: int
    days: int
    is_example: bool


@dataclass(frozen=True)
class Duration:
    """How long something took: the number of cases, shortest, median and longest in words."""

    title: str
    group: str
    cases: int
    places: int
    shortest: str
    middle: str
    longest: str
    has_examples: bool


def step_durations() -> list[Duration]:
    """Steps of the catalogue that were finished, in the order of the cycle (one query)."""
    columns = ("template_id", "template__title", "template__phase", "municipality_id", "begin", "end", "is_example")
    rows = PlanningStep.objects.filter(state=StepState.DONE, template__isnull=False).order_by()
    found: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for _, title, phase, place, begin, end, example in rows.values_list(*columns):
        if case := case_of(place, begin, end, example):
            found[phase, title].append(case)
    order = list(Phase.values)
    keys = sorted(found, key=lambda key: (order.index(key[0]), sort_key(key[1])))
    lines = (duration_of(title, Phase(phase).short, found[phase, title], weeks=True) for phase, title in keys)
    return [line for line in lines if line]


def body_durations() -> list[Duration]:
    """From the idea of a body to its constitution, by kind of body (one query)."""
    rows = Body.objects.exclude(kind__in=POLITICAL_BODIES).exclude(state=BodyState.IDEA).order_by()
    columns = ("kind", "municipality_id", "idea_on", "constituted_on", "is_example")
    found: dict[str, list[Case]] = defaultdict(list)
    for kind, place, idea, constituted, example in rows.values_list(*columns):
        if case := case_of(place, idea, constituted, example):
            found[kind].append(case)
    lines = [duration_of(str(kind.label), "", found[kind], weeks=False) for kind in BodyKind]
    places = [{case.place for case in cases} for cases in found.values()]
    if total_tells(set().union(*places), places):
        everything = [case for cases in found.values() for case in cases]
        lines.append(duration_of("alle Gremien", "", everything, weeks=False))
    return [line for line in lines if line]


def case_of(place: int, begin: VagueDate | None, end: VagueDate | None, is_example: Any) -> Case | None:
    """The time that a municipality needed; None where its dates say too little."""
    days = days_between(begin, end)
    return None if days is None else Case(place, days, bool(is_example))


def duration_of(title: str, group: str, cases: Iterable[Case], *, weeks: bool) -> Duration | None:
    """Range and median, or None where fewer than three municipalities have done it."""
    cases = list(cases)
    places = len({case.place for case in cases})
    if places < FEWEST_PLACES:
        return None

    def length(number: Any) -> str:
        found, one, many = (in_weeks(number), "Woche", "Wochen") if weeks else (in_months(number), "Monat", "Monate")
        return f"{found} {one if found == 1 else many}"

    days = [case.days for case in cases]
    return Duration(
        title=title,
        group=group,
        cases=len(cases),
        places=places,
        shortest=length(Decimal(min(days))),
        middle=length(Decimal(str(median(days)))),
        longest=length(Decimal(max(days))),
        has_examples=any(case.is_example for case in cases),
    )
