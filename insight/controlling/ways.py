"""Ways from the controlling of a year that rooms above add: to the report of the year."""

from collections.abc import Callable

from accounts.models import Municipality
from records.parts import Link

YearWay = Callable[[Municipality, int], Link]
_ways: list[YearWay] = []


def register_year_way(way: YearWay) -> None:
    """Add a way to the page of every year."""
    _ways.append(way)


def year_ways(municipality: Municipality, year: int) -> list[Link]:
    """The ways of a year."""
    return [way(municipality, year) for way in _ways]
