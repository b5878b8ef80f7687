"""A chapter as it is read on the screen: the planner's own words, then the records. Stored with a released edition."""

from django.template.loader import render_to_string

from reporting.plan.content import Chapter, PlanContent
from reporting.plan.document import preview_chapter


def reading_page(content: PlanContent, chapter: Chapter) -> str:
    """The HTML of a chapter for the portal's pages, without its heading; every text in it is escaped."""
    records = "" if chapter.is_left_out else preview_chapter(content, chapter)
    return render_to_string("reporting/plan/_reading.html", {"chapter": chapter, "records": records})
