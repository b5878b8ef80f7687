"""Tables of a published plan: flat rows of what its edition froze, one file for each.

Days are written as in plan.json (``2018-06-14``, ``2018-Q2``), so that a program reads what was meant.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from plans.bodies import (
    FinanceBody,
    GoalEntry,
    GoalsBody,
    MeasuresBody,
    NeedsBody,
    SteeringBody,
    TimelineBody,
)
from plans.content import PlanContent
from plans.enums import ChapterCode
from plans.models import PlanVersion
from plans.queries.stored import contents_of
from records.vague import VagueDate

Row = list[Any]


_chapters: dict[str, frozenset[str]] = {}  # of an edition by the checksum of its content, which never changes


@dataclass(frozen=True)
class OpenTable:
    """A file of a plan: its name in the address, what it holds, the chapter whose records it lists."""

    slug: str
    title: str
    chapter: ChapterCode
    body: type
    heads: tuple[str, ...]
    rows: Callable[[Any], Iterable[Row]]

    def of(self, content: PlanContent) -> list[Row] | None:
        """The rows; None where the edition leaves the chapter out, or says it in a way that is read no longer."""
        body = next((chapter.body for chapter in content.chapters if chapter.code == self.chapter), None)
        return list(self.rows(body)) if isinstance(body, self.body) else None


def tables_of(versions: Iterable[PlanVersion]) -> list[tuple[PlanVersion, tuple[OpenTable, ...]]]:
    """Each edition with the tables that there are of it; a process reads no content twice (one query)."""
    rows = list(versions)
    missing = [row.pk for row in rows if row.content_sha256 not in _chapters]
    for checksum, content in contents_of(missing):
        plan = json.loads(content).get("plan") or {}
        _chapters[checksum] = frozenset(each["code"] for each in plan.get("chapters", ()) if each.get("body"))
    return [(row, tuple(t for t in TABLES if t.chapter in _chapters[row.content_sha256])) for row in rows]


def iso(day: VagueDate | None) -> str:
    """A day as plan.json writes it."""
    return day.iso if day else ""


def measures(body: MeasuresBody) -> Iterator[Row]:
    """One row for each measure."""
    for group in body.fields:
        for each in group.measures:
            cost = each.yearly_cost
            head: Row = [each.code, each.title, group.action_field, each.provider, each.state, each.description]
            yield [*head, cost, *marked(each)]


def needs(body: NeedsBody) -> Iterator[Row]:
    """One row for each need."""
    for group in body.fields:
        for each in group.needs:
            where = [", ".join(each.life_phases), ", ".join(each.regions), ", ".join(each.answered_by)]
            head: Row = [each.code, each.title, group.action_field, each.priority, each.state, each.description]
            yield [*head, *where, *marked(each)]


def goals(body: GoalsBody) -> Iterator[Row]:
    """One row for each goal, those above before those below."""
    yield from goals_below("", body.goals)


def goals_below(above: str, entries: Iterable[GoalEntry]) -> Iterator[Row]:
    """The goals on one level and all below them."""
    for each in entries:
        answers, day = ", ".join(each.answers), iso(each.target_date)
        yield [
            each.code,
            each.title,
            each.level,
            above,
            each.priority,
            day,
            each.description,
            answers,
            *marked(each),
        ]
        yield from goals_below(each.code, each.children)


def costs(body: FinanceBody) -> Iterator[Row]:
    """One row for each line of costs."""
    for group in body.groups:
        for each in group.lines:
            yield [group.title, each.title, each.kind, each.provider, each.amount, *marked(each)]


def events(body: SteeringBody) -> Iterator[Row]:
    """One row for each event."""
    for each in body.events:
        days = [iso(each.begin), iso(each.end)]
        where = [each.place, each.region, each.participants, each.summary]
        yield [each.title, each.kind, each.state, *days, *where, *marked(each)]


def dates(body: TimelineBody) -> Iterator[Row]:
    """One row for each entry of the timeline."""
    for each in body.entries:
        mark = ["ja" if each.is_example else "nein", each.uid]
        yield [iso(each.begin), iso(each.end), each.date_text, each.title, each.kind_label, *mark]


def marked(entry: Any) -> Row:
    """Whether it is invented, and the identifier that stays."""
    return ["ja" if entry.example else "nein", entry.uid]


MARKED = ("Beispiel", "Kennung")
TABLES = (
    OpenTable(
        "bedarfe",
        "Bedarfe",
        ChapterCode.NEEDS,
        NeedsBody,
        (
            "Nummer",
            "Bedarf",
            "Handlungsfeld",
            "Priorität",
            "Stand",
            "Beschreibung",
            "Lebensphasen",
            "Planungsregionen",
            "Beantwortet von",
            *MARKED,
        ),
        needs,
    ),
    OpenTable(
        "ziele",
        "Ziele",
        ChapterCode.GOALS,
        GoalsBody,
        (
            "Nummer",
            "Ziel",
            "Ebene",
            "Übergeordnetes Ziel",
            "Priorität",
            "Zieldatum",
            "Beschreibung",
            "Antwortet auf",
            *MARKED,
        ),
        goals,
    ),
    OpenTable(
        "massnahmen",
        "Maßnahmen",
        ChapterCode.MEASURES,
        MeasuresBody,
        (
            "Nummer",
            "Maßnahme",
            "Handlungsfeld",
            "Träger",
            "Stand",
            "Beschreibung",
            "Geplante Kosten im Jahr in Euro",
            *MARKED,
        ),
        measures,
    ),
    OpenTable(
        "finanzplan",
        "Finanzplan",
        ChapterCode.FINANCE,
        FinanceBody,
        ("Gruppe", "Position", "Kostenart", "Träger", "Betrag in Euro", *MARKED),
        costs,
    ),
    OpenTable(
        "veranstaltungen",
        "Veranstaltungen",
        ChapterCode.STEERING,
        SteeringBody,
        (
            "Veranstaltung",
            "Art",
            "Stand",
            "Beginn",
            "Ende",
            "Ort",
            "Planungsregion",
            "Teilnehmende",
            "Ergebnis",
            *MARKED,
        ),
        events,
    ),
    OpenTable(
        "zeitstrahl",
        "Zeitstrahl",
        ChapterCode.TIMELINE,
        TimelineBody,
        ("Beginn", "Ende", "Datum wie angegeben", "Eintrag", "Art", *MARKED),
        dates,
    ),
)
BY_SLUG = {table.slug: table for table in TABLES}
