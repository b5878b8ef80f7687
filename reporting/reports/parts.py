"""What both reports of a municipality say about the year: facts, participation, sessions, resolutions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from participation.enums import Occurrence, Outcome
from planning.models import PlanningStep
from plans import bodies
from plans.builder.basis import mark
from plans.builder.mandate import entry_levels
from plans.builder.steering import resolutions_body, steering_body
from printing.templatetags.papers import zahl
from records.models import MunicipalRecord
from records.vague import VagueDate
from reporting.reports.year import MunicipalYear

NOT_SAID = "ohne Angabe"  # nobody said anything, which is not the same as none
GONE = "seither nicht mehr eingetragen"  # in the plan of the year, its record deleted after the release
HELD, ADOPTED = str(Occurrence.HELD.label), str(Outcome.ADOPTED.label)


@dataclass(frozen=True, kw_only=True)
class YearOfParticipation:
    """Who met and who was heard in the year; what is planned for the next one."""

    sittings: tuple[bodies.Sitting, ...]
    events: tuple[bodies.Participation, ...]
    surveys: tuple[bodies.SurveySummary, ...]
    support: tuple[bodies.Support, ...]
    resolutions: tuple[bodies.ResolutionLine, ...]
    planned_sittings: tuple[bodies.Sitting, ...]
    planned_events: tuple[bodies.Participation, ...]
    planned_resolutions: tuple[bodies.ResolutionLine, ...]

    @property
    def held(self) -> tuple[bodies.Participation, ...]:
        """The events that have taken place."""
        return tuple(event for event in self.events if event.state == HELD)

    @property
    def groups(self) -> tuple[bodies.Group, ...]:
        """The stakeholder groups of all events with their numbers, in the order of the first event that names them.

        ``count`` is None where nobody counted in any event.
        """
        counts: dict[str, int | None] = {}
        for group in (group for event in self.held for group in event.groups):
            before = counts.setdefault(group.name, None)
            if group.count is not None:
                counts[group.name] = (before or 0) + group.count
        return tuple(bodies.Group(name=name, count=count) for name, count in counts.items())


def participation_of(year: MunicipalYear) -> YearOfParticipation:
    """Sessions, events, surveys, support and resolutions of the year (twelve queries)."""
    steering, within, following = steering_body(year.basis), year.year, year.year.next
    resolutions = resolutions_body(year.basis).resolutions
    return YearOfParticipation(
        sittings=tuple(row for row in steering.sittings if within.holds(row.held_on)),
        events=tuple(row for row in steering.events if within.saw(row.begin, row.end)),
        surveys=tuple(row for row in steering.surveys if within.saw(row.begin, row.end)),
        support=tuple(row for row in (*steering.support, *steering.networking) if within.saw(row.begin, row.end)),
        resolutions=tuple(row for row in resolutions if within.holds(row.resolved_on)),
        planned_sittings=tuple(row for row in steering.sittings if following.holds(row.held_on)),
        planned_events=tuple(row for row in steering.events if following.holds(row.begin)),
        planned_resolutions=tuple(row for row in resolutions if following.holds(row.resolved_on)),
    )


def participation_facts(part: YearOfParticipation) -> list[bodies.Fact]:
    """The year's participation in numbers."""
    return [
        bodies.Fact(
            label="Sitzungen", value=by_state([row.state for row in part.sittings], HELD, "Sitzung", "Sitzungen")
        ),
        bodies.Fact(label="Veranstaltungen", value=events_in_words(part.held)),
        bodies.Fact(label="Befragungen", value=surveys_in_words(part.surveys)),
        bodies.Fact(
            label="Beschlüsse",
            value=by_state([row.outcome for row in part.resolutions], ADOPTED, "Beschluss", "Beschlüsse"),
        ),
    ]


def counted(rows: Iterable[object], one: str, many: str) -> str:
    """„3 Sitzungen“, „1 Sitzung“; where nothing is recorded, nobody has said that there was none."""
    number = len(list(rows))
    return NOT_SAID if not number else f"{number} {one if number == 1 else many}"


def by_state(states: list[str], done: str, one: str, many: str) -> str:
    """„5 Sitzungen; 1 abgesagt“: those that have come about, the others by their own state."""
    others = Counter(state for state in states if state != done)
    words = [counted([state for state in states if state == done], one, many)] if done in states or not others else []
    return "; ".join([*words, *(f"{count} {state}" for state, count in others.items())])


def events_in_words(events: Iterable[bodies.Participation]) -> str:
    """„4 Veranstaltungen mit 112 gezählten Teilnehmenden; bei 1 ohne Zahl“."""
    events = list(events)
    numbers = [event.participants for event in events if event.participants is not None]
    words = counted(events, "Veranstaltung", "Veranstaltungen")
    if numbers:
        words += f" mit {zahl(sum(numbers))} gezählten Teilnehmenden"
    missing = len(events) - len(numbers)
    return f"{words}; {missing} ohne Zahl" if numbers and missing else words


def surveys_in_words(surveys: Iterable[bodies.SurveySummary]) -> str:
    """„1 Befragung, 310 Bögen zurück von 1.200 versandten“."""
    surveys = list(surveys)
    words = counted(surveys, "Befragung", "Befragungen")
    both = [(row.returned, row.sent) for row in surveys if row.returned is not None and row.sent is not None]
    if both:
        words += f", {zahl(sum(b for b, _ in both))} Bögen zurück von {zahl(sum(s for _, s in both))} versandten"
    return words


def frame_facts(year: MunicipalYear) -> list[bodies.Fact]:
    """Period, cycle, Stufe and plan (one query)."""
    cycle, plan = year.cycle, year.plan
    number = year.year.number
    in_force = [row for row in entry_levels(year.basis) if year.year.touches(row.begin, row.end)]
    return [
        bodies.Fact(label="Zeitraum", value=f"1. Januar bis 31. Dezember {number}"),
        bodies.Fact(label="Planungszyklus", value=f"{cycle}" if cycle else NOT_SAID, example=is_example(cycle)),
        bodies.Fact(label="Stufe", value=", dann ".join(map(str, in_force)) or NOT_SAID),
        bodies.Fact(
            label="Plan",
            value=plan_words(year),
            example=is_example(plan),
        ),
    ]


def plan_words(year: MunicipalYear) -> str:
    """The released edition with its checksum, else the plan that is being written."""
    if year.planned:
        return f"Integrierter Plan {year.year.number}, {year.planned.origin}"
    return f"{year.plan}, nicht freigegeben" if year.plan else NOT_SAID


def is_example(record: MunicipalRecord | None) -> bool:
    """True for an invented record."""
    return record is not None and record.is_example


@dataclass(frozen=True, kw_only=True)
class StepLine(bodies.Entry):
    """A planning step: planned and done when, and what came of it."""

    phase: str
    title: str
    planned_begin: VagueDate | None
    planned_end: VagueDate | None
    begin: VagueDate | None
    end: VagueDate | None
    state: str
    result: str


def step_line(row: PlanningStep) -> StepLine:
    """A step as it is printed."""
    return StepLine(
        phase=row.get_phase_display(),
        title=row.title,
        planned_begin=row.planned_begin,
        planned_end=row.planned_end,
        begin=row.begin,
        end=row.end,
        state=row.get_state_display(),
        result=row.result or row.decision_taken,
        **mark(row),
    )
