"""What of the planning waits: steps, milestones, certificates; and the programme's other deadlines as dates ahead."""

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.enums import Action
from planning.enums import MeasureState, StepState
from planning.models import Certificate, Deadline, KeptDeadline, Milestone, PlanningCycle, PlanningStep
from records.fields import VagueDateField
from records.parts import Link
from records.queries.prepared import MUNICIPALITY, Parameter
from records.registry import kind_of
from records.waiting import HERE, LONG_AGO, PORTAL, Found, Source, Told, tell_record

YEAR = Parameter("year")  # today's
CLOSED_STEPS = (StepState.DONE, StepState.DROPPED)
END_OR_BEGIN = Coalesce(
    "planned_end",
    Case(When(state=StepState.OPEN, then="planned_begin"), output_field=VagueDateField()),
    output_field=VagueDateField(),
)


def is_carried_on(cycle: str) -> Exists:
    """The cycle has a successor, in which what was open stands again as a copy."""
    return Exists(PlanningCycle.objects.filter(predecessor=OuterRef(cycle)))


def open_steps() -> QuerySet[Any]:
    """Steps that are not done."""
    return PlanningStep.objects.exclude(state__in=CLOSED_STEPS).filter(~is_carried_on("cycle"))


def standing_still() -> QuerySet[Any]:
    """Steps under way that have no planned end to remind of, and that nobody has touched for long."""
    rows = open_steps().filter(state=StepState.RUNNING, planned_end=None)
    return rows.filter(changed_at__lt=LONG_AGO)


def open_milestones() -> QuerySet[Any]:
    """Milestones that are not reached, of measures that are carried out."""
    rows = Milestone.objects.filter(reached_on=None).exclude(state__in=CLOSED_STEPS)
    rows = rows.exclude(measure__state=MeasureState.DROPPED)
    return rows.filter(~is_carried_on("measure__cycle"))


def last_certificates() -> QuerySet[Any]:
    """Certificates that no later one has followed."""
    later = Certificate.objects.filter(
        Q(title=OuterRef("title")) | Q(programme=OuterRef("programme")),
        municipality=OuterRef("municipality"),
        awarded_on__gt=OuterRef("awarded_on"),
    )
    return Certificate.objects.filter(~Exists(later))


def owed_here() -> Any:
    """The municipality owes what is due for a year from its first planning cycle on, without one from this year on."""
    cycles = PlanningCycle.objects.filter(municipality=MUNICIPALITY).order_by()
    return Exists(cycles.filter(first_year__lte=OuterRef("year"))) | (Q(year__gte=YEAR) & ~Exists(cycles))


def not_kept_here() -> QuerySet[Any]:
    """Deadlines that the municipality has not marked as done; of the plan's the plan itself tells (plans.waiting)."""
    kept = KeptDeadline.objects.filter(municipality=MUNICIPALITY, deadline=OuterRef("pk"))
    return Deadline.objects.filter(owed_here(), ~Exists(kept), for_plan=False)


def deadline_told(found: Found) -> Told:
    """A deadline, with the form in which it is marked as done."""
    done = f"{kind_of(KeptDeadline).url('create', found.place)}?deadline={found.pk}"
    url = kind_of(Deadline).url("detail", None, found.pk)
    return Told("Frist", found.title, url, Link("Erledigt?", done), found.note)


SOURCES = (
    Source(
        "step",
        open_steps,
        tell_record(PlanningStep, "Stand eintragen"),
        rights=(Action.WRITE,),
        title="title",
        day=END_OR_BEGIN,
        note="responsible",
        ahead=HERE,
    ),
    Source(
        "step-standing-still",
        standing_still,
        tell_record(PlanningStep, "Stand eintragen"),
        rights=(Action.WRITE,),
        title="title",
        since="changed_at",
        note="responsible",
        group="Lange nichts eingetragen",
        position=3,
    ),
    Source(
        "milestone",
        open_milestones,
        tell_record(Milestone, "Stand eintragen"),
        rights=(Action.WRITE,),
        day="planned_on",
        note="measure__label",
        ahead=HERE,
    ),
    Source(
        "certificate",
        last_certificates,
        tell_record(Certificate, "Neues Zertifikat oder Datum eintragen"),
        rights=(Action.WRITE,),
        day="recertification",
        note=Value("Rezertifizierung", output_field=CharField()),
        ahead=HERE,
    ),
    Source(
        "deadline",
        not_kept_here,
        deadline_told,
        rights=(Action.WRITE,),
        place="",
        title="title",
        day="due",
        note=Value("des Landesprogramms", output_field=CharField()),
        ahead=HERE,
    ),
    Source(
        "programme-deadline",
        Deadline.objects.all,
        tell_record(Deadline, "Ansehen", page="detail"),
        place="",
        day="due",
        ahead=PORTAL,
    ),
)
