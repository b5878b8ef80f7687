"""A Kennzahl as a chart: which lines, as values or as development, and what has to be said beside it in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from insight.figures.series import Figure, Series, Value, decimal_places, meaning, shown_value
from planning.enums import SpatialLevel
from printing.drawings.axes import value_axis
from printing.drawings.lines import CONTEXT, OWN, STYLES, Line, Point, draw_lines, lines_svg, sample_svg
from records.display import behind
from records.templatetags.german import number

MOST_LINES = len(STYLES)
WIDE = (SpatialLevel.DISTRICT, SpatialLevel.STATE)
UNLIKE = 4  # areas whose greatest values differ by more than this factor are shown as development
HUNDRED = Decimal(100)
# Width, height, text size, and whether names stand at the ends of the lines.
SIZES = {
    "wide": (800, 360, 14, True),
    "narrow": (340, 300, 13, True),
    "small": (300, 150, 12, False),
    "print": (228, 118, 7, True),
}


@dataclass(frozen=True)
class Drawn:
    """A series with its style, and its numbers as they are drawn."""

    series: Series
    style: int
    numbers: dict[int, Decimal]

    @property
    def sample(self) -> SafeString:
        """The line in the legend."""
        return sample_svg(self.style)


@dataclass(frozen=True)
class Chart:
    """What is drawn; ``bases`` are the years that are 100 where development is shown, one between two breaks each."""

    figure: Figure
    drawn: tuple[Drawn, ...]
    bases: tuple[int, ...]
    left_out: int

    @property
    def base_year(self) -> int | None:
        """The first year that is 100."""
        return self.bases[0] if self.bases else None

    @property
    def unit(self) -> str:
        """What the values are counted in: „2012 = 100, neu 2022 = 100“."""
        first, *later = [f"{year} = 100" for year in self.bases] or [self.figure.unit]
        return ", neu ".join([first, *later])

    @property
    def series(self) -> list[Series]:
        """The areas shown."""
        return [drawn.series for drawn in self.drawn]

    @property
    def places(self) -> int:
        """Decimals of the values shown."""
        return decimal_places(number for series in self.series for number in series.numbers.values())

    @property
    def title(self) -> str:
        """What the chart shows, in one line."""
        years = sorted({year for series in self.series for year in series.by_year})
        period = f"{years[0]} bis {years[-1]}" if len(years) > 1 else str(years[0]) if years else ""
        return f"{self.figure.title}, {period}"

    @property
    def description(self) -> str:
        """Unit of the values, base of what is drawn, and gist of every line, for readers who do not see it."""
        has_unit = self.figure.unit and any(series.numbers for series in self.series)
        told = [f"Einheit: {self.figure.unit}"] if has_unit else []
        told += [f"Gezeichnet ist die Entwicklung, {self.unit}"] if self.bases else []
        return ". ".join([*told, *map(self.gist, self.series)])

    def gist(self, series: Series) -> str:
        """„Kyffhäuserkreis: sinkt von 79 000 (2011) auf 75 700 (2017)“."""
        years = sorted(year for year in series.numbers if year >= series.comparable_from)
        if not years:
            return f"{series.area}: kein Wert"
        begin, end = (shown_value(series.numbers[year], self.places) for year in (years[0], years[-1]))
        if len(years) == 1:
            return f"{series.area}: {end} ({years[0]})"
        if begin == end:
            return f"{series.area}: beträgt {years[0]} und {years[-1]} je {end}"
        verb = "steigt" if series.numbers[years[-1]] > series.numbers[years[0]] else "sinkt"
        return f"{series.area}: {verb} von {begin} ({years[0]}) auf {end} ({years[-1]})"

    @property
    def notes(self) -> list[str]:
        """What the drawing does not say by itself."""
        return [*self.axis_notes(), *self.series_notes(), *self.sign_notes()]

    def axis_notes(self) -> list[str]:
        """Where the axis begins, and what is shown instead of values."""
        notes = []
        if self.base_year:
            notes.append(
                f"Gezeigt wird die Entwicklung: Der Wert von {self.base_year} ist überall 100; 110 heißt "
                "10 Prozent mehr als damals. So lassen sich Gebiete verschiedener Größe vergleichen."
            )
        notes += [
            f"Seitdem anders gezählt wird, beginnt die Entwicklung neu: {year} ist überall 100."
            for year in self.bases[1:]
        ]
        numbers = [number for drawn in self.drawn for number in drawn.numbers.values()]
        axis = value_axis(numbers) if numbers else None
        if axis and axis.is_broken and axis.low > 0:
            begin = shown_value(axis.low, decimal_places([axis.low]))
            notes.append(
                f"Die senkrechte Achse beginnt bei {begin}, nicht bei null; Unterschiede sehen dadurch größer aus."
            )
        return notes

    def series_notes(self) -> list[str]:
        """Breaks, repeated years, and lines that are left out."""
        notes = [
            f"{areas}, ab {year}: {words} Über diese Stelle hinweg ist kein Vergleich möglich."
            for areas, year, words in told_breaks(
                (series.area, year, words)
                for series in self.series
                for year, words in series.counted_otherwise
                if year in series.years_between
            )
        ]
        notes += [
            f"{series.area}: ab {year} aus einer anderen Quelle ({source}). Dort ist die Linie unterbrochen: "
            "Davor und danach kann anders gezählt worden sein."
            for series in self.series
            for year, source in series.breaks.items()
        ]
        for series in self.series:
            years = [value.year for value in series.values]
            notes += [
                f"{series.area} {year}: mehrere Werte eingetragen, gezeichnet ist der letzte."
                for year in sorted({year for year in years if years.count(year) > 1})
            ]
        if self.left_out:
            notes.append(f"Höchstens {MOST_LINES} Linien sind zu unterscheiden; {self.left_out} weitere fehlen hier.")
        return notes

    def sign_notes(self) -> list[str]:
        """The signs that occur, with what they mean."""
        signs = {value.sign: value for series in self.series for value in series.by_year.values() if value.sign}
        said = [f"„{value.printed_sign}“ heißt: {meaning(sign)}" for sign, value in sorted(signs.items())]
        return [f"{'; '.join(said)}. Die Linie ist dort unterbrochen, es ist keine Null."] if said else []

    def lines(self) -> list[Line]:
        """What the drawing needs."""
        return [
            Line(
                drawn.series.area,
                drawn.style,
                tuple(self.point(drawn, value) for _, value in sorted(drawn.series.by_year.items())),
                frozenset(
                    [*drawn.series.breaks, *(breaks_in(self.series) if self.bases else breaks_in([drawn.series]))]
                ),
            )
            for drawn in self.drawn
        ]

    def point(self, drawn: Drawn, value: Value) -> Point:
        """A year of a line with its name."""
        place = f"{drawn.series.area} {value.year}"
        if value.value is None:
            return Point(value.year, None, value.printed_sign, f"{place}: {meaning(value.sign)}")
        if value.year not in drawn.numbers:
            return Point(value.year, None, "", f"{place}: anders gezählt")
        text = f"{place}: {behind(shown_value(value.value, self.places), self.figure.unit)}"
        if self.base_year:
            text += f" ({shown_value(drawn.numbers[value.year], 1)})"
        return Point(value.year, drawn.numbers[value.year], "", text)


def told_breaks(rows: Iterable[tuple[str, int, str]]) -> Iterator[tuple[str, int, str]]:
    """Areas, year and words of breaks, areas of which the same is said together."""
    found: dict[tuple[int, str], list[str]] = {}
    for area, year, words in rows:
        found.setdefault((year, words), []).append(area)
    for (year, words), areas in found.items():
        yield " und ".join(areas), year, words


def base_years(series: Sequence[Series]) -> tuple[int, ...]:
    """For each time in which all is counted alike its first year for which every area has a number above zero.

    Nothing where development makes no sense: a number is missing, or there is no later one.
    """
    numbers = [found.numbers for found in series if found.numbers]
    if len(numbers) != len(series) or not numbers:
        return ()
    common = sorted(set(numbers[0]).intersection(*numbers[1:]))
    starts = breaks_in(series)
    firsts = {sum(start <= year for start in starts): year for year in reversed(common)}
    bases = tuple(firsts[time] for time in sorted(firsts))
    later = any(year > base for base in bases[:1] for found in numbers for year in found)
    return bases if later and all(found[base] > 0 for found in numbers for base in bases) else ()


def breaks_in(series: Iterable[Series]) -> list[int]:
    """The years since when some area is counted otherwise."""
    return sorted({year for row in series for year, _ in row.counted_otherwise if year in row.years_between})


def developed(numbers: Mapping[int, Decimal], bases: Sequence[int], starts: Sequence[int]) -> dict[int, Decimal]:
    """The numbers as development since the base of their time; those of a time without one are left out."""
    of_time = {sum(start <= base for start in starts): base for base in bases}
    times = {year: sum(start <= year for start in starts) for year in numbers}
    return {
        year: number * HUNDRED / numbers[of_time[times[year]]]
        for year, number in numbers.items()
        if times[year] in of_time
    }


def are_unlike(series: Sequence[Series]) -> bool:
    """True where one area would press the lines of the others flat."""
    greatest = [max(found.numbers.values()) for found in series if found.numbers]
    return len(greatest) > 1 and min(greatest) > 0 and max(greatest) > UNLIKE * min(greatest)


def first_choice(figure: Figure) -> list[Series]:
    """The municipality and Thüringen; smaller areas where there are no others."""
    return [series for series in figure.series if series.level in WIDE] or list(figure.series[:MOST_LINES])


def chart_of(figure: Figure, keys: Sequence[str] = (), development: bool | None = None) -> Chart:
    """The areas that ``keys`` name (default: a first choice); as development where asked, or where sizes differ much.

    Without ``development`` given, areas of very different size decide.
    """
    chosen = [series for series in figure.series if series.key in keys] or first_choice(figure)
    shown, styles = chosen[:MOST_LINES], style_numbers(chosen[:MOST_LINES])
    bases = base_years(shown) if development or (development is None and are_unlike(shown)) else ()
    starts = breaks_in(shown)
    drawn = [
        Drawn(series, style, developed(series.numbers, bases, starts) if bases else series.numbers)
        for series, style in zip(shown, styles, strict=True)
    ]
    return Chart(figure, tuple(drawn), bases, len(chosen) - len(shown))


def style_numbers(series: Sequence[Series]) -> list[int]:
    """Solid for the first own area, dashed with hollow squares for Thüringen, the others for the rest."""
    others = iter([*range(CONTEXT + 1, MOST_LINES), CONTEXT])
    own = next((found for found in series if not found.is_context), None)
    context = next((found for found in series if found.is_context), None)
    return [OWN if found is own else CONTEXT if found is context else next(others) for found in series]


def chart_svg(chart: Chart, form: str, uid: str, *, alone: bool = False) -> SafeString:
    """The drawing in one of SIZES; the small one is decoration beside its words."""
    width, height, size, names = SIZES[form]
    drawing = draw_lines(
        chart.lines(),
        in_words=number,
        uid=uid,
        title=chart.title if names else "",
        description=chart.description,
        unit=chart.unit if names else "",
        width=width,
        height=height,
        size=size,
        names=names,
    )
    return lines_svg(drawing, alone=alone)
