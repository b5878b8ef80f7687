"""The red thread: from evidence over needs, goals and measures to money and results, in one query.

The links of one municipality are read as pairs and followed in memory; a municipality has some hundreds of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from accounts.models import Municipality
from planning.enums import MeasureState
from planning.models import CriterionValue, Goal, Measure, Need
from planning.queries.money import has_money
from records.queries.prepared import MUNICIPALITY, Prepared

Edges = dict[int, set[int]]


def _edges() -> Edges:
    return defaultdict(set)


@dataclass
class ThreadGraph:
    """Who is linked with whom, by primary keys."""

    evidence_of_need: Edges = field(default_factory=_edges)
    figures_of_need: Edges = field(default_factory=_edges)
    quoted_of_need: Edges = field(default_factory=_edges)
    sources_of_need: Edges = field(default_factory=_edges)
    goals_of_need: Edges = field(default_factory=_edges)
    needs_of_goal: Edges = field(default_factory=_edges)
    children_of_goal: Edges = field(default_factory=_edges)
    parent_of_goal: Edges = field(default_factory=_edges)
    measures_of_goal: Edges = field(default_factory=_edges)
    goals_of_measure: Edges = field(default_factory=_edges)
    measures_of_need: Edges = field(default_factory=_edges)
    needs_of_measure: Edges = field(default_factory=_edges)
    with_money: set[int] = field(default_factory=set)
    with_result: set[int] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)  # measures that are not carried out

    def below(self, goals: Iterable[int]) -> set[int]:
        """The goals and everything under them."""
        return _follow(goals, self.children_of_goal)

    def above(self, goals: Iterable[int]) -> set[int]:
        """The goals and everything over them."""
        return _follow(goals, self.parent_of_goal)

    def evidence(self, needs: set[int]) -> int:
        """Number of findings, figures and sources behind the needs."""
        if not needs:
            return 0
        return sum(
            len(set().union(*(edges[n] for n in needs)))
            for edges in (self.evidence_of_need, self.figures_of_need, self.quoted_of_need, self.sources_of_need)
        )

    def measures_for_need(self, need: int) -> set[int]:
        """Measures that cover the need directly or through a goal or what stands under it."""
        goals = self.below(self.goals_of_need[need])
        return self.measures_of_need[need].union(*(self.measures_of_goal[goal] for goal in goals))

    def measures_for_goal(self, goal: int) -> set[int]:
        """Measures of the goal and of the goals under it."""
        return set().union(*(self.measures_of_goal[g] for g in self.below([goal])))

    def answers_need(self, need: int) -> set[int]:
        """As ``measures_for_need``, without what is not carried out."""
        return self.measures_for_need(need) - self.dropped

    def answers_goal(self, goal: int) -> set[int]:
        """As ``measures_for_goal``, without what is not carried out."""
        return self.measures_for_goal(goal) - self.dropped

    def needs_for_goal(self, goal: int) -> set[int]:
        """Needs which the goal, those under it or those over it answer."""
        return set().union(*(self.needs_of_goal[g] for g in self.below([goal]) | self.above([goal])))

    def needs_for_measure(self, measure: int) -> set[int]:
        """Needs of the measure, directly or through its goals and the goals above them."""
        goals = self.above(self.goals_of_measure[measure])
        return self.needs_of_measure[measure].union(*(self.needs_of_goal[goal] for goal in goals))


def _follow(start: Iterable[int], edges: Edges) -> set[int]:
    found, waiting = set(start), list(start)
    while waiting:
        for following in edges[waiting.pop()] - found:
            found.add(following)
            waiting.append(following)
    return found


def read_thread_graph(municipality: Municipality | None) -> ThreadGraph:
    """Read all links of the municipality as pairs (one query)."""
    graph = ThreadGraph()
    both = {
        "goal_need": (graph.needs_of_goal, graph.goals_of_need),
        "measure_need": (graph.needs_of_measure, graph.measures_of_need),
        "measure_goal": (graph.goals_of_measure, graph.measures_of_goal),
        "parent": (graph.parent_of_goal, graph.children_of_goal),
    }
    one = {
        "finding": graph.evidence_of_need,
        "figure": graph.figures_of_need,
        "quoted": graph.quoted_of_need,
        "source": graph.sources_of_need,
    }
    alone = {"money": graph.with_money, "result": graph.with_result, "dropped": graph.dropped}
    for name, a, b in pairs_statement().run(municipality):
        if name in both:
            forward, backward = both[name]
            forward[a].add(b)
            backward[b].add(a)
        elif name in one:
            one[name][a].add(b)
        else:
            alone[name].add(a)
    return graph


@cache
def pairs_statement() -> Prepared:
    """All links of a municipality as rows of (what, from, to)."""

    def pairs(name: str, rows: QuerySet[Any], left: str, right: str) -> QuerySet[Any]:
        return (
            rows.order_by()
            .annotate(pair=Value(name), a=Cast(F(left), IntegerField()), b=Cast(F(right), IntegerField()))
            .values_list("pair", "a", "b")
        )

    of_need = {"need__municipality_id": MUNICIPALITY}
    own = {"municipality_id": MUNICIPALITY}
    finding_links: Any = Need._meta.get_field("findings").through
    measure_goals = Measure.goals.through.objects.filter(goal__municipality_id=MUNICIPALITY)
    results = CriterionValue.objects.filter(actual__isnull=False, **own)
    parts = [
        pairs("finding", finding_links._default_manager.filter(**of_need), "need_id", "finding_id"),
        pairs("figure", Need.figures.through.objects.filter(**of_need), "need_id", "indicatorvalue_id"),
        pairs("quoted", Need.quoted.through.objects.filter(**of_need), "need_id", "quotedfigure_id"),
        pairs("source", Need.data_sources.through.objects.filter(**of_need), "need_id", "datasource_id"),
        pairs("goal_need", Goal.needs.through.objects.filter(**of_need), "goal_id", "need_id"),
        pairs("measure_need", Measure.needs.through.objects.filter(**of_need), "measure_id", "need_id"),
        pairs("measure_goal", measure_goals, "measure_id", "goal_id"),
        pairs("parent", Goal.objects.filter(parent__isnull=False, **own), "id", "parent_id"),
        pairs("money", Measure.objects.filter(has_money(), **own), "id", "id"),
        pairs("dropped", Measure.objects.filter(state=MeasureState.DROPPED, **own), "id", "id"),
        pairs("result", results, "criterion__measure_id", "criterion_id"),
    ]
    return Prepared.of(parts[0].union(*parts[1:], all=True))
