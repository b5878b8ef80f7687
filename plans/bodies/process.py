"""Auftrag, Steuerung, Beschlüsse, Zeitstrahl, Quellen: how the plan came about (chapters 1, 2, 9, 10, 11)."""

from dataclasses import dataclass, field
from decimal import Decimal

from insight.timeline import TimelineEntry
from insight.timeline.entries import IF_ANY
from plans.bodies.base import Entry, Fact
from printing.templatetags.papers import bis
from records.vague import VagueDate


@dataclass(frozen=True, kw_only=True)
class Condition(Entry):
    """A success indicator: latest assessment (``step`` of four), and earlier ones as text."""

    indicator: str
    assessed_on: VagueDate
    maturity: str
    step: int
    answers: str
    comment: str
    earlier: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProgrammeEntry(Entry):
    """A Vorerfahrung."""

    title: str
    begin: VagueDate | None
    end: VagueDate | None
    result: str
    structures: str


@dataclass(frozen=True, kw_only=True)
class CertificateEntry(Entry):
    """A Zertifikat."""

    title: str
    issuer: str
    awarded_on: VagueDate
    valid_until: VagueDate | None
    recertification: VagueDate | None
    note: str


@dataclass(frozen=True, kw_only=True)
class Post(Entry):
    """A Planerstelle, or a vacancy of it (``vacant``): the gap between two holders."""

    title: str
    extent: Decimal | None
    located_at: str
    begin: VagueDate | None
    end: VagueDate | None
    projects: str
    vacant: bool = False


@dataclass(frozen=True, kw_only=True)
class AgreementEntry(Entry):
    """A contract."""

    title: str
    parties: str
    signed_on: VagueDate | None
    begin: VagueDate | None
    end: VagueDate | None
    content: str


@dataclass(frozen=True, kw_only=True)
class Strategy(Entry):
    """A linked strategy; ``shared`` are pairs „Ziele: …“."""

    title: str
    shared: tuple[Fact, ...]
    agreed_on: VagueDate | None
    contact: str


@dataclass(frozen=True, kw_only=True)
class Level(Entry):
    """A Stufe from–until."""

    title: str
    begin: VagueDate | None
    end: VagueDate | None
    note: str


@dataclass(frozen=True, kw_only=True)
class HurdleEntry(Entry):
    """What held the process up, and what helped."""

    title: str
    category: str
    phase: str
    begin: VagueDate | None
    end: VagueDate | None
    description: str
    helped: str


@dataclass(frozen=True, kw_only=True)
class MandateBody:
    """Chapter 1."""

    facts: tuple[Fact, ...]
    conditions: tuple[Condition, ...]
    programmes: tuple[ProgrammeEntry, ...]
    certificates: tuple[CertificateEntry, ...]
    posts: tuple[Post, ...]
    agreements: tuple[AgreementEntry, ...]
    strategies: tuple[Strategy, ...]
    levels: tuple[Level, ...]
    hurdles: tuple[HurdleEntry, ...]

    @property
    def has_level_history(self) -> bool:
        """True where the Stufen say more than the line „Stufe“ of the facts."""
        return len(self.levels) > 1 or any(level.note for level in self.levels)


@dataclass(frozen=True, kw_only=True)
class Member(Entry):
    """A seat by organisation or function; names of persons are never printed."""

    organisation: str
    kind: str
    begin: VagueDate | None
    end: VagueDate | None


@dataclass(frozen=True)
class Seats:
    """Members of one kind and period, as they are said in one sentence."""

    kind: str
    period: str
    members: tuple[Member, ...]


@dataclass(frozen=True, kw_only=True)
class SteeringGroup(Entry):
    """A body with the dates of its becoming."""

    title: str
    kind: str
    mandate: str
    state: str
    predecessor: str
    becoming: tuple[Fact, ...]
    members: tuple[Member, ...]

    @property
    def seats(self) -> tuple[Seats, ...]:
        """The members by kind and period, in the order in which the first of each was entered."""
        found: dict[tuple[str, str], list[Member]] = {}
        for member in self.members:
            period = bis(member.begin, member.end) if member.begin or member.end else ""
            found.setdefault((member.kind, period), []).append(member)
        return tuple(Seats(kind, period, tuple(members)) for (kind, period), members in found.items())


