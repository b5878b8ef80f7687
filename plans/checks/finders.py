"""How each rule finds what it looks for. A finder reads Facts and names records; sentences stand in rules.py."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from funding.domain.reckoning.arithmetic import Check
from funding.models import BudgetLine
from participation.models import Resolution
from planning.models import CriterionValue, IndicatorValue, SwotEntry
from plans.checks.open_statements import MISSED, OPEN_FIELDS
from plans.checks.queries import FILLED_BY, Facts, Row
from plans.enums import ChapterCode
from plans.models import Plan
from printing.markup_faults import faults_in_chapter
from records.filters import GAP, PICKED, picked
from records.models.base import MunicipalRecord
from records.registry import kind_of

Item = tuple[str, str]  # label and address


@dataclass(frozen=True)
class Found:
    """What a rule has found: the records with their addresses, and the page on which just these are shown.

    ``text``, ``todo`` and ``way`` take the place of the rule's own words, ``chapter`` that of its chapter; ``fact`` is
    added to its explanation. ``count`` says how many there are where they are not named.
    """

    items: tuple[Item, ...]
    url: str
    text: str = ""
    todo: str = ""
    fact: str = ""
    way: str = ""
    chapter: ChapterCode | None = None
    count: int | None = None


Finder = Callable[[Facts], Iterable[Found]]


def chapter_url(plan: Plan, code: ChapterCode) -> str:
    """The plan's page with this chapter open; the list of plans where the plan is not stored."""
    slug = plan.municipality.slug
    if plan.pk is None:
        return reverse("plans:plan-list", args=[slug])
    return f"{reverse('plans:plan-detail', args=[slug, plan.pk])}?kapitel={code.slug}"


def list_url(facts: Facts, model: type[MunicipalRecord], **query: Any) -> str:
    """The list of a kind, narrowed."""
    return f"{kind_of(model).url('list', facts.municipality)}?{urlencode(query)}"


def items_of(facts: Facts, model: type[MunicipalRecord], rows: Iterable[Row]) -> tuple[Item, ...]:
    """Records as links to their own pages."""
    kind = kind_of(model)
    return tuple((row.label, kind.url("detail", facts.municipality, row.pk)) for row in rows)


def found_rows(facts: Facts, model: type[MunicipalRecord], rows: list[Row], several: str) -> list[Found]:
    """One finding for all rows; a single record is its own page."""
    items = items_of(facts, model, rows)
    return [Found(items, items[0][1] if len(items) == 1 else several)] if items else []


# ---------------------------------------------------------------- records with a gap
def gap(model: type[MunicipalRecord], code: str) -> Finder:
    """Records of the plan's cycle that have a gap of their kind; the list behind it is filtered by the same gap."""

    def find(facts: Facts) -> list[Found]:
        rows = facts.gaps.get((kind_of(model).name, code), [])
        return found_rows(facts, model, rows, list_url(facts, model, **{GAP: code, "cycle": facts.plan.cycle_id}))

    return find


def outdated_figures(facts: Facts) -> list[Found]:
    """Kennzahlen whose newest value is older than three years in the plan's year."""
    rows = facts.outdated_figures
    several = list_url(facts, IndicatorValue, **{PICKED: picked(row.pk for row in rows)})
    return found_rows(facts, IndicatorValue, rows, several)


def fields_without_statement(facts: Facts) -> list[Found]:
    """Handlungsfelder of which the plan says nothing; each leads to the SWOT entries of its own."""
    cycle, rows = facts.plan.cycle_id, facts.fields_without_statement
    items = tuple((row.label, list_url(facts, SwotEntry, action_field=row.pk, cycle=cycle)) for row in rows)
    if not items:
        return []
    return [Found(items, items[0][1] if len(items) == 1 else list_url(facts, SwotEntry, cycle=cycle))]


def open_fields(*, missed: bool) -> Finder:
    """One finding for each field about which some records say nothing; ``missed`` speaks of actual values alone."""

    def find(facts: Facts) -> Iterator[Found]:
        for field in OPEN_FIELDS:
            rows = facts.open_statements.get(field.code, []) if (field.code == MISSED) == missed else []
            items = items_of(facts, field.model, rows)
            if items:
                several = list_url(facts, field.model, **{PICKED: picked(row.pk for row in rows)})
                text = field.one if len(items) == 1 else field.many.format(count=len(items))
                yield Found(items, items[0][1] if len(items) == 1 else several, text=text, chapter=field.chapter)

    return find


# ---------------------------------------------------------------- controlling
def targets_changed(facts: Facts) -> list[Found]:
    """Targets that differ from the last frozen edition and say no reason."""
    rows = facts.targets_changed
    several = list_url(facts, CriterionValue, **{PICKED: picked(row.pk for row in rows)})
    return found_rows(facts, CriterionValue, rows, several)


def measures_not_reviewed(facts: Facts) -> list[Found]:
    """Measures of the last year that is over of which nobody has spoken; each leads to its page of the controlling."""
    year, rows = facts.reviewed_year, facts.measures_not_reviewed
    if year is None or not rows:
        return []
    own = [facts.municipality.slug, year]
    items = tuple((row.label, reverse("insight:controlling-measure", args=[*own, row.pk])) for row in rows)
    return [Found(items, items[0][1] if len(items) == 1 else reverse("insight:controlling-year", args=own))]


