"""Kinds of cost that hold on a day."""

from datetime import date

from django.db.models import Q

from funding.models import CostKind


def kinds_of_cost(day: date) -> list[tuple[int, str]]:
    """Keys and titles in the order of the catalogue (one query)."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    rows = CostKind.objects.filter(begun & lasting).order_by("position", "sort_key")
    return list(rows.values_list("pk", "title"))
