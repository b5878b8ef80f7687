"""The Steckbrief of a measure: exactly one page. What does not fit is shortened where the reader can see it.

The height of a sheet is reckoned from the widths of Fira Sans before it is drawn; of several budgets the first that
fits is taken. The last one fits whatever the texts are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils import timezone

from planning.models import Measure
from planning.queries.office import office_lines
from plans.bodies import CriterionLine, Fact, MeasuresBody, MeasureSheet, ThreadStep
from plans.builder.action import measure_sheet
from plans.builder.basis import Basis
from plans.builder.controlling import criterion_lines
from plans.content import PlanContent
from plans.enums import ChapterCode
from plans.models import Plan, PlanVersion
from plans.queries.stored import origin_of, publisher_of, stored_content
from printing.drawings.text import shorten, text_width, wrap
from printing.papers.frame import Publisher, frame_of, running_origin
from printing.papers.making import document_pdf
from printing.templatetags.papers import betrag
from reporting.queries.measures import resolution_lines

KIND, MARK, NOTHING = "Steckbrief", "Beispiel", "–"
PAGE = 660.0  # points of text on a page (plan.css), less what it says of its origin
SERIF_IS_WIDER = 1.1  # Source Serif against Fira Sans
# Widths of the columns in points, a little narrower than they are.
TEXT, STEP, MILESTONE, CRITERION = 372.0, 102.0, 205.0, 155.0
TITLE_SIZE, TEXT_SIZE, SMALL = 17.0, 10.25, 8.5
LINE, SMALL_LINE, PADDING = 14.0, 10.5, 3.5


@dataclass(frozen=True)
class Budget:
    """How many lines a part may take, and how many items of a list are shown."""

    title: int
    description: int
    steps: int
    step_lines: int
    facts: int
    fact_lines: int
    items: int
    item_lines: int


BUDGETS = (
    Budget(title=8, description=30, steps=8, step_lines=9, facts=14, fact_lines=6, items=14, item_lines=4),
    Budget(title=8, description=20, steps=5, step_lines=6, facts=14, fact_lines=4, items=14, item_lines=3),
    Budget(title=6, description=14, steps=4, step_lines=4, facts=12, fact_lines=3, items=8, item_lines=2),
    Budget(title=4, description=10, steps=3, step_lines=4, facts=12, fact_lines=2, items=6, item_lines=2),
    Budget(title=4, description=7, steps=3, step_lines=3, facts=10, fact_lines=2, items=4, item_lines=2),
    Budget(title=3, description=5, steps=2, step_lines=3, facts=10, fact_lines=1, items=4, item_lines=1),
    Budget(title=2, description=3, steps=1, step_lines=3, facts=10, fact_lines=1, items=3, item_lines=1),
)


@dataclass(frozen=True, kw_only=True)
class OnePage:
    """A sheet that fits on a page. ``is_cut`` says that something was left out, the numbers how many items."""

    sheet: MeasureSheet
    is_cut: bool
    more_milestones: int
    more_criteria: int

    @property
    def more(self) -> str:
        """„3 weitere Meilensteine und 1 weiteres Kriterium“, or nothing."""
        counts = (
            (self.more_milestones, "weiterer Meilenstein", "weitere Meilensteine"),
            (self.more_criteria, "weiterer Wert der Kriterien", "weitere Werte der Kriterien"),
        )
        return " und ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)


# ---------------------------------------------------------------- measuring
def wrapped(text: str, width: float, size: float) -> list[str]:
    """The lines of a text in a column; words that are too long are broken as in print."""
    lines: list[str] = []
    for part in text.splitlines():
        for line in wrap(part, width, size):
            while text_width(line, size) > width:
                fitting = max(1, len(shorten(line, width, size)) - 2)
                lines.append(line[:fitting])
                line = line[fitting:]
            lines.append(line)
    return lines


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes, at least one."""
    return max(1, len(wrapped(text, width, size)))


