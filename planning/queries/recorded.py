"""How much is recorded in a cycle."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet, Value

from planning.models import CycleRecord, PlanningCycle
from records.models import Record


def in_cycle(model: type[Record]) -> bool:
    """Whether records of the model belong to a cycle."""
    return issubclass(model, CycleRecord)


def counts_in(cycle: PlanningCycle, models: Iterable[type[Record]]) -> dict[str, int]:
    """Model name and number of records of the cycle, or of its municipality; without those of which there is none."""
    parts = [_counted(model, cycle) for model in models]
    return {name: number for name, number in parts[0].union(*parts[1:], all=True) if number} if parts else {}


def _counted(model: type[Record], cycle: PlanningCycle) -> QuerySet[Any]:
    where: dict[str, Any] = {"cycle": cycle} if in_cycle(model) else {"municipality": cycle.municipality_id}
    rows: QuerySet[Any] = model._default_manager.filter(**where).order_by()
    named = rows.annotate(w_name=Value(model._meta.model_name)).values("w_name").annotate(number=Count("pk"))
    return named.values_list("w_name", "number")
