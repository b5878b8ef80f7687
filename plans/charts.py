"""The longer series of Kennzahlen in the chapter Bestand as small charts, two side by side."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from insight.figures import Figure, Series, Value, chart_of, chart_svg
from insight.figures.series import in_order
from plans import bodies

LONG = 3  # so many numbers make a line


@dataclass(frozen=True)
class PlanChart:
    """A drawing with the words of its caption."""

    svg: SafeString
    caption: str
    key: tuple[str, str]  # Kennzahl and unit


def figure_charts(rows: tuple[bodies.Figure, ...]) -> tuple[PlanChart, ...]:
    """A chart for each Kennzahl of which some area has a longer series."""
    found: dict[tuple[str, str], dict[tuple[str, str], list[Value]]] = {}
    for row in rows:
        if row.year is None:
            continue  # an edition of another time may lack it
        value = Value(0, row.year, row.value, row.sign, row.data_source, row.contradiction, row.example)
        found.setdefault((row.indicator, row.unit), {}).setdefault((row.level, row.area), []).append(value)
    charts: list[PlanChart] = []
    for (title, unit), areas in found.items():
        series = in_order(Series(level, area, tuple(values)) for (level, area), values in areas.items())
        chart = chart_of(Figure(0, title, unit, "", "", "", series))
        if any(len(shown.numbers) >= LONG for shown in chart.series):
            example = ["Beispielwerte."] if chart.figure.is_example else []
            caption = " ".join([f"{chart.title} ({unit}).", *example, *chart.notes])
            svg = chart_svg(chart, "print", f"kennzahl-{len(charts) + 1}", alone=True)
            charts.append(PlanChart(svg, caption, (title, unit)))
    return tuple(charts)