def cut(text: str, most: int, width: float, size: float, tail: str = "") -> str:
    """As much of a text as fits into that many lines together with a ``tail``; what was cut ends in „…“."""
    if len(wrapped(f"{text} {tail}", width, size)) <= most:
        return text
    lines = wrapped(text, width, size)
    room = width - text_width(f" {tail}", size) if tail else width
    last = shorten(" ".join(lines[most - 1 : most + 1]), room, size).rstrip("…")
    return " ".join([*lines[: most - 1], f"{last}…"])


def rows_height(texts: Sequence[str], width: float) -> float:
    """Rows of a table, each as high as its text."""
    return sum(lines_of(text, width, SMALL) * SMALL_LINE + PADDING for text in texts)


def height_of(page: OnePage) -> float:
    """The height of a sheet in points."""
    sheet = page.sheet
    height = 56.0 + lines_of(f"{sheet.title} {MARK}", TEXT, TITLE_SIZE) * 21
    if sheet.description:
        paragraphs = sum(1 for line in sheet.description.splitlines() if line.strip())
        height += lines_of(sheet.description, TEXT / SERIF_IS_WIDER, TEXT_SIZE) * LINE + paragraphs * 7
    cells = [sum(lines_of(line, STEP, SMALL) for line in step.lines) for step in sheet.thread]
    height += 64 + max([1, *cells]) * SMALL_LINE
    height += 36 + rows_height([fact.value for fact in sheet.facts], TEXT)
    height += 50 + rows_height([f"{row.title} {MARK}" for row in sheet.milestones], MILESTONE)
    height += 50 + rows_height([f"{criterion_words(row)} {MARK}" for row in sheet.criteria], CRITERION)
    return height + 24 * page.is_cut


def criterion_words(row: CriterionLine) -> str:
    """What stands in the widest cell of a criterion."""
    return ", ".join(part for part in (row.title, row.unit) if part)


# ---------------------------------------------------------------- shortening
def within(sheet: MeasureSheet, budget: Budget) -> OnePage:
    """The sheet cut to a budget."""
    criteria = sheet.criteria if budget is BUDGETS[0] else newest(sheet.criteria)
    facts = sheet.facts[: budget.facts]
    shown = replace(
        sheet,
        title=cut(sheet.title, budget.title, TEXT, TITLE_SIZE, MARK * sheet.example),
        description=cut(sheet.description, budget.description, TEXT / SERIF_IS_WIDER, TEXT_SIZE),
        thread=tuple(step_within(step, budget) for step in sheet.thread),
        facts=tuple(Fact(label=fact.label, value=cut(fact.value, budget.fact_lines, TEXT, SMALL)) for fact in facts),
        milestones=tuple(
            replace(row, title=cut(row.title, budget.item_lines, MILESTONE, SMALL, MARK * row.example))
            for row in sheet.milestones[: budget.items]
        ),
        criteria=tuple(
            replace(
                row, title=cut(criterion_words(row), budget.item_lines, CRITERION, SMALL, MARK * row.example), unit=""
            )
            for row in criteria[: budget.items]
        ),
        contradiction="",
    )
    more = OnePage(
        sheet=shown,
        is_cut=False,
        more_milestones=len(sheet.milestones) - len(shown.milestones),
        more_criteria=len(sheet.criteria) - len(shown.criteria),
    )
    return replace(more, is_cut=has_lost(sheet, more))


def has_lost(sheet: MeasureSheet, page: OnePage) -> bool:
    """True where a reader misses something of the sheet."""
    shown = page.sheet
    return bool(
        page.more_milestones
        or page.more_criteria
        or len(shown.facts) < len(sheet.facts)
        or (shown.title, shown.description, shown.thread) != (sheet.title, sheet.description, sheet.thread)
        or [fact.value for fact in shown.facts] != [fact.value for fact in sheet.facts]
        or [row.title for row in shown.milestones] != [row.title for row in sheet.milestones]
        or any(row.title.endswith("…") for row in shown.criteria)
    )


def step_within(step: ThreadStep, budget: Budget) -> ThreadStep:
    """A station of the red thread with its first lines."""
    lines = tuple(cut(line, budget.step_lines, STEP, SMALL) for line in step.lines[: budget.steps])
    more = len(step.lines) - len(lines)
    return replace(step, lines=(*lines, f"und {more} weitere") if more else lines)


