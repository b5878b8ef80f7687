"""What falls due in a municipality: tasks, steps, sessions, events, resolutions, milestones, deadlines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from accounts.models import Municipality
from participation.enums import Occurrence, Outcome, TaskState
from participation.models import Event, Resolution, Session, Task
from planning.enums import StepState
from planning.models import Certificate, Deadline, Milestone, PlanningStep
from records.queries.prepared import MUNICIPALITY, Parameter, Prepared
from records.registry import kind_of
from records.text import sort_key
from records.vague import DAY, MONTH, MONTHS, YEAR, VagueDate

CLOSED_STEPS = frozenset({StepState.DONE, StepState.DROPPED})
DueRow = tuple[str, int, str, VagueDate, str]  # model name, key, title, date, note
LATE, AHEAD = Parameter("late"), Parameter("ahead")
OVERDUE_SPAN = timedelta(days=365)  # what is older stands in its list, not on the start page
MONTHS_SHORT = ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.")
AHEAD_SPAN = timedelta(days=400)  # what lies further ahead is not yet due
READ_AT_MOST, LONGEST_NOTE = 60, 80
MODELS = {
    model._meta.model_name: model
    for model in (Task, Session, Event, Resolution, Milestone, Certificate, Deadline, PlanningStep)
}
FRESH_ONLY = frozenset({"deadline", "session", "event", "certificate"})  # what has passed needs no reminder


@dataclass(frozen=True)
class Leaf:
    """A calendar leaf: two words; a vague date has the year on top and a dashed border."""

    top: str
    bottom: str
    is_vague: bool
    iso: str
    spoken: str


@dataclass(frozen=True)
class DueItem:
    """Something with a date that lies ahead or has passed; ``distance`` says how far."""

    title: str
    url: str
    kind: str
    note: str
    when: VagueDate
    leaf: Leaf
    distance: str
    is_overdue: bool


def due_items(municipality: Municipality, steps: Iterable[PlanningStep], today: date) -> list[DueItem]:
    """By date, overdue first; ``steps`` are those of the current cycle, already read. One query."""
    rows = [*due_rows(municipality, today), *due_steps(steps)]
    near = [row for row in rows if row[3].last >= today - OVERDUE_SPAN and row[3].first <= today + AHEAD_SPAN]
    found = [item_of(row, municipality, today) for row in near]
    return sorted(found, key=lambda item: (item.when.last, sort_key(item.title)))


def due_rows(municipality: Municipality, today: date) -> list[DueRow]:
    """Every open item with a date (one query). A vague date is stored by its first day, so whole years are read."""
    late = VagueDate((today - OVERDUE_SPAN).replace(month=1, day=1))
    ahead = VagueDate(today.replace(month=1, day=1))
    rows = due_statement().run(municipality, late=late.stored, ahead=ahead.stored)
    return [(name, pk, title, VagueDate.from_stored(when), note or "") for name, pk, title, when, note in rows]


@cache
def due_statement() -> Prepared:
    """Model name, key, title, date and note of what is open since LATE, or comes after AHEAD."""
    own, text = {"municipality": MUNICIPALITY}, CharField()

    def part(rows: QuerySet[Any], when: str, note: Any, title: str = "label") -> QuerySet[Any]:
        name = Value(rows.model._meta.model_name, output_field=text)
        rows = rows.order_by().annotate(k=name, t=F(title), day=F(when), n=Cast(note, text))
        return rows.values_list("k", "pk", "t", "day", "n")

    parts = [
        part(Task.objects.filter(state=TaskState.OPEN, due__gte=LATE, **own), "due", F("responsible")),
        part(Session.objects.filter(state=Occurrence.PLANNED, held_on__gte=LATE, **own), "held_on", F("place")),
        part(Event.objects.filter(state=Occurrence.PLANNED, begin__gte=LATE, **own), "begin", F("place")),
        part(
            Resolution.objects.filter(outcome=Outcome.EXPECTED, resolved_on__gte=LATE, **own),
            "resolved_on",
            F("body__label"),
        ),
        part(
            Resolution.objects.filter(outcome=Outcome.DEFERRED, deferred_to__gte=LATE, **own),
            "deferred_to",
            F("body__label"),
        ),
        part(
            Milestone.objects.filter(reached_on=None, planned_on__gte=LATE, **own).exclude(state__in=CLOSED_STEPS),
            "planned_on",
            F("measure__label"),
        ),
        part(
            Certificate.objects.filter(recertification__gte=AHEAD, **own),
            "recertification",
            Value("Rezertifizierung", output_field=text),
        ),
        part(Deadline.objects.filter(due__gte=AHEAD), "due", Value("des Landesprogramms", output_field=text), "title"),
    ]
    return Prepared.of(parts[0].union(*parts[1:], all=True).order_by("day")[:READ_AT_MOST])


def due_steps(steps: Iterable[PlanningStep]) -> Iterator[DueRow]:
    """Open steps with a planned end (or, lacking that, begin)."""
    for step in steps:
        when = step.planned_end or (step.planned_begin if step.state == StepState.OPEN else None)
        if step.state not in CLOSED_STEPS and when:
            yield "planningstep", step.pk, step.title, when, step.responsible


def item_of(row: DueRow, municipality: Municipality, today: date) -> DueItem:
    """A row as the page shows it."""
    name, pk, label, when, note = row
    kind = kind_of(MODELS[name])
    return DueItem(
        title=label,
        url=kind.url("detail", municipality, pk),
        kind=kind.label,
        note=(note or "") if len(note or "") <= LONGEST_NOTE else "",
        when=when,
        leaf=leaf_of(when),
        distance=distance_to(when, today),
        is_overdue=when.last < today,
    )


def upcoming(items: Iterable[DueItem]) -> list[DueItem]:
    """Without past sessions and deadlines: nobody can keep them any more."""
    passing = {kind_of(MODELS[name]).label for name in FRESH_ONLY}
    return [item for item in items if not (item.is_overdue and item.kind in passing)]


def leaf_of(when: VagueDate) -> Leaf:
    """„Nov.“ over „15.“; vague: „2018“ over „Dez.“, „4. Qu.“, „2. Hj.“ or „Jahr“."""
    month = when.first.month
    if when.precision == DAY:
        return Leaf(MONTHS_SHORT[month - 1], f"{when.first.day}.", False, when.iso, str(when))
    words = {"M": MONTHS_SHORT[month - 1], "Q": f"{(month + 2) // 3}. Qu.", "H": f"{1 if month < 7 else 2}. Hj."}
    machine = when.iso if when.precision in {MONTH, YEAR} else str(when.year)
    return Leaf(str(when.year), words.get(when.precision, "Jahr"), True, machine, str(when))


def distance_to(when: VagueDate, today: date) -> str:
    """How far away, in words; a vague date says that the day is open."""
    if when.last < today:
        return (
            f"seit {(today - when.last).days} Tagen fällig" if (today - when.last).days > 1 else "seit gestern fällig"
        )
    if when.precision == MONTH:
        return f"{MONTHS[when.first.month - 1]} {when.year}, Tag noch offen"
    if when.is_vague:
        return f"{when}, noch ungenau"
    days = (when.first - today).days
    near = {0: "heute", 1: "morgen"}.get(days) or f"in {days} Tagen"
    return near if days < 60 else f"{when}"
