"""What the templates of the plan need besides those of all documents."""

import re
from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from plans.bodies import CriterionLine, ListedTable, ResolutionLine
from plans.content import Chapter
from plans.drawing import own_text
from plans.numbering import Numbering, sheet_anchor
from plans.targets import TargetFigure, target_figures
from printing.templatetags.papers import MARK, heading_html

register = template.Library()
LINE, AROUND, THIRD = 10.5, 7, 230  # points: a line of a table, the room around a row, a third of a page

TABLE_MM, LETTER_MM = 168, 1.5  # width of a table and of a letter in its head, with the gap behind it
WORD_END = re.compile(r"[\s/-]+")


@register.filter
def eigener_text(chapter: Chapter) -> SafeString:
    """The planner's own text of a chapter for the screen."""
    return own_text(chapter)


@register.filter
def gemeinsam(rows: Sequence[Any], name: str) -> str:
    """The text that several rows have in common, so that it is said once below them; empty where they differ."""
    texts = {str(getattr(row, name)) for row in rows}
    return texts.pop() if len(rows) > 1 and len(texts) == 1 else ""


@register.filter
def kopflegende(listed: ListedTable) -> str:
    """„1 Name, 2 Art …“ where the heads of a table have no room above its columns and numbers stand for them."""
    width = TABLE_MM / (len(listed.heads) + 1)
    words = [word for head in listed.heads for word in WORD_END.split(head)]
    if all(len(word) * LETTER_MM <= width for word in words):
        return ""
    return ", ".join(f"{number} {head}" for number, head in enumerate(listed.heads, 1)) + "."


@register.filter
def zielbilder(lines: Sequence[CriterionLine]) -> list[TargetFigure]:
    """A drawing for each criterion whose target was changed."""
    return target_figures(lines)


@register.filter
def ist_niedrig(rows: Sequence[ResolutionLine]) -> bool:
    """Whether the table of resolutions fills less than a third of a page, reckoned by its lines."""
    lines = 0
    for row in rows:
        told = [row.text, row.follows, *(f"{step.body} {step.outcome} {step.note}" for step in row.consultations)]
        lines += max(3, -(-len(row.subject) // 36) + sum(-(-len(text) // 42) for text in told if text))
    return lines * LINE + len(rows) * AROUND < THIRD


@register.filter
def anker(code: str) -> str:
    """Where the sheet of a measure stands, for a link to it."""
    return sheet_anchor(code)


@register.simple_tag(takes_context=True)
def blatt(context: Context, measure: Any) -> SafeString:
    """The heading of a measure's sheet, to which the register leads."""
    numbers: Numbering = context["nummern"]
    return heading_html(context, numbers.sheet(measure.code, measure.title), 2, MARK if measure.example else "")
