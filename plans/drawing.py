"""From the plan's content to HTML and PDF: chapters are drawn one by one, then put between title and contents.

A chapter numbers its own headings, tables and figures, so that it looks the same alone (preview) and in the document.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from insight.timeline import TimelineEntry, by_year, print_pages, title_strokes
from insight.timeline.paper import TimelinePage, years
from plans.bodies import ForeignBody, InventoryBody, TimelineBody
from plans.charts import figure_charts
from plans.content import TEMPLATE_VERSION, Chapter, PlanContent, fingerprint, to_json
from plans.enums import ChapterCode
from plans.numbering import Numbering
from printing.markup import to_html
from printing.numbering import Heading
from printing.render import PageImages, render_html, render_pages, render_pdf
from printing.typeset import with_breaks

# Kinds of records in the drawing; needs, goals, measures and the course of single steps would fill it with bars.
DRAWN = frozenset(
    {
        "agreement",
        "certificate",
        "entrylevel",
        "event",
        "hurdle",
        "networkevent",
        "plannerpost",
        "priorprogramme",
        "resolution",
        "session",
        "survey",
    }
)

# Opens the records of a chapter where the planner's own text has sections and the records begin without one.
OPENINGS = {
    ChapterCode.NEEDS: "Bedarfe und ihre Belege",
    ChapterCode.MEASURES: "Maßnahmen im Einzelnen",
    ChapterCode.FINANCE: "Geplante Kosten",
    ChapterCode.CONTROLLING: "Woran der Erfolg zu erkennen ist",
    ChapterCode.RESOLUTIONS: "Weg der Beratung",
}
OWN_END = "eigener-text-ende"  # id of the last block of the planner's own text, in the preview
FIRST_TAG = re.compile(r"<\w+")
MOST_PREVIEWED = 12  # pages; the longest text fills seven


@dataclass(frozen=True)
class ContentsEntry:
    """A chapter in the table of contents."""

    number: int
    anchor: str
    title: str
    headings: tuple[Heading, ...]


def entries_to_draw(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """The entries that the drawing shows: what happened in the process; every entry stands in the list."""
    return [entry for entry in entries if entry.uid.split("-")[0] in DRAWN or is_milestone_step(entry)]


def is_milestone_step(entry: TimelineEntry) -> bool:
    """True for a planning step that is an event."""
    return entry.uid.startswith("planningstep-") and entry.is_point


def timeline_pages(content: PlanContent, body: TimelineBody, table: str) -> tuple[TimelinePage, ...]:
    """The drawing on as many pages as it needs; none where nothing is dated. ``table`` lists the entries."""
    entries = entries_to_draw(body.entries)
    if not entries:
        return ()
    pages = print_pages(entries, today=content.day, list_name=table)
    return tuple(
        TimelinePage(
            page.svg,
            f"{years(page.first_year, page.last_year)} nach Phasen des Planungszyklus: Vereinbarungen, Sitzungen, "
            f"Veranstaltungen, Beschlüsse und Meilensteine. Alle Einträge stehen in {table}.",
        )
        for page in pages
    )


def chapter_context(content: PlanContent, chapter: Chapter, numbers: Numbering) -> dict[str, Any]:
    """What a chapter's templates receive, in the document and in the preview."""
    context: dict[str, Any] = {
        "plan": content,
        "chapter": chapter,
        "body": chapter.body,
        "code": chapter.code,
        "nummern": numbers,
        "part": f"plans/plan/{chapter.code.value}.html",
        "own_text": own_text(chapter, numbers),
    }
    if isinstance(chapter.body, ForeignBody):
        return context | {"part": "plans/plan/_foreign.html"}
    if isinstance(chapter.body, InventoryBody):
        context["figures"] = chapter.body.recent_figures
    if numbers.sections:
        context["opening"] = OPENINGS.get(chapter.code, "")
    if isinstance(chapter.body, TimelineBody):
        context["years"] = by_year(chapter.body.entries)
        context["part"] = "plans/plan/_timeline_list.html"
    return context


