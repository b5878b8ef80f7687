"""Maßnahmen, Finanzplan, Controlling: what is to be done (chapters 6, 7, 8)."""

from dataclasses import dataclass
from decimal import Decimal

from plans.bodies.base import Entry, Fact
from records.vague import VagueDate


@dataclass(frozen=True, kw_only=True)
class MilestoneLine(Entry):
    """A milestone: planned and reached when."""

    planned_on: VagueDate | None
    reached_on: VagueDate | None
    title: str
    state: str


@dataclass(frozen=True, kw_only=True)
class CriterionLine(Entry):
    """A quality criterion with target and actual value of one year."""

    measure: str
    title: str
    kind: str
    unit: str
    year: int | None
    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    comment: str


@dataclass(frozen=True, kw_only=True)
class ThreadStep:
    """A station of the red thread; an empty ``lines`` is a gap."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MeasureSheet(Entry):
    """A measure on a page of its own; ``yearly_cost`` is planned, in euro."""

    code: str
    title: str
    description: str
    state: str
    provider: str
    thread: tuple[ThreadStep, ...]
    facts: tuple[Fact, ...]
    milestones: tuple[MilestoneLine, ...]
    criteria: tuple[CriterionLine, ...]
    yearly_cost: Decimal | None


@dataclass(frozen=True, kw_only=True)
class FieldMeasures:
    """The measures of a Handlungsfeld."""

    action_field: str
    measures: tuple[MeasureSheet, ...]


@dataclass(frozen=True, kw_only=True)
class MeasuresBody:
    """Chapter 6."""

    fields: tuple[FieldMeasures, ...]

    @property
    def all_measures(self) -> tuple[MeasureSheet, ...]:
        """The measures of all Handlungsfelder."""
        return tuple(measure for group in self.fields for measure in group.measures)


@dataclass(frozen=True, kw_only=True)
class CostLine(Entry):
    """A planned yearly cost in euro; None where no amount is planned."""

    title: str
    amount: Decimal | None


@dataclass(frozen=True, kw_only=True)
class CostGroup:
    """Posts, or the measures of a Handlungsfeld, with their sum."""

    title: str
    lines: tuple[CostLine, ...]
    total: Decimal


@dataclass(frozen=True, kw_only=True)
class FinanceBody:
    """Chapter 7: planned yearly costs."""

    groups: tuple[CostGroup, ...]
    total: Decimal
    without_amount: int

    @property
    def all_lines(self) -> tuple[CostLine, ...]:
        """The lines of all groups."""
        return tuple(line for group in self.groups for line in group.lines)


@dataclass(frozen=True, kw_only=True)
class ControllingBody:
    """Chapter 8."""

    criteria: tuple[CriterionLine, ...]
    measures_without: tuple[str, ...]
