"""Where the records of a municipality stand: two readings are alike exactly if nothing was written in between.

Whoever keeps what was made of the records compares it. Every write leaves a row in the history of its kind, which is
never removed, so that the numbers of these rows tell (docs/architecture.md, Saving).
"""

from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Count, QuerySet, Value

from accounts.models import Municipality
from records.models.base import MunicipalRecord, Record
from records.queries.prepared import MUNICIPALITY, Prepared

Standing = frozenset[tuple[Any, ...]]


def standing_of(municipality: Municipality, also: Prepared | None = None) -> Standing:
    """Rows of (name, number) over the records of the municipality and of the programme, and ``also`` (one query)."""
    statement = Prepared.union([standing_statement(), also]) if also else standing_statement()
    return frozenset(statement.run(municipality))


@cache
def standing_statement() -> Prepared:
    """The number of history rows by kind."""
    return Prepared.union(counted(model) for model in apps.get_models() if issubclass(model, Record))


def counted(model: Any) -> Prepared:
    """The name of a model and the number of its history rows of the municipality, or of the programme."""
    rows = model.history.order_by()
    return number_of(rows.filter(municipality=MUNICIPALITY) if issubclass(model, MunicipalRecord) else rows)


def number_of(rows: QuerySet[Any]) -> Prepared:
    """One row: the name of the model and how many there are."""
    named = rows.annotate(counted=Value(rows.model._meta.label)).values("counted")
    return Prepared.of(named.annotate(number=Count("pk")).values_list("counted", "number"))
