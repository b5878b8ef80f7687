"""Who wrote records, by their history; a step in a record's life is no writing."""

from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from records.models import MunicipalRecord
from records.models.steps import STEP
from records.queries.prepared import Parameter


def written_by(model: type[MunicipalRecord], of: Q, since: Parameter | None = None) -> QuerySet[Any]:
    """Pairs of person and kind, of all who entered, changed or deleted such rows, also rows that are gone."""
    rows = model.history.filter(of, history_user__isnull=False).exclude(history_change_reason__startswith=STEP)
    if since is not None:
        rows = rows.filter(history_date__gte=since)
    what = Value(str(model._meta.verbose_name_plural), CharField())
    found: QuerySet[Any] = rows.order_by().annotate(what=what).values_list("history_user", "what").distinct()
    return found
