"""A chapter as it is read on the screen: the planner's own words, then the records. Stored with a released edition."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from plans.content import Chapter, PlanContent
from plans.drawing import chapter_context
from plans.numbering import Numbering
from printing.typeset import with_breaks


def reading_page(content: PlanContent, chapter: Chapter) -> str:
    """The HTML of a chapter for the screen, below a heading of the second level; every text in it is escaped."""
    context = chapter_context(content, chapter, Numbering(chapter.code, shift=1))
    if not chapter.is_left_out:
        context["records"] = mark_safe(with_breaks(context["records"]))
    return render_to_string("plans/plan/_reading.html", context)
