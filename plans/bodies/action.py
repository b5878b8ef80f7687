"""Maßnahmen, Finanzplan, Controlling: what is to be done (chapters 6, 7, 8)."""

from dataclasses import dataclass, field
from decimal import Decimal

from funding.enums import Source
from insight.timeline.entries import IF_ANY
from plans.bodies.base import Entry, Fact
from printing.templatetags.papers import zahl
from records.vague import VagueDate

SOURCES = tuple(str(source.label) for source in Source)
TOGETHER = (
    ("Für wen und wo", ("Lebensphasen", "Zielgruppen", "Region")),
    ("Träger", ("Träger",)),
    ("Verantwortlich", ("Verantwortlich",)),
    ("Zeitraum und Stand", ("Zeitraum", "Stand")),
)


@dataclass(frozen=True, kw_only=True)
class MilestoneLine(Entry):
    """A milestone: planned and reached when."""

    planned_on: VagueDate | None
    reached_on: VagueDate | None
    title: str
    state: str


@dataclass(frozen=True, kw_only=True)
class TargetChange:
    """A target that was agreed otherwise, with the reason; the old one stays."""

    old: Decimal
    new: Decimal
    reason: str
    decided_on: VagueDate | None


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
    code: str = ""
    changes: tuple[TargetChange, ...] = field(default=(), metadata={IF_ANY: True})
    share: str = field(default="", metadata={IF_ANY: True})  # „38 von 120“, of what a share is reckoned

    @property
    def targets(self) -> tuple[Decimal, ...]:
        """Every target that was agreed, the one that counts last."""
        return (*(change.old for change in self.changes), *([] if self.target is None else [self.target]))

    @property
    def named(self) -> str:
        """„K 3 Fahrten“; editions from before criteria had numbers name the title alone."""
        return f"{self.code} {self.title}".strip()

    @property
    def misses(self) -> bool:
        """True where the actual value falls short of its target.

        A target below the baseline is to be gone below („Wartezeit“ from 6 to 4), every other one to be reached.
        """
        if self.target is None or self.actual is None:
            return False
        if self.baseline is not None and self.target < self.baseline:
            return self.actual > self.target
        return self.actual < self.target

    @property
    def in_words(self) -> str:
        """„Ausgangswert 6; 2018 Soll 4, Ist 4,5“; what is not said is left out."""
        year = f"{self.year} " if self.year is not None else ""
        values = [f"{name} {zahl(n)}" for name, n in (("Soll", self.target), ("Ist", self.actual)) if n is not None]
        if self.changes and self.target is not None:
            values[0] += f" (zuvor {', '.join(zahl(change.old) for change in self.changes)})"
        parts = [f"Ausgangswert {zahl(self.baseline)}"] if self.baseline is not None else []
        parts += [f"{year}{', '.join(values)}"] if values else []
        said = "; ".join(parts) or "ohne Angabe"
        return f"{said}. Soll nicht erreicht: {self.comment}" if self.misses and self.comment else said


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

    @property
    def has_thread(self) -> bool:
        """True where some station of the red thread says something."""
        return any(step.lines for step in self.thread)

    @property
    def said_facts(self) -> tuple[Fact, ...]:
        """The facts in few lines, without those that say nothing and without the Handlungsfeld, which stands above."""
        said = {fact.label: fact for fact in self.facts if fact.value not in ("", "–")}
        found = []
        for title, labels in TOGETHER:
            parts = [said.pop(label).value for label in labels if label in said]
            found += [Fact(label=title, value=" · ".join(parts))] if parts else []
        said.pop("Handlungsfeld", None)
        return (*found, *said.values())


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
class SourceAmount:
    """What one source gives, in euro."""

    source: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class CostLine(Entry):
    """A planned yearly cost in euro; None where no amount is planned. ``begins`` is said where it is later.

    ``amounts`` are its parts by source where the year has a Finanzplan; ``kind`` is the Kostenart.
    """

    title: str
    amount: Decimal | None
    begins: VagueDate | None = field(default=None, metadata={IF_ANY: True})
    kind: str = field(default="", metadata={IF_ANY: True})
    provider: str = field(default="", metadata={IF_ANY: True})
    amounts: tuple[SourceAmount, ...] = field(default=(), metadata={IF_ANY: True})

    def of(self, source: str) -> Decimal | None:
        """What this source gives; None where nothing is said."""
        return next((part.amount for part in self.amounts if part.source == source), None)


@dataclass(frozen=True, kw_only=True)
class CostGroup:
    """Posts, or the measures of a Handlungsfeld, with their sum."""

    title: str
    lines: tuple[CostLine, ...]
    total: Decimal

    @property
    def known(self) -> int:
        """How many lines name an amount."""
        return sum(line.amount is not None for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class FinanceBody:
    """Chapter 7: planned yearly costs."""

    groups: tuple[CostGroup, ...]
    total: Decimal
    without_amount: int
    state: str = field(default="", metadata={IF_ANY: True})  # of the Finanzplan, where the year has one
    limits: tuple[Fact, ...] = field(default=(), metadata={IF_ANY: True})

    @property
    def known(self) -> int:
        """How many lines name an amount; a sum of none is no statement."""
        return sum(group.known for group in self.groups)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that give anything, in the order of the Finanzplan; none for yearly costs without sources."""
        named = {part.source for line in self.all_lines for part in line.amounts}
        return tuple(label for label in SOURCES if label in named)

    def sum_of(self, source: str) -> Decimal:
        """What a source gives to all lines."""
        return sum((line.of(source) or Decimal(0) for line in self.all_lines), Decimal("0.00"))

    @property
    def by_source(self) -> tuple[SourceAmount, ...]:
        """The sum of every source."""
        return tuple(SourceAmount(source=source, amount=self.sum_of(source)) for source in self.sources)

    @property
    def by_group(self) -> tuple[tuple[CostGroup, tuple[tuple[CostLine, tuple[Decimal | None, ...]], ...]], ...]:
        """Every group with its lines, and beside each line what every source gives."""
        return tuple(
            (group, tuple((line, tuple(line.of(source) for source in self.sources)) for line in group.lines))
            for group in self.groups
        )

    @property
    def has_later(self) -> bool:
        """True where the sums hold costs of a year to come."""
        return any(line.begins and line.amount is not None for line in self.all_lines)

    @property
    def sum_label(self) -> str:
        """What the sum is of: everything, or only what was said."""
        return "Summe der genannten Beträge" if self.without_amount else "Insgesamt"

    @property
    def all_lines(self) -> tuple[CostLine, ...]:
        """The lines of all groups."""
        return tuple(line for group in self.groups for line in group.lines)


@dataclass(frozen=True, kw_only=True)
class ReviewLine(Entry):
    """What was said about a measure, goal or need for a year, and what becomes of it in the next cycle."""

    code: str
    title: str
    year: int
    meaning: str
    decision: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ControllingBody:
    """Chapter 8."""

    criteria: tuple[CriterionLine, ...]
    measures_without: tuple[str, ...]
    reviews: tuple[ReviewLine, ...] = field(default=(), metadata={IF_ANY: True})
    results: tuple[ReviewLine, ...] = field(default=(), metadata={IF_ANY: True})
