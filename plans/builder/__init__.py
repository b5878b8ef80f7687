"""From the records of a municipality to the content of its plan, with a number of queries that does not grow."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from accounts.enums import MunicipalityKind
from planning.queries.office import office_lines
from plans.builder.action import finance_body, measures_body
from plans.builder.basis import Basis
from plans.builder.changes import changes_since
from plans.builder.closing import sources_body, timeline_body
from plans.builder.controlling import controlling_body
from plans.builder.listed import listed_tables
from plans.builder.mandate import mandate_body
from plans.builder.past import basis_of
from plans.builder.steering import resolutions_body, steering_body
from plans.builder.substance import goals_body, inventory_body, needs_body
from plans.content import DRAFT, Body, Chapter, PlanContent, plain
from plans.enums import ChapterCode
from plans.models import ChapterText, Plan

__all__ = ["build_plan", "holds_example"]

BUILDERS: dict[ChapterCode, Callable[[Basis], Body]] = {
    ChapterCode.MANDATE: mandate_body,
    ChapterCode.STEERING: steering_body,
    ChapterCode.INVENTORY: inventory_body,
    ChapterCode.NEEDS: needs_body,
    ChapterCode.GOALS: goals_body,
    ChapterCode.MEASURES: measures_body,
    ChapterCode.FINANCE: finance_body,
    ChapterCode.CONTROLLING: controlling_body,
    ChapterCode.RESOLUTIONS: resolutions_body,
    ChapterCode.TIMELINE: timeline_body,
}


def build_plan(
    plan: Plan,
    only: ChapterCode | None = None,
    state: str = "",
    unsaved: ChapterText | None = None,
    *,
    with_changes: bool = True,
) -> PlanContent:
    """The plan's content as the records are now. ``only`` builds a single chapter for its preview.

    ``state`` is printed instead of the plan's own one, for the edition that is about to be released; ``unsaved`` is a
    text that stands in for the stored one. The changes since the edition or the year before belong to the whole plan
    and to chapter 8, where they are printed.

    ``plan`` should come with municipality and cycle selected.
    """
    content = build_content(plan, only, state, unsaved)
    if not with_changes or only not in (None, ChapterCode.CONTROLLING):
        return content
    return replace(
        content, changes=changes_since(plan, lambda: build_content(plan, None, state, unsaved) if only else content)
    )


def build_content(plan: Plan, only: ChapterCode | None, state: str, unsaved: ChapterText | None) -> PlanContent:
    """The same without the changes."""
    basis = basis_of(plan)
    texts = {text.chapter: text for text in ChapterText.objects.filter(plan=plan)}
    if unsaved is not None:
        texts[unsaved.chapter] = unsaved
    chapters = tuple(build_chapters(basis, texts, only))
    municipality = plan.municipality
    counted = municipality.population_year is not None and municipality.population_year <= plan.year
    authority = "Stadtverwaltung" if municipality.kind == MunicipalityKind.CITY else "Landratsamt"
    return PlanContent(
        municipality=municipality.name,
        municipality_full=municipality.full_name,
        ags=municipality.ags,
        authority=f"{authority} {municipality.name}",
        year=plan.year,
        cycle=plan.cycle.title,
        cycle_years=plan.cycle.years,
        edition=plan.edition,
        state=state or DRAFT,
        as_of=plan.statement_day,
        predecessor=f"Fortschreibung von „{plan.cycle.predecessor}“" if plan.cycle.predecessor else "",
        population=municipality.population if counted else None,
        population_year=municipality.population_year if counted else None,
        example=any_example(chapters),
        chapters=chapters,
        office=office_lines(municipality),
        running="" if state and state != DRAFT else basis.running,
    )


def build_chapters(basis: Basis, texts: dict[str, ChapterText], only: ChapterCode | None) -> Iterator[Chapter]:
    """The chapters in their order, or one; the last one speaks of what the others print."""
    wanted = [only] if only and only != ChapterCode.SOURCES else list(ChapterCode)
    printed: list[Body | None] = []
    for code in wanted:
        chapter = build_chapter(basis, code, texts, printed)
        printed.append(chapter.body)
        if only in (None, code):
            yield chapter


def build_chapter(
    basis: Basis, code: ChapterCode, texts: dict[str, ChapterText], printed: Iterable[Body | None]
) -> Chapter:
    """A chapter with the planner's own text, or the reason why it is left out. ``printed`` are those before it."""
    own = texts.get(code)
    if own and own.left_out:
        return Chapter(code=code, left_out_reason=own.left_out_reason, body=None)
    if code == ChapterCode.SOURCES:
        body: Body = sources_body(basis, texts.values(), printed)
    else:
        body = BUILDERS[code](basis)
    return Chapter(code=code, text=own.text if own else "", body=body, tables=listed_tables(basis.plan, code))


def any_example(chapters: Iterable[Chapter]) -> bool:
    """True where anything in the chapters is marked as invented."""
    return any(map(holds_example, chapters))


def holds_example(content: object) -> bool:
    """True where anything in frozen values of a document is marked as invented."""

    def search(value: object) -> bool:
        if isinstance(value, dict):
            return bool(value.get("example") or value.get("is_example")) or any(search(v) for v in value.values())
        return isinstance(value, list) and any(search(item) for item in value)

    return search(plain(content))
