"""Targets and actual values of the criteria of a measure or a goal."""

from functools import cache

from planning.models import CriterionValue, Goal, Measure
from records.queries.prepared import Parameter, PreparedRows


def values_of_measure(measure: Measure) -> list[CriterionValue]:
    """Those of its own criteria, year by year (one query)."""
    return values_statement("criterion__measure").run(None, key=measure.pk)


def values_of_goal(goal: Goal) -> list[CriterionValue]:
    """Those of the criteria of all its measures, year by year (one query)."""
    return values_statement("criterion__measure__goals").run(None, key=goal.pk)


@cache
def values_statement(relation: str) -> PreparedRows:
    """The same for any record at the other end of the relation."""
    rows = CriterionValue.objects.filter(**{relation: Parameter("key")})
    return PreparedRows(rows.select_related("criterion").order_by("criterion__measure", "criterion", "year"))
