"""A Kennzahl by Planungsregion or Gemeinde: the map with hatched classes, and the same as a table."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from insight.figures.area_map import WORDS, AreaRow, classed, outlines_of, said
from planning.enums import SpatialLevel
from plans import bodies
from printing.drawings.communes import AS_OF
from printing.drawings.outlines import CREDIT
from printing.drawings.value_map import value_map


@dataclass(frozen=True)
class PrintedMap:
    """A drawing, which may be empty, with its caption, and the rows of its table."""

    svg: SafeString
    caption: str
    title: str
    head: str
    unit: str
    rows: tuple[tuple[str, str, str], ...]

    @property
    def has_notes(self) -> bool:
        """True where something is said of a row."""
        return any(note for _, _, note in self.rows)


def figure_maps(ags: str, body: bodies.InventoryBody, *, with_drawings: bool = True) -> tuple[PrintedMap, ...]:
    """The maps of a plan or report, from what it holds; the outlines are those that the portal knows."""
    regions = {region.title: region.communes for region in body.regions}
    return tuple(
        printed(ags, one, regions, f"werte-{number}", with_drawings=with_drawings)
        for number, one in enumerate(body.maps, 1)
    )


def printed(
    ags: str, one: bodies.FigureMap, regions: dict[str, tuple[str, ...]], uid: str, *, with_drawings: bool
) -> PrintedMap:
    """A map with its table."""
    word, words = WORDS[SpatialLevel(one.level)]
    rows = tuple(AreaRow(row.area, row.value, row.sign, row.note) for row in one.rows)
    found = classed(rows)
    example = " Beispielwerte." if one.example else ""
    title = f"{one.indicator} nach {words}, {one.year}"
    svg = mark_safe("")
    if with_drawings:
        drawn = outlines_of(ags, one.level, regions, (row.area for row in rows))
        classes = {key: found.classes[area] for key, area in drawn.items() if area in found.classes}
        spoken = f"Karte: {title}, in {one.unit}. Die Werte nennt die Tabelle."
        regions_drawn = drawn if one.level == SpatialLevel.REGION else None
        svg = value_map(ags, classes, found.legend, uid=uid, title=spoken, regions=regions_drawn)
    caption = f"{title} ({one.unit}).{example} Umrisse vom {AS_OF}, {CREDIT}."
    table = tuple((row.area, said(row, found.places), row.note) for row in rows)
    return PrintedMap(svg, caption, f"{title}{' (Beispielwerte)' if one.example else ''}", word, one.unit, table)