def newest(lines: tuple[CriterionLine, ...]) -> tuple[CriterionLine, ...]:
    """One line per criterion: the newest year (the lines of a criterion follow each other by year)."""
    found: dict[tuple[str, str, str, str], CriterionLine] = {}
    for line in lines:
        found[line.code, line.kind, line.title, line.unit] = line
    return tuple(found.values())


def on_one_page(sheet: MeasureSheet) -> OnePage:
    """The sheet within the first budget that fits."""
    pages = (within(sheet, budget) for budget in BUDGETS)
    return next((page for page in pages if height_of(page) <= PAGE), within(sheet, BUDGETS[-1]))


# ---------------------------------------------------------------- document
def full_sheet(measure: Measure, year: int) -> MeasureSheet:
    """The measure as in the plan of that year, with its cost and its resolutions among the facts."""
    basis = Basis(Plan(municipality=measure.municipality, cycle=measure.cycle, year=year))
    row = next(row for row in basis.measures if row.pk == measure.pk)
    sheet = measure_sheet(basis, row, criterion_lines(basis).get(row.pk, ()))
    further = [("Beschluss", line) for line in resolution_lines(measure)]
    return with_facts(sheet, further)


def with_facts(sheet: MeasureSheet, further: Sequence[tuple[str, str]] = ()) -> MeasureSheet:
    """The sheet with its planned cost and what else belongs to it among the facts; nothing where nothing is said."""
    cost = () if sheet.yearly_cost is None else (("Kosten", f"{betrag(sheet.yearly_cost)} Euro im Jahr, geplant"),)
    said = [fact for fact in sheet.facts if fact.value not in ("", NOTHING)]
    return replace(sheet, facts=(*said, *(Fact(label=label, value=value) for label, value in (*cost, *further))))


def sheet_pdf(measure: Measure, created: datetime) -> bytes:
    """The Steckbrief as the records are now; ``measure`` comes with municipality and cycle. Raises RenderError."""
    today = timezone.localdate()
    year = min(max(today.year, measure.cycle.first_year), measure.cycle.last_year)
    sheet = full_sheet(measure, year)
    return printed(
        measure.municipality,
        sheet,
        measure.cycle.title,
        today,
        running_origin(today),
        created,
        office_lines(measure.municipality),
    )


def sheets_in(content: PlanContent) -> tuple[MeasureSheet, ...]:
    """The measures of a plan."""
    body = next((chapter.body for chapter in content.chapters if chapter.code == ChapterCode.MEASURES), None)
    return body.all_measures if isinstance(body, MeasuresBody) else ()


def frozen_sheet_pdf(measure: Measure, version: PlanVersion, created: datetime) -> bytes:
    """The Steckbrief as a released edition says it.

    Raises DamagedVersion, RenderError, and Http404 for a measure that the edition does not have.
    """
    content = stored_content(version)
    sheet = next((sheet for sheet in sheets_in(content) if sheet.uid == measure.uid), None)
    if sheet is None:
        raise Http404("Diese Maßnahme steht in dieser Fassung nicht.")
    origin = origin_of(version)
    publisher = publisher_of(content)
    return printed(publisher, with_facts(sheet), content.cycle, content.day, origin, created, content.office)


def printed(
    publisher: Publisher,
    sheet: MeasureSheet,
    cycle: str,
    as_of: date,
    origin: str,
    created: datetime,
    office: tuple[str, ...],
) -> bytes:
    """A sheet on its page, which says what it is made of."""
    page = on_one_page(sheet)
    context: dict[str, Any] = {
        "frame": frame_of(
            publisher,
            KIND,
            as_of=as_of,
            subject=f"{sheet.code} {sheet.title}",
            example=sheet.example,
            office=office,
        ),
        "cycle": cycle,
        "page": page,
        "row": page.sheet,
        "origin": origin,
    }
    title = f"Steckbrief {sheet.code} {sheet.title}"
    return document_pdf("reporting/papers/sheet.html", context, title=title, created=created)
