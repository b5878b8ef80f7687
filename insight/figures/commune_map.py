"""A Kennzahl on the map of the municipality: its Gemeinden in four classes, the latest year that has values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Municipality
from insight.figures.series import Figure, decimal_places, shown_value
from planning.enums import SpatialLevel
from printing.drawings.communes import AS_OF, communes_of, plain_name

STEPS = ("0.1", "0.35", "0.6", "0.9")  # how strong the ink of each class is
LEAST = 3  # Gemeinden with a number; fewer are no map


@dataclass(frozen=True)
class Shape:
    """An outline; without a value it is not filled."""

    path: str
    opacity: str
    name: str


@dataclass(frozen=True)
class CommuneMap:
    """What the template draws, and the same as a table."""

    year: int
    width: int
    height: int
    shapes: tuple[Shape, ...]
    legend: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    credit: str
    as_of: str = AS_OF


def commune_map(figure: Figure, municipality: Municipality) -> CommuneMap | None:
    """The map, or None where too few Gemeinden have a number or nobody knows their outlines."""
    content = communes_of(municipality.ags)
    series = [row for row in figure.series if row.level == SpatialLevel.COMMUNE and row.numbers]
    year = max((year for row in series for year in row.numbers), default=None)
    if content is None or year is None:
        return None
    keys = {plain_name(name): ags for name, ags in content["names"].items()}
    values = {
        ags: (row.area, row.numbers[year])
        for row in series
        if year in row.numbers and (ags := keys.get(plain_name(row.area)))
    }
    if len(values) < LEAST:
        return None
    limits = limits_of(sorted(number for _, number in values.values()))
    places = decimal_places(number for _, number in values.values())
    shapes = [shape(item["d"], values.get(item["ags"]), limits, places) for item in content["communes"]]
    rows = tuple((name, shown_value(number, places)) for name, number in values.values())
    return CommuneMap(
        year,
        content["width"],
        content["height"],
        tuple(shapes),
        tuple(legend_of(limits, [number for _, number in values.values()], places)),
        rows,
        content["credit"],
    )


def limits_of(numbers: Sequence[Decimal]) -> list[Decimal]:
    """The greatest number of each class; equal numbers are of one class."""
    last = len(numbers) - 1
    return sorted({numbers[last * part // len(STEPS)] for part in range(1, len(STEPS) + 1)})


def class_of(number: Decimal, limits: Sequence[Decimal]) -> int:
    """The class of a number."""
    return next(position for position, limit in enumerate(limits) if number <= limit)


def shape(path: str, known: tuple[str, Decimal] | None, limits: Sequence[Decimal], places: int) -> Shape:
    """An outline with its name and value."""
    if known is None:
        return Shape(path, "0", "ohne Wert")
    name, number = known
    return Shape(path, STEPS[class_of(number, limits)], f"{name}: {shown_value(number, places)}")


def legend_of(limits: Sequence[Decimal], numbers: Sequence[Decimal], places: int) -> Iterable[tuple[str, str]]:
    """For each class its ink, and from which number to which."""
    for position in range(len(limits)):
        own = [number for number in numbers if class_of(number, limits) == position]
        low, high = shown_value(min(own), places), shown_value(max(own), places)
        yield STEPS[position], low if low == high else f"{low} bis {high}"
