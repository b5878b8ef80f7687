"""Records of a municipality of which the portal makes documents; every row is reached from the municipality."""

from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Municipality
from participation.models import Session
from planning.models import Measure, PlanningCycle
from records.vague import VagueDate


def sessions_in(municipality: Municipality, year: int) -> QuerySet[Session]:
    """The sessions of a year in order of time."""
    within = Q(held_on__gte=VagueDate(date(year, 1, 1)), held_on__lt=VagueDate(date(year + 1, 1, 1)))
    rows = Session.objects.filter(within, municipality=municipality)
    return rows.select_related("body").order_by("held_on", "pk")


def measures_in(municipality: Municipality, cycle: PlanningCycle | None, year: int) -> QuerySet[Measure]:
    """The measures of the cycle that had begun by the end of the year and had not ended before it, by name."""
    begun = Q(begin__isnull=True) | Q(begin__lt=VagueDate(date(year + 1, 1, 1)))
    lasting = Q(end__isnull=True) | Q(end__gte=VagueDate(date(year, 1, 1)))
    rows = Measure.objects.filter(begun & lasting, municipality=municipality, cycle=cycle)
    return rows.select_related("action_field").order_by("sort_key", "pk")
