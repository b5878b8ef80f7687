"""A Kennzahl on the map of the municipality: Gemeinden or Planungsregionen in four classes, the latest year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Municipality
from insight.figures.series import NO_VALUE, PRINTED, Figure, Series, decimal_places, shown_value
from planning.enums import SpatialLevel
from planning.queries.areas import communes_of_regions
from printing.drawings.communes import AS_OF, communes_of, place, plain_name

CLASSES = 4
STEPS = ("0.2", "0.45", "0.7", "0.95")  # how strong the ink of each class is on the page
LEAST = {SpatialLevel.REGION: 2, SpatialLevel.COMMUNE: 3}  # areas with a number; fewer are no map
WORDS = {SpatialLevel.COMMUNE: ("Gemeinde", "Gemeinden"), SpatialLevel.REGION: ("Planungsregion", "Planungsregionen")}


@dataclass(frozen=True)
class AreaRow:
    """An area with its number or sign in the year of the map."""

    area: str
    value: Decimal | None
    sign: str = ""
    note: str = ""


@dataclass(frozen=True)
class Classed:
    """Areas by name with their class (0 the lowest), and for each class from which number to which."""

    classes: dict[str, int]
    legend: tuple[str, ...]
    places: int


@dataclass(frozen=True)
class Shape:
    """An outline; without a value it is not filled."""

    path: str
    opacity: str
    name: str


@dataclass(frozen=True)
class AreaMap:
    """What the page draws, and the same as a table."""

    year: int
    word: str
    words: str
    width: int
    height: int
    shapes: tuple[Shape, ...]
    legend: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str, str], ...]
    credit: str
    as_of: str = AS_OF


def area_rows(series: Iterable[Series], level: str, until: int = 9999) -> tuple[int, tuple[AreaRow, ...]] | None:
    """The latest year up to ``until`` of which enough areas of the level have a number, and all that is known of it."""
    own = [row for row in series if row.level == level]
    years = {year for row in own for year in row.numbers if year <= until}
    for year in sorted(years, reverse=True):
        known = [(row.area, row.by_year[year]) for row in own if year in row.by_year]
        if sum(value.value is not None for _, value in known) >= LEAST[SpatialLevel(level)]:
            return year, tuple(AreaRow(area, value.value, value.sign, value.note) for area, value in known)
    return None


def classed(rows: Sequence[AreaRow]) -> Classed:
    """The areas in classes of about equal size; equal numbers are of one class."""
    numbers = sorted(row.value for row in rows if row.value is not None)
    last, places = len(numbers) - 1, decimal_places(numbers)
    limits = sorted({numbers[last * part // CLASSES] for part in range(1, CLASSES + 1)})
    classes = {row.area: class_of(row.value, limits) for row in rows if row.value is not None}
    spans = []
    for position in range(len(limits)):
        own = [number for number in numbers if class_of(number, limits) == position]
        low, high = shown_value(min(own), places), shown_value(max(own), places)
        spans.append(low if low == high else f"{low} bis {high}")
    return Classed(classes, tuple(spans), places)


def class_of(number: Decimal, limits: Sequence[Decimal]) -> int:
    """The class of a number."""
    return next(position for position, limit in enumerate(limits) if number <= limit)


def outlines_of(ags: str, level: str, regions: Mapping[str, Iterable[str]], areas: Iterable[str]) -> dict[str, str]:
    """The name of the area to which each outline belongs, by its key; empty where nobody knows the outlines.

    ``regions`` are the names of the Gemeinden of each Planungsregion.
    """
    content = communes_of(ags)
    if content is None:
        return {}
    if level == SpatialLevel.REGION:
        known = set(areas)
        return {key: title for key, title in place(content, regions).items() if title in known}
    keys = {plain_name(name): key for name, key in content["names"].items()}
    return {keys[plain_name(area)]: area for area in areas if plain_name(area) in keys}


def area_maps(figure: Figure, municipality: Municipality) -> list[AreaMap]:
    """The maps of the page: by Planungsregion (two queries) and by Gemeinde, where enough is known."""
    has_regions = any(series.level == SpatialLevel.REGION for series in figure.series)
    regions = {row.title: row.names for row in communes_of_regions(municipality)} if has_regions else {}
    return [found for level in LEAST if (found := area_map(figure, municipality, level, regions))]


def area_map(
    figure: Figure, municipality: Municipality, level: SpatialLevel, regions: Mapping[str, Iterable[str]]
) -> AreaMap | None:
    """A map with its table; without outlines (a kreisfreie Stadt) the table alone."""
    known = area_rows(figure.series, level)
    if known is None:
        return None
    year, rows = known
    found, values = classed(rows), {row.area: row for row in rows}
    content = communes_of(municipality.ags)
    drawn = outlines_of(municipality.ags, level, regions, values)
    shapes = [
        shape(item, values.get(drawn.get(item["ags"], "")), found) for item in (content or {}).get("communes", ())
    ]
    word, words = WORDS[level]
    return AreaMap(
        year,
        word,
        words,
        content["width"] if content else 0,
        content["height"] if content else 0,
        tuple(shapes) if drawn else (),
        tuple(zip(STEPS, found.legend, strict=False)),
        tuple((row.area, said(row, found.places), row.note) for row in rows),
        content["credit"] if content else "",
    )


def said(row: AreaRow, places: int) -> str:
    """The number, or what stands for it."""
    return PRINTED.get(row.sign, row.sign or NO_VALUE) if row.value is None else shown_value(row.value, places)


def shape(item: Mapping[str, str], row: AreaRow | None, found: Classed) -> Shape:
    """An outline with its name and value."""
    if row is None or row.value is None:
        return Shape(item["d"], "0", f"{row.area}: {said(row, 0)}" if row else "ohne Wert")
    return Shape(item["d"], STEPS[found.classes[row.area]], f"{row.area}: {said(row, found.places)}")
