"""What several chapters need, read once: catalogue, needs, goals, measures, sources."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from funding.pages.budget import Budget
from funding.queries.budget import budget_of
from insight.timeline import HURDLES, TimelineEntry
from insight.timeline.queries import timeline_entries
from participation.enums import FindingOrigin
from participation.models import Finding
from planning.enums import Priority
from planning.models import (
    ActionField,
    DataSource,
    Goal,
    IndicatorValue,
    LifePhase,
    Measure,
    Need,
    Offer,
    PlanningRegion,
    PlanningStep,
    QualityCriterion,
    QuotedFigure,
)
from plans.models import Plan
from printing.templatetags.papers import am, zahl
from records.models import Span, in_force
from records.text import fold
from records.vague import VagueDate

WITHOUT_FIELD, WITHOUT_FIELD_HEAD = "ohne Handlungsfeld", "Ohne Handlungsfeld"
ALL_LIFE_PHASES, ALL_REGIONS = ("alle Lebensphasen",), ("alle Planungsregionen",)
PRIORITY_ORDER = {Priority.HIGH: 0, Priority.MEDIUM: 1, Priority.LOW: 2, "": 3}


def mark(record: Any) -> dict[str, Any]:
    """What every entry carries, taken from its record."""
    return {
        "uid": record.uid,
        "example": record.is_example,
        "source": getattr(record, "source", ""),
        "contradiction": getattr(record, "contradiction", ""),
    }


def titles(rows: Any) -> tuple[str, ...]:
    """The titles of linked records (prefetched)."""
    return tuple(str(row) for row in rows.all())


@dataclass
class Basis:
    """The rows of one plan. Every property is read once; the number of queries does not grow with the rows."""

    plan: Plan
    origins: dict[Any, dict[int, str]] = field(default_factory=dict)

    @property
    def municipality(self) -> Any:
        """The tenant; every query starts here."""
        return self.plan.municipality

    @property
    def year(self) -> int:
        """The plan's year."""
        return self.plan.year

    @property
    def running(self) -> str:
        """What a draft says of its records where they are not of the day of its statements."""
        return ""

    def own(self, model: Any) -> Any:
        """The municipality's rows of a model."""
        return model.objects.filter(municipality=self.municipality)

    def of_cycle(self, model: Any) -> Any:
        """The rows of the plan's cycle."""
        return self.own(model).filter(cycle=self.plan.cycle_id)

    def mark(self, record: Any) -> dict[str, Any]:
        """What an entry of the cycle carries: as ``mark``, and of which record it is a copy."""
        return mark(record) | {"origin": self._origins(type(record)).get(record.pk, "")}

    def _origins(self, model: Any) -> dict[int, str]:
        """The first record of each chain of copies by the key of the last; a query per model, none in a first cycle."""
        if model not in self.origins:
            before = {}
            if self.plan.cycle.predecessor_id:
                rows = self.own(model).order_by().values_list("pk", "uid", "predecessor_id")
                before = {pk: (uid, predecessor) for pk, uid, predecessor in rows}
            self.origins[model] = {pk: first_uid(before, pk) for pk, (_, copied) in before.items() if copied}
        return self.origins[model]

    def belongs(self, when: VagueDate | None, *, expected: bool = False, planned: bool = False) -> bool:
        """True up to the end of the plan's year; what is expected may lie in the following one.

        What has come since the day of the statements is left out. ``planned`` is what may be agreed before it begins.
        """
        if when is None:
            return True
        in_time = when.first <= date(self.year + (1 if expected else 0), 12, 31)
        return in_time and (expected or planned or not self.came_later(when))

    def came_later(self, when: VagueDate | None) -> bool:
        """Whether something came after the day of the statements and has come by now."""
        day = self.plan.as_of
        return when is not None and day is not None and day < when.first <= timezone.localdate()

    def as_then(self, rows: list[Any]) -> list[Any]:
        """Rows as they stood on the day of the statements; here as they are now (see PastBasis)."""
        return rows

    @cached_property
    def budget(self) -> Budget | None:
        """The Finanzplan of the plan's year and cycle; None where there is none (three queries)."""
        year = budget_of(self.municipality, self.year, self.plan.cycle_id)
        return None if year is None else Budget.of(year)

    @property
    def span(self) -> Span:
        """The plan's year as days."""
        return date(self.year, 1, 1), date(self.year, 12, 31)

    @cached_property
    def _fields(self) -> dict[int, ActionField]:
        return {row.pk: row for row in ActionField.objects.order_by("number", "sort_key")}

    @cached_property
    def _phases(self) -> dict[int, LifePhase]:
        return {row.pk: row for row in LifePhase.objects.order_by("number", "sort_key")}

    @cached_property
    def action_fields(self) -> list[ActionField]:
        """The Handlungsfelder of the plan's year, then those that are named though they ended without a successor."""
        valid = [row for row in self._fields.values() if row.holds(self.span)]
        ended = [row.pk for row in self._fields.values() if self.field_of(row) not in valid]
        if not ended:
            return valid
        named = set(self.of_cycle(Measure).filter(action_field__in=ended).values_list("action_field", flat=True))
        for model in (self.of_cycle(Need), self.own(Offer)):
            named |= set(model.filter(action_fields__in=ended).values_list("action_fields", flat=True))
        return [*valid, *(self._fields[pk] for pk in ended if pk in named)]

    @cached_property
    def life_phases(self) -> list[LifePhase]:
        """The Lebensphasen in force in the plan's year."""
        return [row for row in self._phases.values() if row.holds(self.span)]

    def field_of(self, field: ActionField) -> ActionField:
        """The Handlungsfeld under which the plan's year speaks of this one: itself, or what followed it."""
        found: ActionField = in_force(field, self.span, self._fields)
        return found

    def fields_of(self, record: Any) -> list[ActionField]:
        """The Handlungsfelder of a record as the plan's year names them."""
        return list(dict.fromkeys(self.field_of(field) for field in record.action_fields.all()))

    def phases_of(self, record: Any) -> list[LifePhase]:
        """The Lebensphasen of a record as the plan's year names them."""
        return list(dict.fromkeys(in_force(row, self.span, self._phases) for row in record.life_phases.all()))

    @cached_property
    def regions(self) -> list[PlanningRegion]:
        """The Planungsregionen with their Gemeinden."""
        return list(self.own(PlanningRegion).prefetch_related("communes").order_by("sort_key", "pk"))

    def life_phase_names(self, record: Any) -> tuple[str, ...]:
        """The Lebensphasen of a record, or in one word that they are all."""
        found = self.phases_of(record)
        are_all = len(found) > 1 and set(found) == set(self.life_phases)
        return ALL_LIFE_PHASES if are_all else tuple(map(str, found))

    def region_names(self, record: Any) -> tuple[str, ...]:
        """The Planungsregionen of a record, or in one word that they are all."""
        found = list(record.regions.all())
        return ALL_REGIONS if len(found) > 1 and len(found) == len(self.regions) else titles(record.regions)

    @cached_property
    def needs(self) -> list[Need]:
        """The needs of the cycle, the most urgent first."""
        figures = IndicatorValue.objects.filter(year__lte=self.year)
        quoted = QuotedFigure.objects.filter(year__lte=self.year)
        related = (
            "action_fields",
            "life_phases",
            "regions",
            "target_groups",
            Prefetch("figures", figures.select_related("indicator", "region", "commune")),
            Prefetch("quoted", quoted.select_related("indicator", "own_indicator", "region", "commune")),
            "data_sources",
            "findings__event",
            "findings__session__body",
            "findings__survey",
            "findings__data_source",
            "findings__document",
        )
        rows = self.as_then(list(self.of_cycle(Need).prefetch_related(*related)))
        return sorted(rows, key=lambda need: (PRIORITY_ORDER.get(need.priority, 3), need.number))

    @cached_property
    def goals(self) -> list[Goal]:
        """The goals of the cycle in the order of the tree."""
        rows = self.of_cycle(Goal).select_related("action_field").prefetch_related("needs")
        return list(rows.order_by("position", "pk"))

    @cached_property
    def measures(self) -> list[Measure]:
        """The measures of the cycle by number."""
        related = ("goals", "needs", "life_phases", "regions", "target_groups", "milestones")
        rows = self.of_cycle(Measure).select_related("action_field", "provider").prefetch_related(*related)
        found = self.as_then(list(rows.order_by("number")))
        self.as_then([milestone for row in found for milestone in row.milestones.all()])
        return found

    def findings_of(self, need: Need) -> list[Finding]:
        """What proves a need, the heaviest first; what was gained only later proves nothing yet."""
        found = (row for row in need.findings.all() if self.belongs(gained_on(row)))
        return sorted(found, key=lambda finding: (-(finding.weight or 0), finding.pk))

    @cached_property
    def need_by_key(self) -> dict[int, Need]:
        """The needs by primary key."""
        return {need.pk: need for need in self.needs}

    @cached_property
    def goal_by_key(self) -> dict[int, Goal]:
        """The goals by primary key."""
        return {goal.pk: goal for goal in self.goals}

    def goals_of(self, measure: Measure) -> list[Goal]:
        """The goals that a measure serves, by number."""
        found = (self.goal_by_key.get(goal.pk) for goal in measure.goals.all())
        return sorted((goal for goal in found if goal), key=lambda goal: goal.number or 0)

    @cached_property
    def measure_by_key(self) -> dict[int, Measure]:
        """The measures by primary key."""
        return {measure.pk: measure for measure in self.measures}

    @cached_property
    def offers(self) -> list[Offer]:
        """The offers that had begun by the end of the year, by title."""
        rows = self.own(Offer).select_related("provider", "commune")
        rows = rows.prefetch_related("action_fields", "life_phases", "regions").order_by("sort_key", "pk")
        return [offer for offer in rows if self.belongs(offer.begin, planned=True)]

    @cached_property
    def criteria(self) -> list[QualityCriterion]:
        """The quality criteria of the cycle's measures with their values, and how these were reported and revised."""
        rows = self.own(QualityCriterion).filter(measure__cycle=self.plan.cycle_id)
        return list(rows.prefetch_related("values", "reports", "revisions").order_by("number"))

    @cached_property
    def data_sources(self) -> list[DataSource]:
        """The municipality's data sources by number."""
        return list(self.own(DataSource).order_by("number"))

    @cached_property
    def entries(self) -> tuple[TimelineEntry, ...]:
        """Every dated record up to the end of the year, and what is expected in the next one, in order.

        One query per kind that has dates; addresses of the portal do not belong into the document. A step that the
        municipality has added to those of the catalogue is no routine (one query).
        """
        own = set(self.of_cycle(PlanningStep).filter(template=None).values_list("uid", flat=True))
        found = [
            replace(entry, url="", routine=entry.routine and entry.record_uid not in own, end=self.end_then(entry))
            for entry in timeline_entries(self.municipality)
            if self.belongs(entry.moment, expected=entry.expected, planned=not is_past_only(entry))
        ]
        return tuple(sorted(found, key=lambda entry: (entry.sort_key, entry.uid)))

    def end_then(self, entry: TimelineEntry) -> VagueDate | None:
        """The end of an entry, unless it came only after the day of the statements."""
        return None if entry.begin and is_past_only(entry) and self.came_later(entry.end) else entry.end

    def first_field(self, fields: Iterable[ActionField]) -> ActionField | None:
        """The Handlungsfeld under which a record with several of them stands."""
        order = {field.pk: place for place, field in enumerate(self.action_fields)}
        found = (self.field_of(field) for field in fields)
        return min((f for f in found if f.pk in order), key=lambda field: order[field.pk], default=None)

    @cached_property
    def field_of_need(self) -> dict[int, ActionField | None]:
        """The Handlungsfeld under which each need stands."""
        return {need.pk: self.first_field(need.action_fields.all()) for need in self.needs}


