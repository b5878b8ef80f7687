"""The map of Thüringen for print: one quality as patterns that stay apart in grey, its legend inside the drawing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from printing.drawings.text import text_width
from printing.drawings.thueringen import DARK, outlines

LABEL = 19  # size of the districts' short names in drawing units
LEGEND_LINE = 34  # drawing units: 620 of them are the width of the map


@dataclass(frozen=True)
class PrintedDistrict:
    """An outline with its pattern."""

    short: str
    x: int
    y: int
    d: str
    pattern: str

    @property
    def is_dark(self) -> bool:
        """True where the label must be inverse."""
        return self.pattern in DARK

    @property
    def ground_width(self) -> int:
        """Of the white ground on which the label stands above a hatching."""
        return round(text_width(self.short, LABEL, 600)) + 8

    @property
    def ground_x(self) -> int:
        """The left edge of the ground."""
        return self.x - self.ground_width // 2

    @property
    def ground_y(self) -> int:
        """Its upper edge; ``y`` is the baseline of the label."""
        return self.y - 16


@dataclass(frozen=True)
class PrintedLegend:
    """A pattern with its word and number; ``y`` is the upper edge of its sample."""

    pattern: str
    label: str
    y: int


@dataclass(frozen=True)
class PrintedMap:
    """Everything the template writes."""

    uid: str
    title: str
    width: int
    height: int
    credit: str
    districts: tuple[PrintedDistrict, ...]
    legend: tuple[PrintedLegend, ...]


def drawn_keys() -> frozenset[str]:
    """Official keys of the outlines: the districts of today."""
    return frozenset(item["ags"] for item in outlines()["districts"])


def printed_map(states: Mapping[str, str], patterns: Sequence[tuple[str, str]], *, title: str, uid: str) -> PrintedMap:
    """States by official key; ``patterns`` are pairs of state and pattern in the order of the legend.

    A state that does not occur has no place in the legend; an outline without state stays empty.
    """
    content = outlines()
    known = dict(patterns)
    counts = Counter(states.values())
    shown = [(state, pattern) for state, pattern in patterns if counts[state]]
    legend = tuple(
        PrintedLegend(pattern, f"{state}: {counts[state]}", content["height"] + 14 + at * LEGEND_LINE)
        for at, (state, pattern) in enumerate(shown)
    )
    districts = tuple(
        PrintedDistrict(item["short"], item["x"], item["y"], item["d"], known.get(states.get(item["ags"], ""), "empty"))
        for item in content["districts"]
    )
    said = ", ".join(item.label for item in legend)
    return PrintedMap(
        uid,
        f"{title}. {said}. Dieselben Angaben stehen in der Tabelle der Kommunen.",
        content["width"],
        content["height"] + 14 + len(shown) * LEGEND_LINE,
        content["credit"],
        districts,
        legend,
    )
