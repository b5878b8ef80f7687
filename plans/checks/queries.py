"""What the Plausibilitätsprüfung looks at: a fixed number of queries, each asked once and when it is needed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.utils import timezone

from accounts.models import Municipality
from funding.domain.amiss import MoneyOfYear
from funding.pages.budget import Budget
from funding.queries.budget import budget_of
from participation.models import Body, Event, Resolution, Session, SupportRecord, Survey
from planning.enums import MeasureState, Placeholder, RuleCode
from planning.models import (
    ActionField,
    Agreement,
    CheckRule,
    CriterionValue,
    DataSource,
    EntryLevel,
    FamilyConcept,
    Goal,
    IndicatorValue,
    LinkedStrategy,
    Measure,
    MeasureReview,
    MissionStatement,
    Need,
    Offer,
    PlannerPost,
    PlanningRegion,
    PriorProgramme,
    StartingCondition,
    SwotEntry,
    TargetRevision,
)
from planning.models.cycle import CycleRecord
from planning.queries.cycles import current_cycle
from planning.queries.funding_rules import in_force, rule_of
from plans.checks.contradictions import Contradiction, Keep, Row, anew, contradictions_of
from plans.checks.open_statements import open_statements
from plans.enums import ChapterCode
from plans.models import ChapterText, Plan, PlanVersion
from plans.queries.plans import plans_of
from plans.queries.resolutions import Legitimation, legitimation_of
from records.models import stand_ins
from records.queries.past import held_then
from records.queries.prepared import MUNICIPALITY, Parameter, Prepared
from records.registry import kind_of

CYCLE = Parameter("cycle")
OUTDATED_AFTER = 3  # years
GAP_MODELS: tuple[type[CycleRecord], ...] = (Need, Goal, Measure)
# The records that a chapter prints; Zeitstrahl and Quellen follow from those of the others.
FILLED_BY: dict[ChapterCode, tuple[Any, ...]] = {
    ChapterCode.MANDATE: (StartingCondition, PriorProgramme, PlannerPost, Agreement, LinkedStrategy, EntryLevel),
    ChapterCode.STEERING: (Body, Session, Event, Survey, SupportRecord),
    ChapterCode.INVENTORY: (PlanningRegion, Offer, DataSource, IndicatorValue),
    ChapterCode.NEEDS: (Need, SwotEntry),
    ChapterCode.GOALS: (FamilyConcept, MissionStatement, Goal),
    ChapterCode.MEASURES: (Measure,),
    ChapterCode.FINANCE: (Measure, PlannerPost),
    ChapterCode.CONTROLLING: (Measure,),
    ChapterCode.RESOLUTIONS: (Resolution,),
}


def plan_to_check(municipality: Municipality, pk: int | None = None) -> Plan | None:
    """The plan with this key, without one the newest; without any plan one of the current cycle that is not stored.

    None where the municipality has no plan with this key, or neither plan nor cycle.
    """
    plans = plans_of(municipality)
    if pk is not None:
        return plans.filter(pk=pk).first()
    plan = plans.first()
    cycle = None if plan else current_cycle(municipality)
    if cycle is None:
        return plan
    year = min(max(timezone.localdate().year, cycle.first_year), cycle.last_year)
    return Plan(municipality=municipality, cycle=cycle, year=year)


@dataclass
class Facts:
    """The records behind one plan. ``plan`` comes with municipality and cycle selected; it need not be stored.

    ``keep``: the agreement of the records of a kind may have been judged before.
    """

    plan: Plan
    keep: Keep = anew

    @property
    def municipality(self) -> Municipality:
        """The tenant; every query starts here."""
        return self.plan.municipality

    @property
    def year(self) -> int:
        """The plan's year."""
        return self.plan.year

    @cached_property
    def settings(self) -> dict[str, CheckRule]:
        """What the programme has set for the plan's year by code of the rule; the newest row counts."""
        rows = list(CheckRule.objects.filter(in_force(self.year)).order_by("pk"))
        rows.sort(key=lambda row: row.valid_from or date.min)
        return {row.code: row for row in rows}

    @property
    def exception_by_reason(self) -> bool:
        """Whether the programme lets a written reason stand in for the resolution in the plan's year."""
        setting = self.settings.get(RuleCode.RESOLUTION)
        return bool(setting and setting.exception_by_reason)

    @property
    def release_by_author(self) -> bool:
        """Whether the programme lets somebody release who wrote the content, with a written reason."""
        setting = self.settings.get(RuleCode.RESOLUTION)
        return bool(setting and setting.release_by_author)

    @cached_property
    def gaps(self) -> dict[tuple[str, str], list[Row]]:
        """The records of the cycle in which something is missing, by name of the kind and code of the gap."""
        found = gaps_statement().run(self.municipality, cycle=self.plan.cycle_id)
        rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for name, code, pk, label, _ in sorted(found, key=lambda row: (row[4], row[2])):
            rows[name, code].append(Row(pk, label))
        return rows

    @cached_property
    def open_statements(self) -> dict[str, list[Row]]:
        """The records of which something is unsaid, by code of the field."""
        found = open_statements(self.municipality, self.plan.cycle_id, self.year)
        return {code: [Row(pk, label) for pk, label in rows] for code, rows in found.items()}

    @cached_property
    def reviewed_year(self) -> int | None:
        """The last year before the plan's that is over and lies in its cycle; None where none does."""
        year = min(self.year, timezone.localdate().year) - 1
        return year if self.plan.cycle.first_year <= year <= self.plan.cycle.last_year else None

    @cached_property
    def measures_not_reviewed(self) -> list[Row]:
        """The measures of that year of which controlling says nothing (one query)."""
        year = self.reviewed_year
        if year is None:
            return []
        spoken = MeasureReview.objects.filter(measure=OuterRef("pk"), year=year)
        rows = Measure.objects.filter(~Exists(spoken), cycle=self.plan.cycle_id).exclude(state=MeasureState.DROPPED)
        rows = rows.only("begin", "end", "label").order_by("number", "pk")
        return [Row(row.pk, row.label) for row in rows if row.falls_in(year)]

    @cached_property
    def targets_changed(self) -> list[Row]:
        """Targets that stood otherwise in the last frozen edition of the cycle, without a reason (four queries)."""
        frozen = PlanVersion.objects.filter(plan__cycle=self.plan.cycle_id).order_by("-number")
        moment = frozen.values_list("frozen_at", flat=True).first()
        if moment is None:
            return []
        values = CriterionValue.objects.filter(criterion__measure__cycle=self.plan.cycle_id, target__isnull=False)
        rows = {row.pk: row for row in values.select_related("criterion").order_by("sort_key", "pk")}
        changes = TargetRevision.objects.filter(criterion__measure__cycle=self.plan.cycle_id)
        explained = set(changes.order_by().values_list("criterion", "year", "old"))
        then = held_then(CriterionValue, rows, "target", moment)
        return [
            Row(pk, row.label)
            for pk, row in rows.items()
            if pk in then
            and then[pk].value not in (None, row.target)
            and (row.criterion_id, row.year, then[pk].value) not in explained
        ]

    @cached_property
    def fields_without_statement(self) -> list[Row]:
        """Handlungsfelder in force to which the cycle has no need, goal, measure or SWOT entry.

        What names a Handlungsfeld that another one replaced speaks of that one.
        """
        cycle, field = self.plan.cycle_id, OuterRef("pk")
        need_fields: Any = Need.action_fields.through
        statements: Any = Exists(need_fields.objects.filter(actionfield_id=field, need__cycle=cycle))
        for model in (Goal, Measure, SwotEntry):
            rows: QuerySet[Any] = model.objects.filter(action_field=field, cycle=cycle)
            statements |= Exists(rows)
        fields = list(ActionField.objects.annotate(is_named=statements).order_by("sort_key", "pk"))
        span = (date(self.year, 1, 1), date(self.year, 12, 31))
        named = stand_ins(fields, span)
        spoken = {named[row.pk].pk for row in fields if row.is_named}
        return [Row(row.pk, row.label) for row in fields if row.holds(span) and row.pk not in spoken]

    @cached_property
    def outdated_figures(self) -> list[Row]:
        """The newest value of each Kennzahl and area up to the plan's year, where it is older than three years.

        A row that only says that the figure will follow is no value.
        """
        said = IndicatorValue.objects.filter(municipality=self.municipality, year__lte=self.year).exclude(
            placeholder=Placeholder.LATER
        )
        newer = said.filter(indicator=OuterRef("indicator"), area=OuterRef("area"), year__gt=OuterRef("year"))
        found = said.filter(~Exists(newer), year__lt=self.year - OUTDATED_AFTER).order_by("sort_key", "pk")
        return [Row(pk, label) for pk, label in found.values_list("pk", "label")]

    @cached_property
    def budget(self) -> Budget | None:
        """The Finanzplan of the plan's year and cycle; None where there is none."""
        year = budget_of(self.municipality, self.year, self.plan.cycle_id)
        return None if year is None else Budget.of(year)

    @cached_property
    def money(self) -> MoneyOfYear:
        """The cases of Träger and the grant of the Land in the plan's year, as they are today."""
        rule = self.budget.rule if self.budget else rule_of(self.municipality.pk, self.year)
        return MoneyOfYear(self.municipality, self.year, rule, timezone.localdate())

    @cached_property
    def legitimation(self) -> Legitimation:
        """The resolution that a political body has adopted on the plan; the same question decides at the release."""
        return legitimation_of(self.plan, timezone.localdate())

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """What is stored and would be refused or asked about today."""
        return contradictions_of(self.plan, self.keep)

    @cached_property
    def texts(self) -> dict[str, ChapterText]:
        """The planner's own texts by chapter; none for a plan that is not stored."""
        rows = ChapterText.objects.filter(plan_id=self.plan.pk) if self.plan.pk else ()
        return {text.chapter: text for text in rows}

    @cached_property
    def filled(self) -> set[str]:
        """The chapters for which there are records."""
        return {code for (code,) in filled_statement().run(self.municipality, cycle=self.plan.cycle_id)}