def without_reviewed_year(facts: Facts) -> str:
    """Before a year of the cycle is over there is nothing to speak about."""
    return "" if facts.reviewed_year else "Noch ist kein Jahr des Planungszyklus vorbei."


# ---------------------------------------------------------------- money
def budget_url(facts: Facts) -> str:
    """The page of the year's Finanzplan."""
    return f"{reverse('funding:budget', args=[facts.municipality.slug])}?jahr={facts.year}"


def year_without_budget(facts: Facts) -> list[Found]:
    """Money is planned by year: a plan without a Finanzplan says nothing of it."""
    return [] if facts.budget else [Found((), budget_url(facts))]


def limit_broken(kind: str) -> Finder:
    """A limit of the year that the Finanzplan does not keep, to the cent."""

    def find(facts: Facts) -> list[Found]:
        check = check_of(facts, kind)
        if check is None or check.is_met is not False:
            return []
        return [Found((), budget_url(facts), fact=f"{limit_words(kind)(facts)}.")]

    return find


def check_of(facts: Facts, kind: str) -> Check | None:
    """The limit with what is compared with it; None without a Finanzplan."""
    return None if facts.budget is None else next(each for each in facts.budget.checks if each.kind == kind)


def limit_words(kind: str) -> Callable[[Facts], str]:
    """What is planned against the limit, with what is left or too much."""

    def say(facts: Facts) -> str:
        return "" if facts.budget is None else next(line.text for line in facts.budget.said if line.code == kind)

    return say


def without_limit(kind: str) -> Callable[[Facts], str]:
    """Why there is nothing to compare."""

    def say(facts: Facts) -> str:
        if facts.budget is None:
            return f"Für {facts.year} gibt es keinen Finanzplan."
        check = check_of(facts, kind)
        return f"Für {facts.year} ist dazu nichts festgelegt." if check is None or check.is_met is None else ""

    return say


def lines_found(facts: Facts, lines: Iterable[BudgetLine]) -> list[Found]:
    """Lines of the Finanzplan; several stand in their list."""
    rows = [Row(line.pk, str(line)) for line in lines]
    return found_rows(facts, BudgetLine, rows, list_url(facts, BudgetLine, **{PICKED: picked(row.pk for row in rows)}))


def lines_without_source(facts: Facts) -> list[Found]:
    """Lines of which nobody has said where the money comes from."""
    lines = facts.budget.counted if facts.budget else ()
    return lines_found(facts, [line for line in lines if line.open or not line.has_amount])


def lines_not_running(facts: Facts) -> list[Found]:
    """Lines of measures that are not carried out in the year; they do not count."""
    return lines_found(facts, [line for line in facts.budget.lines if not line.is_planned] if facts.budget else [])


# ---------------------------------------------------------------- resolution and chapters
def resolution_missing(facts: Facts) -> list[Found]:
    """No political body has adopted the plan; resolutions that nearly count are named with what is amiss."""
    legitimation = facts.legitimation
    if legitimation.found:
        return []
    rows = [Row(each.resolution.pk, f"{each.resolution} {each.why}") for each in legitimation.near]
    way, url = legitimation.way
    todo = "Angaben des Beschlusses ergänzen" if rows else ""
    return [Found(items_of(facts, Resolution, rows), url, text="Beschluss fehlt", todo=todo, way=way)]


def resolution_words(facts: Facts) -> str:
    """The resolution that was found."""
    return facts.legitimation.in_words


def contradictions(facts: Facts) -> list[Found]:
    """Records that contradict themselves or others; each leads to its own page."""
    items = tuple(
        (f"{row.label}: {sentence}", kind_of(model).url("detail", facts.municipality, row.pk))
        for model, row, sentence in facts.contradictions
    )
    return [Found(items, items[0][1])] if items else []


def empty_chapters(facts: Facts) -> list[Found]:
    """Chapters of a stored plan that would hold nothing; one finding for each."""
    found = []
    for code in FILLED_BY:
        text = facts.texts.get(code)
        if code not in facts.filled and not (text and (text.left_out or text.text.strip())):
            url, label = chapter_url(facts.plan, code), f"{code.number} {code.label}"
            found.append(Found(((label, url),), url, text=f"Kapitel {label} ist leer", chapter=code))
    return found


def text_marks(facts: Facts) -> list[Found]:
    """Places of the own texts that are printed otherwise than they are meant; one finding for each chapter."""
    found = []
    for code in ChapterCode:
        text = facts.texts.get(code)
        if text is None or text.left_out or not (places := faults_in_chapter(text.text)):
            continue
        url = reverse("plans:plan-chapter", args=[facts.municipality.slug, facts.plan.pk, code.slug])
        only = places[0] if len(places) == 1 else ""  # a single place is not listed by pages
        found.append(Found(tuple((place, url) for place in places), url, fact=only, chapter=code))
    return found


def without_plan(facts: Facts) -> str:
    """Why there are no chapters to check."""
    return "Noch kein Plan angelegt." if facts.plan.pk is None else ""


def left_out_chapters(facts: Facts) -> str:
    """Chapters that are left out with a reason are no gap."""
    count = sum(text.left_out for text in facts.texts.values())
    if not count:
        return ""
    words = "1 Kapitel ist" if count == 1 else f"{count} Kapitel sind"
    return f"{words} mit Begründung ausgelassen."
