"""Marks of the timeline on the page, as SVG text.

Written here and not in the template: 300 marks cost 24 ms as template nodes and 2 ms as strings. Only titles, labels
and addresses come from people; they pass ``escape``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.safestring import SafeString, mark_safe

from insight.timeline.entries import HURDLES, TimelineEntry
from insight.timeline.layout import Scale, Span, span_of

BAR, MARK = 12, 15
OPEN_FADE, LEAST_BRACKET = 46, 26


def at(value: float) -> str:
    """A coordinate with at most one decimal, always with a point."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Label:
    """The words beside a mark; ``anchor`` is start or end."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Spot:
    """Where a mark stands that is part of a chain."""

    chain: str
    x: float
    y: float


def chain_paths(spots: Iterable[Spot]) -> tuple[str, ...]:
    """The lines that lead from mark to mark, one for each chain with more than one."""
    chains: dict[str, list[Spot]] = {}
    for spot in spots:
        chains.setdefault(spot.chain, []).append(spot)
    several = (sorted(found, key=lambda spot: spot.x) for found in chains.values() if len(found) > 1)
    return tuple("M" + "L".join(f"{at(spot.x)} {at(spot.y)}" for spot in found) for found in several)


def shape_path(shape: str, x: float, y: float) -> str:
    """Circle session, square participation, diamond resolution, triangle milestone; 15 units wide."""
    half = MARK / 2
    if shape == "session":
        return f"M{at(x - half)} {at(y)}a{half} {half} 0 1 0 {MARK} 0a{half} {half} 0 1 0-{MARK} 0z"
    if shape == "participation":
        return f"M{at(x - 7)} {at(y - 7)}h14v14h-14z"
    if shape == "resolution":
        return f"M{at(x)} {at(y - 9.5)}l9.5 9.5-9.5 9.5-9.5-9.5z"
    return f"M{at(x)} {at(y - 9)}l9.5 16.5h-19z"


def rectangle(left: float, right: float, y: float) -> str:
    """A bar's path, centred at ``y``."""
    return f"M{at(left)} {at(y - BAR / 2)}H{at(right)}v{BAR}H{at(left)}z"


def point_extent(entry: TimelineEntry, scale: Scale) -> tuple[float, float]:
    """Left and right of a point: the mark, or the bracket over the span in which it may lie (mark in its middle)."""
    moment = entry.moment
    if not moment.is_vague:
        middle = min(max(scale.x(moment.first), scale.left + 9), scale.right - 9)
        return middle - MARK / 2, middle + MARK / 2
    left, right = scale.x(moment.first) + 2, scale.x(entry.last_day) - 2
    middle = (left + right) / 2
    half = max((right - left) / 2, LEAST_BRACKET / 2)
    middle = min(max(middle, scale.left + half + 1), scale.right - half - 1)
    return middle - half, middle + half


def bar_extent(span: Span, scale: Scale) -> tuple[float, float]:
    """Left and right of a period, at least as wide as a mark, inside the drawing."""
    left = scale.x(span.start)
    right = min(scale.x(span.solid_to) + OPEN_FADE, scale.right) if span.is_open else scale.x(span.stop)
    left = min(left, scale.right - MARK)
    return left, max(right, left + MARK)


@dataclass(frozen=True)
class Figure:
    """An entry on the scale: left and right of its mark; ``span`` only for periods."""

    entry: TimelineEntry
    left: float
    right: float
    span: Span | None


def figure_of(entry: TimelineEntry, scale: Scale, today: date) -> Figure:
    """Where the entry lies, before its row is known."""
    if entry.is_point:
        return Figure(entry, *point_extent(entry, scale), None)
    span = span_of(entry, today)
    return Figure(entry, *bar_extent(span, scale), span)


def point_svg(figure: Figure, scale: Scale, y: float) -> str:
    """A mark, with a bracket over the span of a vague date, open where the span goes on outside the drawing."""
    entry, bracket = figure.entry, ""
    if entry.moment.is_vague:
        a, b, top = at(figure.left), at(figure.right), at(y - 5)
        left = f"M{a} {top}v10" if scale.covers(entry.moment.first) else ""
        right = f"M{b} {top}v10" if scale.covers(entry.last_day) else ""
        bracket = f'<path class="fuzz" d="{left}M{a} {at(y)}H{b}{right}"/>'
    css = "pt exp" if entry.expected else "pt"
    return f'{bracket}<path class="{css}" d="{shape_path(entry.shape, (figure.left + figure.right) / 2, y)}"/>'


def bar_svg(figure: Figure, span: Span, scale: Scale, y: float, uid: str) -> str:
    """A bar with gradients over exactly the spans of uncertainty; an open end fades and carries a chevron."""
    entry, left, right = figure.entry, figure.left, figure.right
    if entry.lane == HURDLES:
        return f'<path d="{rectangle(left, right, y)}" fill="url(#{uid}-h)" mask="url(#{uid}-m)"/>'
    if entry.expected:
        return f'<path class="bar-exp" d="{rectangle(left + 1, right - 1, y)}"/>'
    solid_from = min(max(scale.x(span.solid_from), left), right)
    fades = span.is_open and scale.covers(span.solid_to)
    solid_to = right - OPEN_FADE if fades else scale.x(span.solid_to)
    solid_to = min(max(solid_to, solid_from), right)
    parts = []
    if solid_from - left > 0.5:
        parts.append(f'<path fill="url(#{uid}-l)" d="{rectangle(left, solid_from + 0.4, y)}"/>')
    if solid_to - solid_from > 0.5:
        parts.append(f'<path class="bar" d="{rectangle(solid_from, solid_to, y)}"/>')
    if right - solid_to > 0.5:
        parts.append(f'<path fill="url(#{uid}-r)" d="{rectangle(solid_to - 0.4, right, y)}"/>')
    if fades:
        parts.append(f'<path class="fuzz" d="M{at(right - 9)} {at(y - 4)}l5 4-5 4"/>')
    return "".join(parts)


def mark_svg(figure: Figure, label: Label, scale: Scale, y: float, uid: str) -> SafeString:
    """One entry as a link with its mark, its name for the tooltip, and its label."""
    entry, span = figure.entry, figure.span
    drawing = point_svg(figure, scale, y) if span is None else bar_svg(figure, span, scale, y, uid)
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    return mark_safe(
        f'<a href="{escape(entry.url)}"><title>{escape(entry.name)}</title>{drawing}'
        f'<text x="{at(label.x)}" y="{at(label.y)}"{anchor}>{escape(label.text)}</text></a>'
    )
