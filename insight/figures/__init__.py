"""Kennzahlen over the years: their values, which areas are shown together, and how they are drawn."""

from insight.figures.chart import Chart, chart_of, chart_svg
from insight.figures.series import Figure, Series, Value, decimal_places, shown_value

__all__ = ["Chart", "Figure", "Series", "Value", "chart_of", "chart_svg", "decimal_places", "shown_value"]
