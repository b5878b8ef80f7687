"""The longer series of Kennzahlen in the chapter Bestand as small charts, two side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from insight.figures import Figure, Series, Value, chart_of, chart_svg
from insight.figures.series import in_order
from plans import bodies

LONG = 3  # so many numbers make a line
DEVELOPMENT, AXIS = "Gezeigt wird die Entwicklung", "Die senkrechte Achse beginnt"  # notes of insight.figures.chart
GENERAL = (DEVELOPMENT, AXIS)


@dataclass(frozen=True)
class PlanChart:
    """A drawing with the words of its caption; ``notes`` say how to read it."""

    svg: SafeString
    title: str
    notes: tuple[str, ...]
    key: tuple[str, str]  # Kennzahl and unit

    @property
    def caption(self) -> str:
        """The whole caption."""
        return " ".join([self.title, *self.notes])

    @property
    def short_caption(self) -> str:
        """The caption where ``how_to_read`` stands above the charts."""
        return " ".join([self.title, *(note for note in self.notes if not note.startswith(GENERAL))])


def figure_charts(rows: tuple[bodies.Figure, ...], notes: tuple[bodies.FigureNote, ...]) -> tuple[PlanChart, ...]:
    """A chart for each Kennzahl of which some area has a longer series."""
    breaks: dict[tuple[str, str, str, str], list[tuple[int, str]]] = {}
    for note in notes:
        for one in note.breaks:
            breaks.setdefault((note.indicator, note.unit, one.level, one.area), []).append((one.year, one.words))
    found: dict[tuple[str, str], dict[tuple[str, str], list[Value]]] = {}
    for row in rows:
        if row.year is None:
            continue  # an edition of another time may lack it
        source = row.data_source or ("" if row.uid else row.source)  # what is published is no record
        value = Value(0, row.year, row.value, row.sign, source, row.contradiction, row.example)
        found.setdefault((row.indicator, row.unit), {}).setdefault((row.level, row.area), []).append(value)
    charts: list[PlanChart] = []
    for (title, unit), areas in found.items():
        series = in_order(
            Series(level, area, tuple(values), "", tuple(breaks.get((title, unit, level, area), ())))
            for (level, area), values in areas.items()
        )
        chart = chart_of(Figure(0, title, unit, "", "", "", series))
        if any(len(shown.numbers) >= LONG for shown in chart.series):
            example = " Beispielwerte." if chart.figure.is_example else ""
            svg = chart_svg(chart, "print", f"kennzahl-{len(charts) + 1}", alone=True)
            charts.append(PlanChart(svg, f"{chart.title} ({unit}).{example}", tuple(chart.notes), (title, unit)))
    return tuple(charts)


def how_to_read(charts: Iterable[PlanChart]) -> str:
    """The sentences that each of the charts would repeat."""
    notes = [note for chart in charts for note in chart.notes]
    said = ["Die Abbildungen zeigen die längeren Reihen ganz."]
    if any(note.startswith(DEVELOPMENT) for note in notes):
        said.append(
            "Wo „= 100“ über der Achse steht, ist die Entwicklung gezeichnet, damit Gebiete verschiedener Größe "
            "nebeneinander stehen können."
        )
    if any(note.startswith(AXIS) for note in notes):
        said.append("Eine unterbrochene senkrechte Achse beginnt nicht bei null.")
    return " ".join(said)
