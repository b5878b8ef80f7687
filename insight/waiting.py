"""What of the controlling waits: the last year that is over, until every measure is spoken about."""

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value

from accounts.addresses import address
from accounts.enums import Action
from planning.enums import MeasureState
from planning.models import Measure, MeasureReview, PlanningCycle
from records.parts import Link
from records.queries.prepared import Parameter
from records.waiting import Found, Source, Told

YEAR, THIS_YEAR = Parameter("year"), Parameter("this_year")


def silent_cycles() -> QuerySet[Any]:
    """Cycles of last year with measures of which nobody has spoken."""
    spoken = MeasureReview.objects.annotate(after=F("year") + 1).filter(measure=OuterRef("pk"), after=YEAR)
    begun = Q(begin__isnull=True) | Q(begin__lt=THIS_YEAR)
    open_rows = Measure.objects.filter(~Exists(spoken), begun, cycle=OuterRef("pk")).exclude(state=MeasureState.DROPPED)
    rows = PlanningCycle.objects.annotate(after=F("last_year") + 1)
    return rows.filter(Exists(open_rows), first_year__lt=YEAR, after__gte=YEAR)


def controlling_told(found: Found) -> Told:
    """The cycle, with the way to the page that leads through its measures."""
    url = address("insight:controlling", found.place.slug if found.place else "")
    return Told("Controlling", found.title, url, Link("Maßnahmen besprechen", url), found.note)


SOURCES = (
    Source(
        "controlling",
        silent_cycles,
        controlling_told,
        rights=(Action.WRITE,),
        note=Value("Noch nicht jede Maßnahme des letzten Jahres ist besprochen", output_field=CharField()),
        group="Controlling",
        position=3,
    ),
)
