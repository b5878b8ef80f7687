"""Targets that were agreed otherwise, as drawings: every one of them, with what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from plans import bodies
from printing.drawings.targets import TargetYear, draw_targets, targets_svg
from records.display import with_unit


@dataclass(frozen=True)
class TargetFigure:
    """A criterion whose target was changed; ``changes`` are year and change."""

    caption: str
    svg: SafeString
    changes: tuple[tuple[int | None, bodies.TargetChange], ...]


def target_figures(lines: Iterable[bodies.CriterionLine]) -> list[TargetFigure]:
    """A drawing for each criterion of which some target was changed."""
    found: dict[tuple[str, str], list[bodies.CriterionLine]] = {}
    for line in lines:
        found.setdefault((line.measure, line.named), []).append(line)
    return [
        figure_of(number, years)
        for number, years in enumerate(found.values(), start=1)
        if any(line.changes for line in years)
    ]


def figure_of(number: int, lines: list[bodies.CriterionLine]) -> TargetFigure:
    """All years of a criterion in one drawing."""
    first = lines[0]
    title = f"{first.measure}, {first.named}"
    years = [TargetYear(str(line.year or "–"), line.targets, line.actual) for line in lines]
    drawn = draw_targets(years, say=lambda n: with_unit(n, first.unit), uid=f"zielwert-{number}", title=title)
    example = " Beispielwerte." if all(line.example for line in lines) else ""
    caption = f"{title}: vereinbarte Zielwerte, frühere gestrichelt, und Ist-Werte.{example}"
    changes = tuple((line.year, change) for line in lines for change in line.changes)
    return TargetFigure(caption, targets_svg(drawn), changes)