@dataclass(frozen=True, kw_only=True)
class Sitting(Entry):
    """A session with what was decided."""

    held_on: VagueDate
    body: str
    title: str
    state: str
    place: str
    attending: str
    moderation: str
    summary: str
    agenda: tuple[str, ...]
    decisions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """A stakeholder group; ``count`` is None where nobody counted."""

    name: str
    count: int | None


@dataclass(frozen=True, kw_only=True)
class Participation(Entry):
    """An event: who was heard, where, how many, what came of it."""

    title: str
    kind: str
    begin: VagueDate | None
    end: VagueDate | None
    state: str
    region: str
    place: str
    participants: int | None
    participants_note: str
    groups: tuple[Group, ...]
    method: str
    moderation: str
    summary: str
    findings: int

    @property
    def told(self) -> tuple[object, ...]:
        """Who was heard, how, and what came of it."""
        return (self.participants, self.participants_note, self.groups, self.method, self.moderation, self.summary)

    @property
    def has_circumstances(self) -> bool:
        """True where more than the result is said."""
        return self.participants is not None or any(self.told[1:-1])


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """An answer and how many gave it in each group, in words: „31 (50 %)“ or „verborgen“."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AnswerTable:
    """A protected table of a question; ``group`` is the question by which people are divided, or empty."""

    question: str
    finding: str
    group: str
    heads: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    base: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SurveySummary(Entry):
    """A survey; ``rate`` is the return rate in per cent."""

    title: str
    target_group: str
    method: str
    begin: VagueDate | None
    end: VagueDate | None
    sent: int | None
    returned: int | None
    evaluated: int | None
    rate: Decimal | None
    note: str
    summary: str
    tables: tuple[AnswerTable, ...] = field(default=(), metadata={IF_ANY: True})


@dataclass(frozen=True, kw_only=True)
class Support(Entry):
    """Process support, or an event of the programme's network (``kind`` Vernetzung)."""

    kind: str
    begin: VagueDate | None
    end: VagueDate | None
    subject: str
    given_by: str
    phase: str
    result: str


@dataclass(frozen=True, kw_only=True)
class SteeringBody:
    """Chapter 2."""

    bodies: tuple[SteeringGroup, ...]
    sittings: tuple[Sitting, ...]
    events: tuple[Participation, ...]
    surveys: tuple[SurveySummary, ...]
    support: tuple[Support, ...]
    networking: tuple[Support, ...]

    @property
    def told_events(self) -> tuple[tuple[Participation, str], ...]:
        """The events; behind each the title of the one before it of which the same is told, or nothing."""
        found: list[tuple[Participation, str]] = []
        first: Participation | None = None
        for event in self.events:
            is_same = first is not None and event.summary != "" and event.told == first.told
            found.append((event, first.title if first is not None and is_same else ""))
            first = first if is_same else event
        return tuple(found)


@dataclass(frozen=True, kw_only=True)
class ConsultationLine(Entry):
    """A body that consulted before the one that decides."""

    consulted_on: VagueDate
    body: str
    outcome: str
    votes: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ResolutionLine(Entry):
    """A resolution with its votes; ``votes`` is empty where nobody recorded them.

    ``plans`` says for which plans it is („Pläne 2019–2023“), ``follows`` what it follows („Plan 2018, vertagt am …“).
    """

    resolved_on: VagueDate
    body: str
    number: str
    subject: str
    kind: str
    outcome: str
    deferred_to: VagueDate | None
    votes: str
    legitimises: str
    text: str
    plans: str = ""
    follows: str = ""
    consultations: tuple[ConsultationLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResolutionsBody:
    """Chapter 9."""

    resolutions: tuple[ResolutionLine, ...]


@dataclass(frozen=True, kw_only=True)
class TimelineBody:
    """Chapter 10."""

    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, kw_only=True)
class DataSourceLine(Entry):
    """A data source with code („Q 1“)."""

    code: str
    title: str
    publisher: str
    kind: str
    level: str
    as_of: VagueDate | None
    coverage: str
    gaps: str


@dataclass(frozen=True, kw_only=True)
class Contradiction(Entry):
    """Two sources that disagree about a record."""

    subject: str
    when: str


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A chapter that was left out, and why."""

    number: int
    title: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SourcesBody:
    """Chapter 11."""

    sources: tuple[DataSourceLine, ...]
    contradictions: tuple[Contradiction, ...]
    left_out: tuple[LeftOut, ...]