def any_rows(model: Any) -> QuerySet[Any]:
    """Rows of a municipality, and of a cycle where they belong to one, for a statement that is prepared."""
    rows: QuerySet[Any] = model._default_manager.filter(municipality=MUNICIPALITY).order_by()
    return rows.filter(cycle=CYCLE) if issubclass(model, CycleRecord) else rows


@cache
def gaps_statement() -> Prepared:
    """Kind, gap, key and label of every record of a cycle that has a gap."""
    parts = []
    for model in GAP_MODELS:
        kind = kind_of(model)
        for gap in kind.gaps:
            names = {"kind_name": Value(kind.name, CharField()), "gap_code": Value(gap.code, CharField())}
            rows = any_rows(model).filter(gap.condition).annotate(**names)
            parts.append(rows.values_list("kind_name", "gap_code", "pk", "label", "sort_key"))
    return Prepared.of(parts[0].union(*parts[1:]))


@cache
def filled_statement() -> Prepared:
    """The codes of the chapters for which there are records."""
    parts = list(_filled_parts())
    return Prepared.of(parts[0].union(*parts[1:]))


def _filled_parts() -> Iterator[QuerySet[Any]]:
    for code, models in FILLED_BY.items():
        for model in models:
            yield any_rows(model).annotate(chapter_code=Value(str(code), CharField())).values_list("chapter_code")
