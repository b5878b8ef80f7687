"""Bestand, Bedarf, Leitbild und Ziele: what the plan rests on (chapters 3, 4, 5)."""

from dataclasses import dataclass, field
from decimal import Decimal

from insight.timeline.entries import IF_ANY
from plans.bodies.base import Entry, Fact
from plans.bodies.process import DataSourceLine
from records.text import sort_key
from records.vague import VagueDate


@dataclass(frozen=True, kw_only=True)
class Region(Entry):
    """A Planungsregion with its Gemeinden."""

    title: str
    communes: tuple[str, ...]
    description: str


@dataclass(frozen=True, kw_only=True)
class MatrixCell:
    """How many offers, and some of them by name."""

    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """A Handlungsfeld; ``total`` counts each offer once."""

    action_field: str
    cells: tuple[MatrixCell, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class OfferLine(Entry):
    """An offer in the register."""

    title: str
    provider: str
    place: str
    life_phases: tuple[str, ...]
    begin: VagueDate | None
    end: VagueDate | None
    capacity: str
    use: str
    effectiveness: str
    reason: str
    weight: int | None


@dataclass(frozen=True, kw_only=True)
class OfferGroup:
    """The offers of a Handlungsfeld; an offer with several fields stands under each."""

    action_field: str
    offers: tuple[OfferLine, ...]


@dataclass(frozen=True, kw_only=True)
class ProviderLine(Entry):
    """A Träger with the number of its offers."""

    title: str
    kind: str
    place: str
    offers: int


@dataclass(frozen=True)
class ProvidersOfKind:
    """The Träger of one kind."""

    title: str
    providers: tuple[ProviderLine, ...]


@dataclass(frozen=True, kw_only=True)
class Figure(Entry):
    """A value of a Kennzahl; ``sign`` is the placeholder that the statistics print instead."""

    indicator: str
    unit: str
    area: str
    year: int
    value: Decimal | None
    sign: str
    sign_meaning: str
    data_source: str
    level: str = "district"
    uncertain: bool = field(default=False, metadata={IF_ANY: True})


@dataclass(frozen=True, kw_only=True)
class FigureBreak:
    """Since when the values of an area are counted otherwise."""

    level: str
    area: str
    year: int
    words: str


@dataclass(frozen=True, kw_only=True)
class FigureNote(Entry):
    """What is said of a Kennzahl: how it is counted or reckoned, by whom, and what the municipality reads in it."""

    indicator: str
    unit: str
    definition: str
    formula: str
    meaning: str
    breaks: tuple[FigureBreak, ...]
    remarks: tuple[str, ...]

    @property
    def told_breaks(self) -> tuple[tuple[str, int, str], ...]:
        """Areas, year and words, areas of which the same is said together."""
        found: dict[tuple[int, str], list[str]] = {}
        for one in self.breaks:
            found.setdefault((one.year, one.words), []).append(one.area)
        return tuple((" und ".join(areas), year, words) for (year, words), areas in found.items())


@dataclass(frozen=True, kw_only=True)
class MapRow:
    """A Gemeinde or Planungsregion with its number or sign."""

    area: str
    value: Decimal | None
    sign: str
    note: str


@dataclass(frozen=True, kw_only=True)
class FigureMap:
    """A Kennzahl by area in its latest year; ``level`` is „commune“ or „region“."""

    indicator: str
    unit: str
    level: str
    year: int
    example: bool
    rows: tuple[MapRow, ...]


@dataclass(frozen=True, kw_only=True)
class InventoryBody:
    """Chapter 3."""

    regions: tuple[Region, ...]
    life_phases: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    matrix_total: tuple[int, ...]
    register: tuple[OfferGroup, ...]
    providers: tuple[ProviderLine, ...]
    figures: tuple[Figure, ...]
    sources: tuple[DataSourceLine, ...]
    figure_notes: tuple[FigureNote, ...] = field(default=(), metadata={IF_ANY: True})
    maps: tuple[FigureMap, ...] = field(default=(), metadata={IF_ANY: True})

    @property
    def providers_by_kind(self) -> tuple[ProvidersOfKind, ...]:
        """The Träger, those of a kind together."""
        found: dict[str, list[ProviderLine]] = {}
        for provider in self.providers:
            found.setdefault(provider.kind, []).append(provider)
        return tuple(ProvidersOfKind(kind, tuple(rows)) for kind, rows in found.items())

    @property
    def all_offers(self) -> tuple[OfferLine, ...]:
        """The register as one row of lines."""
        return tuple(offer for group in self.register for offer in group.offers)

    @property
    def has_uncertain(self) -> bool:
        """True where the statistics put a value in brackets."""
        return any(figure.uncertain for figure in self.figures)

    @property
    def signs(self) -> tuple[str, ...]:
        """The placeholders of official statistics that occur, with their meaning."""
        return tuple(sorted({figure.sign_meaning for figure in self.figures if figure.sign}, key=sort_key))


@dataclass(frozen=True, kw_only=True)
class Evidence(Entry):
    """What a need rests on: kind of evidence and its text."""

    kind: str
    text: str


@dataclass(frozen=True)
class EvidenceOfKind:
    """The evidence of one kind, each with its text."""

    kind: str
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NeedEntry(Entry):
    """A need with code („B 2“), priority and evidence."""

    code: str
    title: str
    description: str
    life_phases: tuple[str, ...]
    regions: tuple[str, ...]
    target_groups: tuple[str, ...]
    priority: str
    priority_by: str
    priority_on: VagueDate | None
    priority_reason: str
    state: str
    evidence: tuple[Evidence, ...]
    answered_by: tuple[str, ...]

    @property
    def evidence_by_kind(self) -> tuple[EvidenceOfKind, ...]:
        """The evidence, that of a kind together."""
        found: dict[str, list[str]] = {}
        for item in self.evidence:
            found.setdefault(item.kind, []).append(item.text)
        return tuple(EvidenceOfKind(kind, tuple(texts)) for kind, texts in found.items())

    @property
    def for_whom(self) -> tuple[str, ...]:
        """Life phases, regions and target groups, those that are named."""
        return tuple(", ".join(part) for part in (self.life_phases, self.regions, self.target_groups) if part)


@dataclass(frozen=True, kw_only=True)
class Statement(Entry):
    """A SWOT entry."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Swot:
    """The four fields for one Handlungsfeld."""

    action_field: str
    strengths: tuple[Statement, ...]
    weaknesses: tuple[Statement, ...]
    opportunities: tuple[Statement, ...]
    threats: tuple[Statement, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All four fields."""
        return self.strengths + self.weaknesses + self.opportunities + self.threats


@dataclass(frozen=True, kw_only=True)
class FieldNeeds:
    """The needs of a Handlungsfeld; ``see_also`` names those that stand under another one first."""

    action_field: str
    needs: tuple[NeedEntry, ...]
    see_also: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NeedsBody:
    """Chapter 4."""

    fields: tuple[FieldNeeds, ...]
    swot: tuple[Swot, ...]

    @property
    def all_needs(self) -> tuple[NeedEntry, ...]:
        """The needs of all Handlungsfelder."""
        return tuple(need for field in self.fields for need in field.needs)

    @property
    def has_needs(self) -> bool:
        """True where there is any."""
        return bool(self.all_needs)

    @property
    def all_statements(self) -> tuple[Statement, ...]:
        """The SWOT entries of all Handlungsfelder."""
        return tuple(statement for swot in self.swot for statement in swot.statements)


@dataclass(frozen=True, kw_only=True)
class AdoptedEntry(Entry):
    """A Familienbegriff or Leitbild."""

    title: str
    text: str
    based_on: str
    adopted_on: VagueDate | None
    adopted_by: str


@dataclass(frozen=True, kw_only=True)
class GoalEntry(Entry):
    """A goal with its goals below; ``answers`` are the codes of needs."""

    code: str
    level: str
    title: str
    description: str
    priority: str
    target_date: VagueDate | None
    smart: tuple[Fact, ...]
    answers: tuple[str, ...]
    children: tuple["GoalEntry", ...]


@dataclass(frozen=True, kw_only=True)
class GoalsBody:
    """Chapter 5."""

    family_concepts: tuple[AdoptedEntry, ...]
    mission_statements: tuple[AdoptedEntry, ...]
    goals: tuple[GoalEntry, ...]
