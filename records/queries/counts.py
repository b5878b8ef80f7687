"""How many records there are, of many kinds at once."""

from collections.abc import Iterable

from django.db.models import Count, Value

from accounts.access import Access
from accounts.models import Municipality
from records.models import MunicipalRecord
from records.queries.scope import rows_in_scope


def row_counts(models: Iterable[type[MunicipalRecord]], municipality: Municipality, access: Access) -> dict[str, int]:
    """Number of the rows that the person sees there, by model name (one query)."""
    parts = [
        rows_in_scope(model, access, municipality)
        .order_by()
        .annotate(kind_name=Value(str(model._meta.model_name)))
        .values("kind_name")
        .annotate(row_count=Count("pk"))
        .values_list("kind_name", "row_count")
        for model in models
    ]
    return dict(parts[0].union(*parts[1:], all=True)) if parts else {}
