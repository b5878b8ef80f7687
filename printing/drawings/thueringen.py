"""The map of Thüringen: 22 districts and towns, a state of each as a pattern (docs/product.md §11, Map).

The map says where, the table says what: it never ranks, and every pattern stands in the legend with a word.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from printing.drawings.outlines import OUTLINES

PATTERNS = ("empty", "dots", "dense", "diagonal", "cross", "rows", "solid", "stars")  # in the order of darkness
DARK = frozenset({"solid", "stars"})


@dataclass(frozen=True)
class MapArea:
    """What the map shows of a municipality: ``pattern`` is one of PATTERNS, ``state`` the word for it."""

    name: str
    url: str
    pattern: str
    state: str


@dataclass(frozen=True)
class District:
    """An outline with its state, ready for the template; ``fill`` is the pattern's id or empty for a plain class."""

    ags: str
    short: str
    x: int
    y: int
    d: str
    area: MapArea

    @property
    def is_dark(self) -> bool:
        """True where the label must be inverse."""
        return self.area.pattern in DARK


@dataclass(frozen=True)
class Legend:
    """A pattern with its word; the link filters the table."""

    pattern: str
    label: str
    url: str
    count: int


@dataclass(frozen=True)
class StateMap:
    """The map with legend and credit; ``uid`` keeps ids unique."""

    uid: str
    title: str
    description: str
    width: int
    height: int
    credit: str
    districts: tuple[District, ...]
    legend: tuple[Legend, ...]


@cache
def outlines() -> dict[str, Any]:
    """The committed outlines, read once."""
    content: dict[str, Any] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return content


def draw_map(
    areas: Mapping[str, MapArea], legend: Sequence[Legend], *, description: str, uid: str = "karte"
) -> StateMap:
    """The map for areas by official key (AGS); a district without an entry is left empty and has no link."""
    content = outlines()
    districts = tuple(
        District(**item, area=areas.get(item["ags"], MapArea("", "", "empty", ""))) for item in content["districts"]
    )
    return StateMap(
        uid=uid,
        title="Landkreise und kreisfreie Städte in Thüringen",
        description=f"{description} Dieselben Angaben stehen in der Tabelle.",
        width=content["width"],
        height=content["height"],
        credit=content["credit"],
        districts=districts,
        legend=tuple(legend),
    )
