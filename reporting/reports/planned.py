"""What the plan of a year said, as its edition was frozen: a report of the same year says nothing else.

Numbers, names, planned dates and targets are those of the edition; what was done is in the records alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accounts.models import Municipality
from planning.achieved import revisions_in
from plans import bodies
from plans.builder.basis import Basis
from plans.content import PlanContent
from plans.enums import ChapterCode
from plans.models import PlanVersion
from plans.queries.stored import origin_of, stored_content
from plans.queries.versions import edition_of_year
from records.vague import VagueDate


@dataclass(frozen=True)
class Planned:
    """A frozen edition and its entries by the identifiers of their records."""

    version: PlanVersion
    content: PlanContent

    @property
    def origin(self) -> str:
        """The edition with its day and checksum."""
        return origin_of(self.version)

    @property
    def name(self) -> str:
        """„Fassung 2“."""
        return f"Fassung {self.version.edition}"

    def _body(self, code: ChapterCode) -> object:
        return next((chapter.body for chapter in self.content.chapters if chapter.code == code), None)

    @cached_property
    def fields(self) -> tuple[bodies.FieldMeasures, ...]:
        """The measures by Handlungsfeld."""
        body = self._body(ChapterCode.MEASURES)
        return body.fields if isinstance(body, bodies.MeasuresBody) else ()

    @cached_property
    def sheets(self) -> dict[str, bodies.MeasureSheet]:
        """The measures."""
        return {sheet.uid: sheet for group in self.fields for sheet in group.measures if sheet.uid}

    @cached_property
    def need_fields(self) -> tuple[bodies.FieldNeeds, ...]:
        """The needs by Handlungsfeld."""
        body = self._body(ChapterCode.NEEDS)
        return body.fields if isinstance(body, bodies.NeedsBody) else ()

    @cached_property
    def needs(self) -> dict[str, bodies.NeedEntry]:
        """The needs."""
        return {need.uid: need for group in self.need_fields for need in group.needs if need.uid}

    @cached_property
    def goals(self) -> dict[str, bodies.GoalEntry]:
        """The goals of all levels."""
        body = self._body(ChapterCode.GOALS)
        return {goal.uid: goal for goal in below(body.goals) if goal.uid} if isinstance(body, bodies.GoalsBody) else {}

    @cached_property
    def periods(self) -> dict[str, tuple[VagueDate | None, VagueDate | None]]:
        """When the measures of the timeline were to begin and to end; what lies after the year is not in it."""
        body = self._body(ChapterCode.TIMELINE)
        entries = {row.uid: row for row in body.entries} if isinstance(body, bodies.TimelineBody) else {}
        found = {uid: entries.get(f"measure-{uid}-begin") for uid in self.sheets}
        return {uid: (row.begin, row.end) for uid, row in found.items() if row}

    @cached_property
    def milestones(self) -> dict[str, bodies.MilestoneLine]:
        """The milestones of all measures."""
        return {row.uid: row for sheet in self.sheets.values() for row in sheet.milestones if row.uid}

    @cached_property
    def criteria(self) -> dict[tuple[str, int | None], bodies.CriterionLine]:
        """The lines of the criteria by year."""
        return {(row.uid, row.year): row for sheet in self.sheets.values() for row in sheet.criteria if row.uid}


def below(goals: tuple[bodies.GoalEntry, ...]) -> Iterator[bodies.GoalEntry]:
    """The goals and all below them."""
    for goal in goals:
        yield goal
        yield from below(goal.children)


def planned_for(municipality: Municipality, year: int) -> Planned | None:
    """The plan of the year as it was decided, else as it was released last. Raises DamagedVersion."""
    version = edition_of_year(municipality, year)
    return Planned(version, stored_content(version)) if version else None


def period_of(sheet: bodies.MeasureSheet) -> str:
    """The planned period of a measure in words."""
    return next((fact.value for fact in sheet.facts if fact.label == "Zeitraum"), "–")


def call_as_planned(basis: Basis, planned: Planned) -> None:
    """Give the rows that were read for a report the numbers, names, dates and targets of the edition.

    The rows are those of the basis and are never saved.
    """
    rows: tuple[tuple[Sequence[Any], Mapping[str, Any]], ...] = (
        (basis.measures, planned.sheets),
        (basis.needs, planned.needs),
        (basis.goals, planned.goals),
    )
    for records, entries in rows:
        for row in records:
            if entry := entries.get(row.uid):
                row.called, row.title = entry.code, entry.title
    for measure in basis.measures:
        if period := planned.periods.get(measure.uid):
            measure.begin, measure.end = period
        for milestone in measure.milestones.all():
            if line := planned.milestones.get(milestone.uid):
                milestone.title, milestone.planned_on = line.title, line.planned_on
    targets_as_planned(basis, planned)


def targets_as_planned(basis: Basis, planned: Planned) -> None:
    """The same for the criteria with their values; a target that was revised stands with all that it has been."""
    names = {uid: line for (uid, _), line in planned.criteria.items()}
    for row in basis.criteria:
        if line := names.get(row.uid):
            row.title, row.unit, row.baseline = line.title, line.unit, line.baseline
        for value in row.values.all():
            of_year = planned.criteria.get((row.uid, value.year))
            if of_year and of_year.target is not None and not revisions_in(row, value.year):
                value.target = of_year.target
