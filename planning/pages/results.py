"""Targets and actual values on the pages of the records that they belong to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from planning.models import CriterionValue
from planning.queries.results import values_of_goal, values_of_measure
from records.display import with_unit
from records.parts import Fact, FactGroup

NOT_SAID = "ohne Angabe"


def results_of_measure(measure: Any) -> FactGroup:
    """The criteria of a measure year by year (one query)."""
    return results(values_of_measure(measure))


def results_of_goal(goal: Any) -> FactGroup:
    """The criteria of all measures of a goal year by year (one query)."""
    return results(values_of_goal(goal))


def results(rows: Iterable[CriterionValue]) -> FactGroup:
    """One fact per criterion: „2018: Ziel 40 Familien, Ist 38 Familien“."""
    lines: dict[tuple[int, str], list[str]] = defaultdict(list)
    for value in rows:
        lines[value.criterion_id, str(value.criterion)].append(year_line(value))
    return FactGroup("Ziel- und Ist-Werte", tuple(facts(lines.items())))


def facts(lines: Iterable[tuple[tuple[int, str], list[str]]]) -> Iterable[Fact]:
    """The years of each criterion under its name."""
    return (Fact(title, tuple(years)) for (_, title), years in lines)


def year_line(value: CriterionValue) -> str:
    """A year; what was not said is told to be open."""
    unit = value.criterion.unit
    target, actual = (
        NOT_SAID if number is None else with_unit(number, unit) for number in (value.target, value.actual)
    )
    return f"{value.year}: Ziel {target}, Ist {actual}"