def own_text(chapter: Chapter, numbers: Numbering | None = None) -> SafeString:
    """The planner's own text; its headings and tables are numbered before those of the records.

    Without ``numbers`` it is meant for the screen, beside the records of ``preview_chapter``.
    """
    is_printed = numbers is not None and not numbers.shift
    numbers = numbers or Numbering(chapter.code, shift=2)
    first_class = "lead" if is_printed and chapter.code != ChapterCode.TIMELINE else ""
    return to_html(
        chapter.text, numbers=numbers, printed=is_printed, first_class=first_class, prefix=chapter.code.anchor
    )


def draw_chapter(
    content: PlanContent, chapter: Chapter, *, with_drawings: bool = True
) -> tuple[SafeString, ContentsEntry]:
    """A chapter as HTML of the document, and its entry in the contents. Without drawings their tables are complete."""
    numbers = Numbering(chapter.code)
    context = chapter_context(content, chapter, numbers)
    if isinstance(chapter.body, TimelineBody) and with_drawings:
        context["pages"] = timeline_pages(content, chapter.body, f"Tabelle {chapter.code.number}.{numbers.tables + 1}")
    if isinstance(chapter.body, InventoryBody) and with_drawings:
        context["charts"] = figure_charts(chapter.body.figures)
    elif isinstance(chapter.body, InventoryBody):
        context["figures"] = chapter.body.figures
    html = render_to_string("plans/plan/_chapter.html", context)
    code = chapter.code
    return html, ContentsEntry(code.number, code.anchor, str(code.label), tuple(numbers.headings))


def preview_chapter(content: PlanContent, chapter: Chapter) -> SafeString:
    """The records of a chapter for the screen: without the chapter's heading and the planner's own text."""
    numbers = Numbering(chapter.code, shift=2)
    context = chapter_context(content, chapter, numbers)
    return mark_safe(with_breaks(render_to_string("plans/plan/_records.html", context)))


def chapter_pages(content: PlanContent, chapter: Chapter) -> PageImages:
    """Pictures of the printed pages with the planner's own text and of the page behind it (live preview).

    The drawing of the timeline, which stands before the text, is left out. Raises RenderError and its kinds.
    """
    numbers = Numbering(chapter.code)
    context = chapter_context(content, chapter, numbers)
    before, _, last = context["own_text"].rpartition("\n")
    end = FIRST_TAG.sub(rf'\g<0> id="{OWN_END}"', last, count=1)  # the first of two ids counts
    context["own_text"] = mark_safe(f"{before}\n{end}")
    context["edition"] = content.edition_name
    html = render_html("plans/plan/chapter_preview.html", context)
    return render_pages(html, until=OWN_END if last else chapter.code.anchor, most=MOST_PREVIEWED)


def created_at(content: PlanContent) -> datetime:
    """The time written into the document: noon of its day, so that the same plan gives the same bytes."""
    return datetime.combine(content.day, time(12), UTC)


def plan_html(content: PlanContent, data: bytes | None = None) -> str:
    """The whole document, ready for print. ``data`` is the plan's JSON where it is known already."""
    drawn = [draw_chapter(content, chapter) for chapter in content.chapters]
    context = {
        "plan": content,
        "edition": content.edition_name,
        "created": created_at(content).isoformat(),
        "template_version": TEMPLATE_VERSION,
        "fingerprint": fingerprint(data if data is not None else to_json(content)),
        "contents": [entry for _, entry in drawn],
        "chapters": [html for html, _ in drawn],
    }
    return render_html("plans/plan/document.html", context)


def plan_pdf(content: PlanContent) -> bytes:
    """The plan as PDF/UA-1 and PDF/A-3a with its JSON inside. Raises RenderError and its kinds."""
    return render_pdf(**print_job(content))


def print_job(content: PlanContent) -> dict[str, Any]:
    """What ``render_pdf`` needs for the plan: everything that this process has to do, so that several can be drawn
    side by side in processes of their own."""
    data = to_json(content)
    entries = [entry for each in content.chapters if isinstance(each.body, TimelineBody) for entry in each.body.entries]
    strokes = title_strokes(entries_to_draw(entries), today=content.day)
    return {
        "html": plan_html(content, data),
        "attachment_json": data,
        "created": created_at(content),
        "drawings": {"striche.svg": str(strokes)},
    }
