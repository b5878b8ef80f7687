"""Targets and actual values of a criterion: a bar for each year, and a stroke for every target that was agreed.

The target that counts is a full stroke, those before it are broken ones; each carries its number, so that nothing is
told by a colour. The same values stand as text beside the drawing. Units of the drawing are pixels, or points in print.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from printing.drawings.text import text_width

WIDTH, LABEL, ROW = 360, 44, 46
SPACE, TEXT_SIZE, BOLD, LEAST = 10, 12, 600, 80


@dataclass(frozen=True)
class TargetYear:
    """A year: every target in the order in which it was agreed, and the actual value."""

    label: str
    targets: tuple[Decimal, ...]
    actual: Decimal | None


@dataclass(frozen=True)
class Stroke:
    """A target in place; ``is_old`` where another one followed it."""

    x: float
    text: str
    is_old: bool
    is_first: bool


@dataclass(frozen=True)
class DrawnYear:
    """A year in place."""

    label: str
    y: int
    width: float
    actual: str
    text_x: float
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True)
class Targets:
    """Everything the template writes."""

    uid: str
    title: str
    description: str
    height: int
    years: tuple[DrawnYear, ...]


def draw_targets(years: Sequence[TargetYear], *, say: Callable[[Decimal], str], uid: str, title: str) -> Targets | None:
    """The years one under another; None where nobody said a number."""
    numbers = [abs(n) for year in years for n in (*year.targets, year.actual) if n is not None]
    if not numbers:
        return None
    most = max(numbers) or Decimal(1)
    said = [f"Ist {say(year.actual)}" for year in years if year.actual is not None]
    widest = max((text_width(text, TEXT_SIZE, BOLD) for text in said), default=0)
    room = max(WIDTH - LABEL - 2 * SPACE - widest, LEAST)

    def place(number: Decimal) -> float:
        return round(float(max(number, Decimal(0)) / most) * room, 1)

    drawn = tuple(
        DrawnYear(
            year.label,
            at * ROW + 22,
            0.0 if year.actual is None else place(year.actual),
            "" if year.actual is None else say(year.actual),
            LABEL + max(place(number) for number in (*year.targets, year.actual or Decimal(0))) + SPACE,
            tuple(
                Stroke(LABEL + place(number), say(number), is_old=count < len(year.targets), is_first=count == 1)
                for count, number in enumerate(year.targets, start=1)
            ),
        )
        for at, year in enumerate(years)
    )
    return Targets(uid, title, " ".join(in_words(year, say) for year in years), len(drawn) * ROW + 4, drawn)


def in_words(year: TargetYear, say: Callable[[Decimal], str]) -> str:
    """„2018: Ziel 40 Familien, geändert auf 35 Familien; Ist 33 Familien.“"""
    targets = ", geändert auf ".join(map(say, year.targets)) or "ohne Angabe"
    return f"{year.label}: Ziel {targets}; Ist {'ohne Angabe' if year.actual is None else say(year.actual)}."


def targets_svg(targets: Targets | None) -> SafeString:
    """The drawing; nothing where there is nothing to draw."""
    if targets is None:
        return mark_safe("")
    return mark_safe(render_to_string("printing/drawings/_targets.html", {"targets": targets}))
