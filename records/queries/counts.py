"""How many records there are, of many kinds at once."""

from collections.abc import Iterable

from django.db.models import Count, Value

from accounts.models import Municipality
from records.models import MunicipalRecord


def row_counts(models: Iterable[type[MunicipalRecord]], municipality: Municipality) -> dict[str, int]:
    """Number of the municipality's rows by model name (one query)."""
    parts = [
        model._default_manager.filter(municipality=municipality)
        .order_by()
        .annotate(kind_name=Value(str(model._meta.model_name)))
        .values("kind_name")
        .annotate(row_count=Count("pk"))
        .values_list("kind_name", "row_count")
        for model in models
    ]
    return dict(parts[0].union(*parts[1:], all=True)) if parts else {}