def first_uid(rows: dict[int, tuple[str, int | None]], pk: int) -> str:
    """The identifier at the beginning of a chain of copies."""
    seen = set()
    while pk not in seen:
        seen.add(pk)
        uid, before = rows[pk]
        if before not in rows:
            break
        pk = before
    return uid


def is_past_only(entry: TimelineEntry) -> bool:
    """Whether an entry tells what has happened; a period such as a post is agreed before it begins."""
    return entry.shape != "period" or entry.lane == HURDLES


def gained_on(finding: Finding) -> VagueDate | None:
    """When a finding was gained, as far as its origin says so."""
    if finding.event:
        return finding.event.begin
    if finding.session:
        return finding.session.held_on
    return finding.survey.begin if finding.survey else None


def finding_kind(finding: Finding) -> str:
    """What stands in the margin beside a finding."""
    if finding.event:
        return str(finding.event.get_kind_display())
    return str(FindingOrigin(finding.origin).label)


def finding_origin(finding: Finding) -> str:
    """Where and when a finding was gained."""
    if finding.event:
        return punctuated(finding.event.place or finding.event.title, am(finding.event.begin, finding.event.end))
    if finding.session:
        return punctuated(str(finding.session.body), am(finding.session.held_on))
    return str(finding.survey or finding.data_source or finding.document or "")


def points(finding: Finding) -> str:
    """„14 Punkte“, or nothing where nobody weighted."""
    if finding.weight is None:
        return ""
    return f"{zahl(finding.weight)} {'Punkt' if finding.weight == 1 else 'Punkte'}"


def finding_text(finding: Finding) -> str:
    """Where a finding comes from, what it says, and its weight."""
    said = f"{finding.text} ({points(finding)})" if points(finding) else finding.text
    origin = finding_origin(finding)
    return f"{origin}: {said}" if origin else said


def finding_short(finding: Finding) -> str:
    """A finding in the red thread: its kind, origin and weight; its words only where it has no origin."""
    origin, kind = finding_origin(finding), finding_kind(finding)
    is_named = fold(kind.partition(" (")[0]) in fold(origin)  # „Familienbefragung“ says that it is one
    place = (origin if is_named else f"{kind} {origin}") if origin else finding.text
    return ": ".join(part for part in (place, points(finding)) if part)


def punctuated(*parts: str) -> str:
    """Parts joined by commas; empty ones and dashes are left out."""
    return ", ".join(part for part in parts if part and part != "–")
