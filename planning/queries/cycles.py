"""Which planning cycle is meant."""

from functools import cache
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone

from accounts.models import Municipality
from planning.enums import Phase
from planning.models import PhaseState, PlanningCycle
from records.queries.prepared import MUNICIPALITY, Prepared, PreparedRows


def current_cycle(municipality: Municipality, year: int | None = None) -> PlanningCycle | None:
    """The newest cycle that contains the year (today's where none is named), else the newest of all."""
    return newest_for(cycles_statement().run(municipality), year)


@cache
def cycles_statement() -> PreparedRows:
    """All cycles of a municipality."""
    return PreparedRows(PlanningCycle.objects.filter(municipality=MUNICIPALITY))


def chosen_cycle(municipality: Municipality, wanted: str) -> tuple[PlanningCycle | None, list[PlanningCycle]]:
    """The cycle whose number stands in the address, else the current one; and all cycles, the newest first."""
    cycles = list(PlanningCycle.objects.filter(municipality=municipality).order_by("-first_year", "-pk"))
    named = next((cycle for cycle in cycles if str(cycle.pk) == wanted), None)
    return named or newest_for(cycles), cycles


def newest_for(cycles: list[PlanningCycle], year: int | None = None) -> PlanningCycle | None:
    """The newest of the cycles that contains the year, else the newest of all."""
    wanted = year or timezone.localdate().year
    ordered = sorted(cycles, key=lambda cycle: (cycle.first_year, cycle.pk), reverse=True)
    return next((c for c in ordered if c.first_year <= wanted <= c.last_year), ordered[0] if ordered else None)


def current_cycle_key(municipality: Any, year: Any = None) -> QuerySet[Any]:
    """The key of the current cycle, for use inside another query, also a prepared one; the choice of newest_for."""
    year = year or timezone.localdate().year
    contains = Case(When(first_year__lte=year, last_year__gte=year, then=Value(0)), default=Value(1))
    rows = PlanningCycle.objects.filter(municipality=municipality)
    return rows.order_by(contains, "-first_year", "-pk").values("pk")[:1]


def phase_states(municipality: Municipality, cycle: PlanningCycle | None = None) -> dict[Phase, PhaseState]:
    """The states of the phases in the current cycle (one query), by phase."""
    rows = phases_statement().run(municipality)
    cycles = {row.cycle_id: row.cycle for row in rows}
    chosen = cycle or newest_for(list(cycles.values()))
    return {Phase(row.phase): row for row in rows if chosen and row.cycle_id == chosen.pk}


@cache
def phases_statement() -> PreparedRows:
    """The states of all phases of a municipality with their cycles."""
    return PreparedRows(PhaseState.objects.filter(municipality=MUNICIPALITY).select_related("cycle"))


def progress_of(municipality: Municipality) -> dict[str, str]:
    """The state of each phase in the current cycle, as the navigation shows it (one query)."""
    rows = progress_statement().run(municipality)
    spans = {row[2:] for row in rows}
    chosen = newest_for([PlanningCycle(pk=pk, first_year=first, last_year=last) for pk, first, last in spans])
    return {phase: state for phase, state, pk, _, _ in rows if chosen and pk == chosen.pk}


@cache
def progress_statement() -> Prepared:
    """Phase, state, and the cycle with its years."""
    rows = PhaseState.objects.filter(municipality=MUNICIPALITY).order_by()
    return Prepared.of(rows.values_list("phase", "state", "cycle_id", "cycle__first_year", "cycle__last_year"))
