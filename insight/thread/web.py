"""All needs, goals and measures of one cycle with what they rest on and lead to; what of it hangs together."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from planning.enums import GoalLevel
from planning.queries.thread_graph import ThreadGraph

NEED, GOAL, MEASURE = "need", "goal", "measure"
EVERYTHING = 0  # stands for the number of a Handlungsfeld


@dataclass(frozen=True)
class WebRecord:
    """A need, goal or measure; ``fields`` are keys of its Handlungsfelder, ``state`` a German word."""

    pk: int
    title: str
    is_example: bool
    fields: frozenset[int]
    state: str = ""
    parent: int | None = None  # of a goal
    level: str = ""  # of a goal
    cost: Decimal | None = None  # of a measure, euro in a year
    cost_note: str = ""  # of which year, and that it is planned
    is_dropped: bool = False  # a measure that is not carried out


@dataclass(frozen=True)
class Proof:
    """What a need rests on: a finding with its origin, a figure or a data source.

    ``origin`` is ``figure``, ``quoted``, ``datasource`` or a FindingOrigin; a finding may name the record it comes from
    (``source``: name of a model and key).
    """

    pk: int
    title: str
    is_example: bool
    origin: str
    source: tuple[str, int] | None = None
    source_title: str = ""

    @property
    def is_finding(self) -> bool:
        """False for figures and data sources that are linked with the need itself."""
        return self.origin not in ("figure", "quoted", "datasource")


@dataclass(frozen=True)
class Criterion:
    """A Qualitätskriterium with the newest year that has an actual value, else the newest with a target."""

    pk: int
    title: str
    unit: str
    is_example: bool
    year: int | None = None
    target: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True)
class Part:
    """Some of the records, by key."""

    needs: frozenset[int] = frozenset()
    goals: frozenset[int] = frozenset()
    measures: frozenset[int] = frozenset()

    def __or__(self, other: "Part") -> "Part":
        return Part(self.needs | other.needs, self.goals | other.goals, self.measures | other.measures)

    def __and__(self, other: "Part") -> "Part":
        return Part(self.needs & other.needs, self.goals & other.goals, self.measures & other.measures)

    def __bool__(self) -> bool:
        return bool(self.needs or self.goals or self.measures)


@dataclass(frozen=True)
class Web:
    """One cycle; records in the order in which they are to be read."""

    graph: ThreadGraph
    needs: dict[int, WebRecord]
    goals: dict[int, WebRecord]
    measures: dict[int, WebRecord]
    proofs: dict[int, list[Proof]]  # by need
    criteria: dict[int, list[Criterion]]  # by measure
    field_names: dict[int, str]  # Handlungsfelder in use, in their order

    @property
    def whole(self) -> Part:
        """Every record of the cycle."""
        return Part(frozenset(self.needs), frozenset(self.goals), frozenset(self.measures))

    def rows(self, kind: str) -> dict[int, WebRecord]:
        """Records of one kind by key."""
        return {NEED: self.needs, GOAL: self.goals, MEASURE: self.measures}[kind]

    def around(self, kind: str, pk: int) -> Part:
        """The record and what hangs together with it, back to the evidence and forward to the measures."""
        graph = self.graph
        if kind == NEED:
            goals = graph.goals_of_need[pk]
            found = ({pk}, graph.below(goals) | graph.above(goals), graph.measures_for_need(pk))
        elif kind == GOAL:
            found = (graph.needs_for_goal(pk), graph.below([pk]) | graph.above([pk]), graph.measures_for_goal(pk))
        else:
            found = (graph.needs_for_measure(pk), graph.above(graph.goals_of_measure[pk]), {pk})
        return Part(*map(frozenset, found)) & self.whole

    def around_all(self, part: Part) -> Part:
        """What hangs together with any of these records."""
        found = Part()
        for kind, keys in ((NEED, part.needs), (GOAL, part.goals), (MEASURE, part.measures)):
            for pk in keys:
                found |= self.around(kind, pk)
        return found

    def of_field(self, field: int) -> Part:
        """What belongs to a Handlungsfeld, and what hangs together with it."""
        if field == EVERYTHING:
            return self.whole
        own = [
            frozenset(pk for pk, row in rows.items() if field in row.fields)
            for rows in (self.needs, self.goals, self.measures)
        ]
        return self.around_all(Part(*own))

    def first_field(self) -> int:
        """The first Handlungsfeld that has needs; EVERYTHING where none has."""
        used = {field for need in self.needs.values() for field in need.fields}
        return next((field for field in self.field_names if field in used), EVERYTHING)

    def tree(self, keys: Iterable[int]) -> list[int]:
        """Goals in reading order: every goal directly above those under it."""
        wanted = set(keys)
        children: dict[int | None, list[int]] = {}
        for pk, goal in self.goals.items():
            if pk in wanted:
                children.setdefault(goal.parent if goal.parent in wanted else None, []).append(pk)
        found: list[int] = []
        waiting = list(reversed(children.get(None, [])))
        while waiting:
            found.append(waiting.pop())
            waiting += reversed(children.get(found[-1], []))
        return found

    def is_leaf(self, goal: int) -> bool:
        """True where nothing stands under the goal."""
        return not self.graph.children_of_goal[goal] & self.goals.keys()

    def wants_need(self, goal: int) -> bool:
        """True for a goal that answers no need, said once per branch: at the Handlungsziel."""
        level = self.goals[goal].level
        said_here = level == GoalLevel.ACTION or (level == GoalLevel.GUIDING and self.is_leaf(goal))
        return said_here and not self.graph.needs_for_goal(goal)
