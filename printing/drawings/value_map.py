"""A map of a Kreis whose Gemeinden are hatched by class, the denser the higher, with its legend; for print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from printing.drawings.communes import HEIGHT, WIDTH, RegionLabel, communes_of, labels_of
from printing.drawings.text import text_width

FILLS = ("dots", "rows", "diagonal", "cross")  # told apart in grey and by those who see no colour
TEXT, BOX, GAP, LINE = 8, 22, 14, 18  # size of the legend's text, width of a box, between entries, height; in points
NO_VALUE = "ohne Wert"


@dataclass(frozen=True)
class LegendEntry:
    """A box with its words."""

    fill: str
    text: str
    x: str
    y: str
    text_x: str
    text_y: str


@dataclass(frozen=True)
class ValueMap:
    """What the template writes; all numbers are ready to be written."""

    uid: str
    title: str
    width: str
    height: str
    view: str
    scale: str
    outlines: tuple[tuple[str, str], ...]
    legend: tuple[LegendEntry, ...]
    labels: tuple[RegionLabel, ...]


def value_map(
    district: str,
    classes: Mapping[str, int],
    legend: Sequence[str],
    *,
    uid: str,
    title: str,
    regions: Mapping[str, str] | None = None,
) -> SafeString:
    """The classes (0 the lowest) of Gemeinden by their key as SVG; empty where there is nothing to draw.

    ``regions`` names the Planungsregion of each Gemeinde where these are what is drawn.
    """
    content = communes_of(district)
    if content is None or not classes:
        return mark_safe("")
    scale = min(WIDTH / content["width"], HEIGHT / content["height"])
    width, height = content["width"] * scale, content["height"] * scale
    outlines = tuple((item["d"], fill_of(classes.get(item["ags"]))) for item in content["communes"])
    is_whole = all(fill for _, fill in outlines)
    named = [*zip(FILLS, legend, strict=False), *([] if is_whole else [("", NO_VALUE)])]
    entries = legend_of(named, width=WIDTH, top=height + 8)
    full = max(width, WIDTH), float(entries[-1].y) + LINE
    shape = ValueMap(
        uid,
        title,
        f"{full[0]:.1f}",
        f"{full[1]:.1f}",
        f"-1 -1 {full[0] + 2:.1f} {full[1] + 2:.1f}",
        f"{scale:.4f}",
        outlines,
        entries,
        labels_of(content, regions, list(dict.fromkeys(regions.values())), scale) if regions else (),
    )
    return mark_safe(render_to_string("printing/drawings/_value_map.html", {"map": shape}))  # made by a template


def fill_of(number: int | None) -> str:
    """The hatching of a class; none without a value."""
    return "" if number is None else FILLS[number]


def legend_of(named: Sequence[tuple[str, str]], *, width: float, top: float) -> tuple[LegendEntry, ...]:
    """Boxes with words side by side, on as many lines as they need."""
    found, x, y = [], 0.0, top
    for fill, text in named:
        needed = BOX + 4 + text_width(text, TEXT, 400)
        if x and x + needed > width:
            x, y = 0.0, y + LINE
        found.append(LegendEntry(fill, text, *(f"{number:.1f}" for number in (x, y, x + BOX + 4, y + 9))))
        x += needed + GAP
    return tuple(found)
