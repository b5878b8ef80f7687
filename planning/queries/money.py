"""Whether the money of a measure is named: by the earlier statement at itself, or where a room above keeps money."""

from functools import reduce
from operator import or_

from django.db.models import Q

from accounts.models import Municipality
from planning.models import Measure
from records.models import MunicipalRecord
from records.registry import kind_of

_named: list[Q] = [Q(yearly_cost__isnull=False)]
_kept_in: list[type[MunicipalRecord]] = []


def also_named_by(condition: Q, model: type[MunicipalRecord]) -> None:
    """Measures that meet the condition have their money named in records of the model; said when Django starts."""
    _named.append(condition)
    _kept_in.append(model)


def money_url(measure: Measure, municipality: Municipality) -> str:
    """The form in which money of the measure is named."""
    return f"{kind_of(_kept_in[-1]).url('create', municipality)}?measure={measure.pk}"


def has_money() -> Q:
    """The condition that counts."""
    return reduce(or_, _named)
