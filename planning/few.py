"""What is told of several municipalities together needs FEWEST_PLACES of them; sums from fewer are not shown.

A total is left out as well where it would say what was left out: where fewer stand behind all that is missing in it.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from planning.enums import FEWEST_PLACES

Part = TypeVar("Part")


def too_few(places: Collection[Any]) -> bool:
    """Some municipalities stand behind it, and fewer than may be told of."""
    return 0 < len(set(places)) < FEWEST_PLACES


def total_tells(every: Collection[Any], parts: Iterable[Collection[Any]]) -> bool:
    """Whether a total may be told: of all municipalities in it, and of those of the parts that are not told."""
    hidden = {place for part in parts if too_few(part) for place in part}
    return not too_few(every) and not too_few(hidden)


def told_parts(places: Mapping[Part, Collection[Any]], *, is_total_told: bool = True) -> list[Part]:
    """The parts that may stand beside their total: without those of too few, and without as many others as keep the
    rest of the total from telling of too few. ``places`` are the municipalities behind each part. Where the total is
    told nowhere (``is_total_told``), one part at least stays away, so that the others do not come to it.
    """
    told = [part for part, behind in places.items() if behind and not too_few(behind)]
    while told:
        rest = {place for part, behind in places.items() if part not in told for place in behind}
        if not too_few(rest) and (rest or is_total_told):
            break
        told.remove(min(told, key=lambda part: len(set(places[part]))))
    return told
