"""From the plan's content to HTML and PDF: chapters are drawn one by one, then put between title and contents.

A chapter numbers its own headings, tables and figures, so that it looks the same alone (preview) and in the document.
"""

import os
import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from insight.timeline import TimelineEntry, by_year, print_pages, title_strokes
from insight.timeline.paper import TimelinePage, years
from plans.abbreviations import abbreviations_in
from plans.bodies import ForeignBody, InventoryBody, TimelineBody
from plans.charts import figure_charts, how_to_read
from plans.content import TEMPLATE_VERSION, Chapter, PlanContent, fingerprint, to_json
from plans.enums import ChapterCode
from plans.figure_maps import figure_maps
from plans.figures import figure_table
from plans.numbering import Numbering
from plans.summary import summary_of
from printing.drawings.communes import AS_OF, region_map
from printing.drawings.outlines import CREDIT
from printing.markup import TooMuchText, to_html, within
from printing.numbering import Heading
from printing.render import PageImages, render_html, render_pages, render_pdf
from printing.templatetags.papers import heading_html
from printing.typeset import with_breaks

# Kinds of records in the drawing; needs, goals, measures and the course of single steps would fill it with bars.
DRAWN = frozenset(
    {
        "agreement",
        "certificate",
        "consultation",
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

PREVIEW_SECONDS = 2.0  # of computing; a chapter of 100 pages takes 0.1
TOO_LONG = mark_safe(
    '<p class="note">Dieses Kapitel ist zu lang, um es hier zu zeigen. Sehen Sie es im PDF an, oder kürzen Sie die '
    "längsten Texte seiner Einträge.</p>"
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
NOTHING_SAID = mark_safe('<p class="leer">In dieser Fassung ohne Angaben.</p>')  # a constant


@dataclass(frozen=True)
class RegionFigure:
    """The map of the regions with the words of its caption."""

    svg: SafeString
    caption: str


@dataclass(frozen=True)
class ContentsEntry:
    """A chapter in the table of contents; the summary has no number."""

    number: int | str
    anchor: str
    title: str
    headings: tuple[Heading, ...]


CONTENTS_HEIGHT = 617  # points that a page has below the title „Inhalt“ (static/plan/frame.css)
LINES = (17.5, 11.75)  # heights of a chapter and of a section in the contents, in points
TIGHT_LINES = (15.75, 10.5)


def contents_layout(entries: Sequence[ContentsEntry]) -> dict[str, Any]:
    """How the contents fit on their page: closer lines where that helps, else the chapter that begins another page.

    No page is made for two or three lines: two pages are each about half of the contents.
    """

    def height(lines: tuple[float, float], some: Sequence[ContentsEntry]) -> float:
        return sum(lines[0] + lines[1] * len(entry.headings) for entry in some)

    if height(LINES, entries) <= CONTENTS_HEIGHT:
        return {"tight": False, "second_page": ""}
    whole = height(TIGHT_LINES, entries)
    if whole <= CONTENTS_HEIGHT:
        return {"tight": True, "second_page": ""}
    half = next(n for n in range(1, len(entries)) if height(TIGHT_LINES, entries[: n + 1]) > whole / 2)
    return {"tight": True, "second_page": entries[half].anchor}


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


def chapter_context(
    content: PlanContent, chapter: Chapter, numbers: Numbering, *, with_drawings: bool = False
) -> dict[str, Any]:
    """What a chapter's templates receive, in the document and in the preview; ``records`` are drawn already."""
    context: dict[str, Any] = {
        "plan": content,
        "chapter": chapter,
        "body": chapter.body,
        "code": chapter.code,
        "nummern": numbers,
        "part": f"plans/plan/{chapter.code.value}.html",
        "own_text": own_text(chapter, numbers),
        "has_sources_chapter": has_sources_chapter(content),
    }
    if isinstance(chapter.body, ForeignBody):
        context["part"] = "plans/plan/_foreign.html"
    elif isinstance(chapter.body, InventoryBody):
        charts = figure_charts(chapter.body.figures, chapter.body.figure_notes) if with_drawings else ()
        context |= {"charts": charts, "reading": how_to_read(charts)}
        context["map"] = map_of_regions(content, chapter.body) if with_drawings else None
        context["maps"] = figure_maps(content.ags, chapter.body, with_drawings=with_drawings)
        context["figures"] = figure_table(chapter.body.figures, {chart.key for chart in charts})
    elif isinstance(chapter.body, TimelineBody):
        if with_drawings:
            table = f"Tabelle {numbers.place(numbers.tables + 1)}"
            context["pages"] = timeline_pages(content, chapter.body, table)
        context["years"] = by_year(entry for entry in chapter.body.entries if not entry.routine)
        context["part"] = "plans/plan/_timeline_list.html"
    if not chapter.is_left_out:
        context["records"] = chapter_records(context, numbers)
    return context


def map_of_regions(content: PlanContent, body: InventoryBody) -> RegionFigure | None:
    """The Planungsregionen on the map of their Gemeinden; None where these have no outlines."""
    svg = region_map(content.ags, {region.title: region.communes for region in body.regions}, uid="regionen")
    return RegionFigure(svg, f"Planungsregionen nach Gemeinden, Gebietsstand {AS_OF}. {CREDIT}.") if svg else None


def chapter_records(context: dict[str, Any], numbers: Numbering) -> SafeString:
    """The records of a chapter as HTML; where it holds neither records nor a text, the sentence that says so."""
    chapter, before = context["chapter"], deepcopy(vars(numbers))
    title = OPENINGS.get(chapter.code, "") if numbers.sections else ""
    opening = heading_html(Context(context), numbers.section(title), 2) if title else ""
    html = render_to_string("plans/plan/_records.html", context).strip()
    if html:
        return mark_safe(f"{opening}\n{html}")  # both come from templates
    vars(numbers).update(before)  # an opening without records is none
    return mark_safe("") if chapter.text or context.get("pages") else NOTHING_SAID


def has_sources_chapter(content: PlanContent) -> bool:
    """False where the plan leaves out the chapter that lists the sources."""
    return not any(each.code == ChapterCode.SOURCES and each.is_left_out for each in content.chapters)


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
    context = chapter_context(content, chapter, numbers, with_drawings=with_drawings)
    html = render_to_string("plans/plan/_chapter.html", context)
    code = chapter.code
    return html, ContentsEntry(code.number, code.anchor, str(code.label), tuple(numbers.headings))


def preview_chapter(content: PlanContent, chapter: Chapter) -> SafeString:
    """The records of a chapter for the screen: without the chapter's heading and the planner's own text.

    A sentence where they would take too long: nobody waits for one municipality's 100 longest texts.
    """
    numbers = Numbering(chapter.code, shift=2)
    try:
        with within(PREVIEW_SECONDS):
            return mark_safe(with_breaks(chapter_context(content, chapter, numbers).get("records", "")))
    except TooMuchText:
        return TOO_LONG


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
    drawn = draw_parts(content)
    contents = [entry for _, entry in drawn]
    context = {
        "plan": content,
        "edition": content.edition_name,
        "created": created_at(content).isoformat(),
        "template_version": TEMPLATE_VERSION,
        "fingerprint": fingerprint(data if data is not None else to_json(content)),
        "contents": contents,
        **contents_layout(contents),
        "abbreviations": abbreviations_in(html for html, _ in drawn),
        "chapters": [html for html, _ in drawn],
    }
    return render_html("plans/plan/document.html", context)


def draw_parts(content: PlanContent, *, with_drawings: bool = True) -> list[tuple[SafeString, ContentsEntry]]:
    """Summary and chapters; a summary that has nothing to say is left out."""
    chapters = [draw_chapter(content, chapter, with_drawings=with_drawings) for chapter in content.chapters]
    topics = summary_of(content)
    if not topics:
        return chapters
    title, anchor = "Zusammenfassung", "zusammenfassung"
    html = render_to_string("plans/plan/summary.html", {"title": title, "anchor": anchor, "topics": topics})
    return [(html, ContentsEntry("", anchor, title, ())), *chapters]


def at_once() -> int:
    """How many PDFs are made side by side: as the setting says, else one per core that this process may use."""
    return settings.EXPORT_AT_ONCE or len(os.sched_getaffinity(0))


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
