"""What of a cycle is still open, and so goes on into the next one (Fortschreibung, ADR 0006)."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import Q, QuerySet

from planning.enums import NeedState, StepState
from planning.models import (
    FamilyConcept,
    Goal,
    Measure,
    Milestone,
    MissionStatement,
    Need,
    PlanningCycle,
    PlanningStep,
    QualityCriterion,
    SwotEntry,
)
from planning.queries.carry_over import CLOSED_MEASURES, decisions_of, ended_goals
from records.models import Record

CLOSED_STEPS = [StepState.DONE, StepState.DROPPED]


@dataclass(frozen=True)
class OpenContent:
    """The rows that are carried over, by kind; their links are read along."""

    needs: QuerySet[Need]
    swot_entries: QuerySet[SwotEntry]
    family_concepts: QuerySet[FamilyConcept]
    mission_statements: QuerySet[MissionStatement]
    goals: QuerySet[Goal]
    measures: QuerySet[Measure]
    milestones: QuerySet[Milestone]
    criteria: QuerySet[QualityCriterion]
    steps: QuerySet[PlanningStep]

    def counts(self) -> list[tuple[str, int]]:
        """German name and number of every kind, in the order of the phases."""
        return [(str(found.model._meta.verbose_name_plural), found.count()) for found in self.in_order()]

    def in_order(self) -> list[QuerySet[Any]]:
        """The rows of every kind, in the order of the phases."""
        rows: list[QuerySet[Any]] = [
            self.swot_entries,
            self.needs,
            self.family_concepts,
            self.mission_statements,
            self.goals,
            self.measures,
            self.milestones,
            self.criteria,
            self.steps,
        ]
        return rows


PARTS = {"milestone": "measure", "qualitycriterion": "measure"}  # go with the record to which they belong


def open_content(cycle: PlanningCycle, without: Collection[str] = ()) -> OpenContent:
    """What controlling has decided to go on with; without a decision needs that are not covered, measures that are not
    finished and all goals. Steps that are not done, and all texts.

    A goal that ends takes those under it with it. Models in ``without`` and their parts are left out.
    """
    decided = decisions_of(cycle)
    going_on = decided.going_on("measure", ~Q(state__in=CLOSED_MEASURES))
    measures = Measure.objects.filter(going_on, cycle=cycle)
    needs = Need.objects.filter(decided.going_on("need", ~Q(state=NeedState.COVERED)), cycle=cycle)
    rows = OpenContent(
        needs=with_links(needs),
        swot_entries=SwotEntry.objects.filter(cycle=cycle).order_by("pk"),
        family_concepts=FamilyConcept.objects.filter(cycle=cycle).order_by("pk"),
        mission_statements=MissionStatement.objects.filter(cycle=cycle).order_by("pk"),
        goals=with_links(Goal.objects.filter(cycle=cycle).exclude(pk__in=ended_goals(cycle, decided))),
        measures=with_links(measures),
        milestones=Milestone.objects.filter(measure__in=measures).exclude(state__in=CLOSED_STEPS).order_by("pk"),
        criteria=QualityCriterion.objects.filter(measure__in=measures).order_by("pk").prefetch_related("values"),
        steps=with_links(PlanningStep.objects.filter(cycle=cycle).exclude(state__in=CLOSED_STEPS)),
    )
    names = {name: getattr(rows, name).model._meta.model_name for name in (f.name for f in fields(rows))}
    left = {name: getattr(rows, name).none() for name, model in names.items() if {model, PARTS.get(model)} & {*without}}
    return replace(rows, **left)


def is_untouched(cycle: PlanningCycle) -> bool:
    """Nothing of the planning stands in the cycle, so that what is open can still be carried into it."""
    models = (Need, Goal, Measure, SwotEntry, FamilyConcept, MissionStatement, PlanningStep)
    return not any(model._default_manager.filter(cycle=cycle).exists() for model in models)


def with_links(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows in the order of their creation, with all links read in one query each."""
    model: type[Record] = rows.model
    return rows.order_by("pk").prefetch_related(*[field.name for field in model.link_fields()])
