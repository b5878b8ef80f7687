"""The nodes and lines of the thread: six stations from evidence to result, with what is missing as nodes of its own."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum

from accounts.models import Municipality
from funding.models import BudgetLine
from insight.thread.web import GOAL, MEASURE, NEED, Criterion, Part, Proof, Web, WebRecord
from participation.enums import FindingOrigin
from participation.models import Event, Finding, Session, Survey
from planning.enums import GoalLevel
from planning.models import (
    CriterionValue,
    DataSource,
    Document,
    Goal,
    IndicatorValue,
    Measure,
    Need,
    QualityCriterion,
    QuotedFigure,
)
from records.kind import RecordKind
from records.parts import Link
from records.registry import kind_of
from records.templatetags.german import euro, number

KINDS: dict[str, type] = {
    NEED: Need,
    GOAL: Goal,
    MEASURE: Measure,
    "finding": Finding,
    "figure": IndicatorValue,
    "quoted": QuotedFigure,
    "event": Event,
    "session": Session,
    "survey": Survey,
    "datasource": DataSource,
    "document": Document,
    "criterion": QualityCriterion,
    "value": CriterionValue,
    "line": BudgetLine,
}
PROOF_KINDS = {"figure": "Kennzahl", "quoted": "Kennzahl", "datasource": "Datenquelle"}


class Station(IntEnum):
    """The columns from left to right."""

    PROOF = 0
    NEED = 1
    GOAL = 2
    MEASURE = 3
    MONEY = 4
    RESULT = 5


STATION_NAMES = ("Belege", "Bedarfe", "Ziele", "Maßnahmen", "Geld", "Ergebnis")


@dataclass(frozen=True)
class Node:
    """A record on the thread, or a gap with its ``owner`` (kind and key of a record) and the ``verb`` that mends it.

    ``note`` is the second line, ``parent`` the goal above. A gap without address can be mended by others only.
    """

    key: str
    station: Station
    kind: str
    title: str
    url: str = ""
    note: str = ""
    parent: str = ""
    owner: tuple[str, int] | None = None
    is_here: bool = False
    is_example: bool = False
    verb: str = ""

    @property
    def is_gap(self) -> bool:
        """True where something is missing."""
        return self.owner is not None

    @property
    def full(self) -> str:
        """Everything in one line, for titles and screen readers."""
        about = " · ".join(text for text in (self.note, self.verb, "Beispiel" if self.is_example else "") if text)
        text = f"{self.kind}: {self.title}" if self.kind else self.title
        return f"{text} ({about})" if about else text


@dataclass
class Net:
    """Nodes in reading order, lines from left to right; lines from a goal to those under it are not among them."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[tuple[str, str]] = field(default_factory=list)

    @property
    def gaps(self) -> list[Node]:
        """What is missing."""
        return [node for node in self.nodes.values() if node.is_gap]

    @property
    def owners(self) -> Part:
        """The records that miss something."""
        owners = [node.owner for node in self.gaps if node.owner]
        return Part(*(frozenset(pk for kind, pk in owners if kind == wanted) for wanted in (NEED, GOAL, MEASURE)))

    def count(self, station: Station) -> int:
        """Records on a station, without gaps."""
        return sum(node.station == station and not node.is_gap for node in self.nodes.values())

    def targets(self) -> dict[str, list[str]]:
        """What follows from each node, the goals under a goal included."""
        found: dict[str, list[str]] = defaultdict(list)
        for a, b in self.edges:
            found[a].append(b)
        for node in self.nodes.values():
            if node.parent:
                found[node.parent].append(node.key)
        return found


