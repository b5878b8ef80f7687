"""Kennzahlen as a matrix: a row for each Kennzahl and area, a column for each of the last years."""

from collections.abc import Collection
from dataclasses import dataclass

from plans.bodies import Figure
from printing.templatetags.papers import DASH, zahl

MOST_YEARS, FEW_YEARS = 5, 4  # columns; fewer where numbers are in millions
LONG = 9  # signs of „2 196 000“


@dataclass(frozen=True)
class FigureRow:
    """A Kennzahl in an area. ``cells`` follow the table's years; an empty one is a year of which nothing is said."""

    indicator: str
    unit: str
    area: str
    cells: tuple[str, ...]
    earlier: str
    is_first: bool
    example: bool


@dataclass(frozen=True)
class FigureTable:
    """The rows below their years."""

    years: tuple[int, ...]
    rows: tuple[FigureRow, ...]

    @property
    def has_earlier(self) -> bool:
        """True where values are older than the columns."""
        return any(row.earlier for row in self.rows)

    @property
    def has_large(self) -> bool:
        """True where numbers need wider columns than those of up to four digits."""
        return self.widest > 5

    @property
    def widest(self) -> int:
        """Signs of the longest number."""
        return max((len(cell) for row in self.rows for cell in row.cells), default=0)

    @property
    def all_examples(self) -> bool:
        """True where every row is invented; the caption says so."""
        return all(row.example for row in self.rows)


def figure_table(figures: tuple[Figure, ...], drawn: Collection[tuple[str, str]] = ()) -> FigureTable | None:
    """The table, None without figures. Values before its years are listed where no chart (``drawn``) shows them."""
    if not figures:
        return None
    most = FEW_YEARS if any(len(written(figure)) >= LONG for figure in figures) else MOST_YEARS
    years = tuple(sorted({figure.year for figure in figures if figure.year is not None})[-most:])
    series: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in figures:
        series.setdefault((figure.indicator, figure.unit, figure.area), []).append(figure)
    rows: list[FigureRow] = []
    for (indicator, unit, area), values in series.items():
        shown = {value.year: written(value) for value in values}
        older = [value for value in values if value.year not in years and (indicator, unit) not in drawn]
        if not older and not shown.keys() & {*years}:
            older = values[-1:]  # a row says something
        rows.append(
            FigureRow(
                indicator,
                unit,
                area,
                tuple(shown.get(year, DASH) for year in years),
                "\n".join(f"{value.year or DASH}: {written(value)}" for value in older),
                is_first=not rows or (rows[-1].indicator, rows[-1].unit) != (indicator, unit),
                example=all(value.example for value in values),
            )
        )
    return FigureTable(years, tuple(rows))


def written(figure: Figure) -> str:
    """The number, or the sign that the statistics print instead."""
    text = figure.sign or zahl(figure.value)
    return f"({text})" if figure.uncertain else text
