"""Targets and actual values of the criteria of a measure or a goal."""

from django.db.models import QuerySet

from planning.models import CriterionValue, Goal, Measure


def values_of_measure(measure: Measure) -> QuerySet[CriterionValue]:
    """Those of its own criteria, year by year."""
    return _in_order(CriterionValue.objects.filter(criterion__measure=measure))


def values_of_goal(goal: Goal) -> QuerySet[CriterionValue]:
    """Those of the criteria of all its measures, year by year."""
    return _in_order(CriterionValue.objects.filter(criterion__measure__goals=goal))


def _in_order(rows: QuerySet[CriterionValue]) -> QuerySet[CriterionValue]:
    return rows.select_related("criterion").order_by("criterion__measure", "criterion", "year")