@dataclass
class Weaver:
    """Makes the net of a part of the web. ``here`` is the record from which one looks (kind and key)."""

    web: Web
    part: Part
    municipality: Municipality
    here: tuple[str, int] | None = None
    writable: bool = False
    net: Net = field(default_factory=Net)

    def weave(self) -> Net:
        """All nodes, station by station, and the lines between them."""
        self.add_needs()
        self.add_goals()
        self.add_measures()
        self.net.nodes = dict(sorted(self.net.nodes.items(), key=lambda item: item[1].station))
        return self.net

    # Nodes

    def add(self, node: Node) -> str:
        self.net.nodes.setdefault(node.key, node)
        return node.key

    def add_record(self, kind: str, record: WebRecord, station: Station, parent: str = "") -> str:
        label = kind_of(KINDS[kind]).label
        if kind == GOAL:
            label = str(GoalLevel(record.level).label)
        return self.add(
            Node(
                f"{kind}-{record.pk}",
                station,
                label,
                record.title,
                self.url(kind, record.pk),
                parent=parent,
                is_here=self.here == (kind, record.pk),
                is_example=record.is_example,
                note=record.state if kind == MEASURE and record.is_dropped else "",
            )
        )

    def add_gap(self, owner: str, station: Station, words: str, way: Link) -> str:
        verb, url = (way.label, way.url) if self.writable else ("", "")
        kind, _, pk = owner.partition("-")
        return self.add(Node(f"gap-{owner}-{station.value}", station, "", words, url, owner=(kind, int(pk)), verb=verb))

    def url(self, kind: str, pk: int, page: str = "detail") -> str:
        return self.kind(kind).url(page, self.municipality, pk)

    def kind(self, name: str) -> RecordKind:
        return kind_of(KINDS[name])

    def create_url(self, kind: str, query: str) -> str:
        return f"{self.kind(kind).url('create', self.municipality)}?{query}"

    def assign(self, pk: int, relation: str, label: str) -> Link:
        return Link(label, self.kind(NEED).assign_url(self.municipality, pk, relation))

    def line(self, a: str, b: str) -> None:
        self.net.edges.append((a, b))

    # Evidence and needs

    def add_needs(self) -> None:
        by_source: dict[str, list[Proof]] = defaultdict(list)
        needs = [need for need in self.web.needs.values() if need.pk in self.part.needs]
        for need in needs:
            for proof in self.web.proofs[need.pk]:
                if proof not in by_source[proof_key(proof)]:
                    by_source[proof_key(proof)].append(proof)
        for key, proofs in by_source.items():
            self.add(self.proof_node(key, proofs))
        for need in needs:
            node = self.add_record(NEED, need, Station.NEED)
            for key in dict.fromkeys(map(proof_key, self.web.proofs[need.pk])):
                self.line(key, node)
            if not self.web.proofs[need.pk]:
                way = self.assign(need.pk, "findings", "Beleg zuordnen")
                self.line(self.add_gap(node, Station.PROOF, "Beleg fehlt", way), node)
            if not self.web.graph.goals_of_need[need.pk]:
                self.need_without_goal(need.pk, node)

    def need_without_goal(self, pk: int, node: str) -> None:
        """A measure that covers the need directly is a thread as well, though one without goal."""
        self.line(node, self.add_gap(node, Station.GOAL, "Ziel fehlt", self.assign(pk, "goals", "Ziel zuordnen")))
        if not self.web.graph.answers_need(pk):
            way = self.assign(pk, "measures", "Maßnahme zuordnen")
            self.line(f"gap-{node}-{Station.GOAL.value}", self.add_gap(node, Station.MEASURE, "Maßnahme fehlt", way))

    def proof_node(self, key: str, proofs: list[Proof]) -> Node:
        """Findings of one origin are one node; a single finding speaks for itself."""
        first = proofs[0]
        example = all(proof.is_example for proof in proofs)
        if not first.is_finding:
            return Node(
                key,
                Station.PROOF,
                PROOF_KINDS[first.origin],
                first.title,
                self.url(first.origin, first.pk),
                is_example=example,
            )
        if len(proofs) == 1:
            note = first.source_title or str(FindingOrigin(first.origin).label)
            url = self.url("finding", first.pk)
            return Node(key, Station.PROOF, "Erkenntnis", first.title, url, note=note, is_example=example)
        title = first.source_title or f"Herkunft: {FindingOrigin(first.origin).label}"
        url = f"{self.kind('finding').url('list', self.municipality)}?origin={first.origin}"
        if first.source:
            url = self.url(*first.source)
        note = f"{len(proofs)} Erkenntnisse"
        return Node(key, Station.PROOF, "Erkenntnisse", title, url, note=note, is_example=example)

    # Goals

    def add_goals(self) -> None:
        graph = self.web.graph
        for pk in self.web.tree(self.part.goals):
            goal = self.web.goals[pk]
            parent = f"goal-{goal.parent}" if goal.parent in self.part.goals else ""
            node = self.add_record(GOAL, goal, Station.GOAL, parent)
            above = graph.above([pk]) - {pk}
            for need in sorted(graph.needs_of_goal[pk] & self.part.needs):
                if not graph.goals_of_need[need] & above:
                    self.line(f"need-{need}", node)
            if self.web.wants_need(pk):
                way = Link("Bedarf zuordnen", self.url(GOAL, pk, "update"))
                self.line(self.add_gap(node, Station.NEED, "Bedarf fehlt", way), node)
            if self.web.is_leaf(pk) and not graph.answers_goal(pk):
                self.line(node, self.add_gap(node, Station.MEASURE, "Maßnahme fehlt", self.way_below(goal)))

    def way_below(self, goal: WebRecord) -> Link:
        """What comes next under a goal."""
        if goal.level == GoalLevel.GUIDING:
            return Link("Handlungsziel anlegen", self.create_url(GOAL, f"parent={goal.pk}&level={GoalLevel.ACTION}"))
        return Link("Maßnahme anlegen", self.create_url(MEASURE, f"goals={goal.pk}"))

    # Measures, money, results

    def add_measures(self) -> None:
        graph = self.web.graph
        for measure in self.web.measures.values():
            if measure.pk not in self.part.measures:
                continue
            node = self.add_record(MEASURE, measure, Station.MEASURE)
            goals = graph.goals_of_measure[measure.pk] & self.part.goals
            for goal in sorted(goals):
                if not (graph.below([goal]) - {goal}) & goals:
                    self.line(f"goal-{goal}", node)
            for need in sorted(graph.needs_of_measure[measure.pk] & self.part.needs):
                if not graph.below(graph.goals_of_need[need]) & goals:
                    self.line(f"need-{need}", node)
            if not graph.goals_of_measure[measure.pk] and not graph.needs_of_measure[measure.pk]:
                way = Link("Ziel oder Bedarf zuordnen", self.url(MEASURE, measure.pk, "update"))
                self.line(self.add_gap(node, Station.NEED, "Bedarf und Ziel fehlen", way), node)
            self.add_money(measure, node)

    def add_money(self, measure: WebRecord, node: str) -> None:
        """Cost and results; a measure that is not carried out needs neither."""
        last = node
        if measure.cost is not None:
            last = self.add(
                Node(
                    f"money-{measure.pk}",
                    Station.MONEY,
                    "Kosten",
                    euro(measure.cost),
                    self.url(MEASURE, measure.pk),
                    note=measure.cost_note,
                )
            )
            self.line(node, last)
        elif not measure.is_dropped:
            way = Link("Posten im Finanzplan anlegen", self.create_url("line", f"measure={measure.pk}"))
            last = self.add_gap(node, Station.MONEY, "Kosten fehlen", way)
            self.line(node, last)
        criteria = self.web.criteria.get(measure.pk, [])
        for criterion in criteria:
            self.line(last, self.add(self.result_node(criterion, measure)))
        if not criteria and not measure.is_dropped:
            way = Link("Kriterium anlegen", self.create_url("criterion", f"measure={measure.pk}"))
            self.line(last, self.add_gap(node, Station.RESULT, "Kriterium fehlt", way))

    def result_node(self, criterion: Criterion, measure: WebRecord) -> Node:
        """A criterion with its actual value, or as a gap."""
        key, url = f"result-{criterion.pk}", self.url("criterion", criterion.pk)
        example = criterion.is_example
        if criterion.actual is None and not measure.is_dropped:
            verb = "Ist-Wert eintragen" if self.writable else ""
            url = self.create_url("value", f"criterion={criterion.pk}") if self.writable else url
            return Node(
                key,
                Station.RESULT,
                "",
                "Ist-Wert fehlt",
                url,
                note=criterion.title,
                owner=(MEASURE, measure.pk),
                is_example=example,
                verb=verb,
            )
        return Node(
            key, Station.RESULT, "Ergebnis", criterion.title, url, note=values_of(criterion), is_example=example
        )


def values_of(criterion: Criterion) -> str:
    """„Ist 14 · Ziel 20 Fahrten (2018)“."""
    parts = [
        f"{word} {number(value.normalize() if value % 1 else value.quantize(Decimal(1)))}"
        for word, value in (("Ist", criterion.actual), ("Ziel", criterion.target))
        if value is not None
    ]
    unit = f" {criterion.unit}" if criterion.unit and parts else ""
    year = f" ({criterion.year})" if criterion.year and parts else ""
    return f"{' · '.join(parts)}{unit}{year}"


def proof_key(proof: Proof) -> str:
    """Findings of the same origin share a node."""
    if not proof.is_finding:
        return f"proof-{proof.origin}-{proof.pk}"
    return f"proof-{'-'.join(map(str, proof.source))}" if proof.source else f"proof-{proof.origin}"
