"""Whether the money of a measure is named: by the earlier statement at itself, or where a room above keeps money."""

from functools import reduce
from operator import or_

from django.db.models import Q

_named: list[Q] = [Q(yearly_cost__isnull=False)]


def also_named_by(condition: Q) -> None:
    """Measures that meet the condition have their money named; a room says so when Django starts."""
    _named.append(condition)


def has_money() -> Q:
    """The condition that counts."""
    return reduce(or_, _named)
