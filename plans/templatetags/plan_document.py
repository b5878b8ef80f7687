"""What the templates of the plan need besides those of all documents."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from plans.content import Chapter
from plans.drawing import own_text
from plans.numbering import Numbering, sheet_anchor
from printing.templatetags.papers import MARK, heading_html

register = template.Library()


@register.filter
def eigener_text(chapter: Chapter) -> SafeString:
    """The planner's own text of a chapter for the screen."""
    return own_text(chapter)


@register.filter
def anker(code: str) -> str:
    """Where the sheet of a measure stands, for a link to it."""
    return sheet_anchor(code)


@register.simple_tag(takes_context=True)
def blatt(context: Context, measure: Any) -> SafeString:
    """The heading of a measure's sheet; the contents list it."""
    numbers: Numbering = context["nummern"]
    return heading_html(context, numbers.sheet(measure.code, measure.title), 2, MARK if measure.example else "")
