"""The red thread of one cycle for its page, in eight queries whatever the number of records."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Municipality
from funding.domain.budget.comparing import planned_costs
from insight.thread.web import GOAL, MEASURE, NEED, Criterion, Proof, Web, WebRecord
from participation.models import Finding
from planning.enums import MeasureState, NeedState
from planning.models import (
    ActionField,
    DataSource,
    Goal,
    IndicatorValue,
    Measure,
    Need,
    PlanningCycle,
    QualityCriterion,
    QuotedFigure,
)
from planning.queries.thread_graph import ThreadGraph, read_thread_graph
from records.models import day_in, stand_ins

# A finding's own record of origin: field and name of the model's kind.
SOURCES = {
    "event": "event",
    "session": "session",
    "survey": "survey",
    "data_source": "datasource",
    "document": "document",
}


def read_web(municipality: Municipality, cycle: PlanningCycle) -> Web:
    """Everything on the thread of this cycle."""
    own: dict[str, Any] = {"municipality": municipality, "cycle": cycle}
    names: dict[int, tuple[str, str]] = {}
    graph = read_thread_graph(municipality)
    needs = read_needs(Need.objects.filter(**own), names)
    goals = read_goals(Goal.objects.filter(**own), names)
    measures = read_measures(Measure.objects.filter(**own), names, planned_costs(municipality, cycle))
    seen_in = day_in(cycle.span(), timezone.localdate())
    heirs = stand_ins(ActionField.objects.order_by("sort_key"), seen_in) if names else {}
    needs, goals, measures = (
        {pk: replace(row, fields=frozenset(heirs[field].pk for field in row.fields)) for pk, row in rows.items()}
        for rows in (needs, goals, measures)
    )
    ordered = sorted({heirs[pk].pk: (heirs[pk].sort_key, heirs[pk].label) for pk in names}.items(), key=lambda i: i[1])
    return Web(
        graph=graph,
        needs=needs,
        goals=goals,
        measures=measures,
        proofs=proofs_of(graph, needs, read_proofs(municipality, cycle)),
        criteria=read_criteria(municipality, cycle),
        field_names={pk: label for pk, (_, label) in ordered},
    )


def cycles_with(
    municipality: Municipality, here: tuple[str, int] | None
) -> tuple[list[PlanningCycle], PlanningCycle | None]:
    """All cycles, the newest first, and the one to which a need, goal or measure belongs (one query)."""
    rows = PlanningCycle.objects.filter(municipality=municipality).order_by("-first_year", "-pk")
    if here is None:
        return list(rows), None
    kind, pk = here
    records: QuerySet[Any] = {NEED: Need, GOAL: Goal, MEASURE: Measure}[kind]._default_manager.all()
    named = records.filter(municipality=municipality, pk=pk, cycle=OuterRef("pk"))
    cycles: list[Any] = list(rows.annotate(is_named=Exists(named)))
    return cycles, next((cycle for cycle in cycles if cycle.is_named), None)


def read_needs(rows: QuerySet[Need], names: dict[int, tuple[str, str]]) -> dict[int, WebRecord]:
    """Needs by key; ``names`` takes the Handlungsfelder that occur."""
    fields: dict[int, set[int]] = defaultdict(set)
    found: dict[int, tuple[str, str, bool]] = {}
    columns = ("pk", "label", "state", "is_example")
    for pk, label, state, is_example, *field in rows.order_by("sort_key", "pk").values_list(
        *columns, "action_fields__pk", "action_fields__sort_key", "action_fields__label"
    ):
        found[pk] = (label, str(NeedState(state).label), is_example)
        fields[pk] |= note_field(field, names)
    return {
        pk: WebRecord(pk, label, is_example, frozenset(fields[pk]), state)
        for pk, (label, state, is_example) in found.items()
    }


def note_field(field: list[Any], names: dict[int, tuple[str, str]]) -> set[int]:
    """The key of the Handlungsfeld, if there is one; its label goes into ``names``."""
    pk, order, label = field
    if pk is None:
        return set()
    names[pk] = (order, label)
    return {pk}


FIELD = ("action_field_id", "action_field__sort_key", "action_field__label")


def read_goals(rows: QuerySet[Goal], names: dict[int, tuple[str, str]]) -> dict[int, WebRecord]:
    """Goals by key, in the order of the goal tree's siblings."""
    columns = rows.order_by("position", "pk").values_list("pk", "label", "level", "parent_id", "is_example", *FIELD)
    return {
        pk: WebRecord(pk, label, is_example, frozenset(note_field(field, names)), parent=parent, level=level)
        for pk, label, level, parent, is_example, *field in columns
    }


def read_measures(
    rows: QuerySet[Measure], names: dict[int, tuple[str, str]], planned: dict[int, tuple[int, Decimal]]
) -> dict[int, WebRecord]:
    """Measures by key; what they cost comes from a Finanzplan, where none names them from the earlier statement."""
    columns = rows.order_by("sort_key", "pk").values_list("pk", "label", "state", "yearly_cost", "is_example", *FIELD)
    return {
        pk: WebRecord(
            pk,
            label,
            is_example,
            frozenset(note_field(field, names)),
            str(MeasureState(state).label),
            cost=planned[pk][1] if pk in planned else cost,
            cost_note=f"{planned[pk][0]} geplant" if pk in planned else "im Jahr, bisherige Angabe",
            is_dropped=state == MeasureState.DROPPED,
        )
        for pk, label, state, cost, is_example, *field in columns
    }


def read_proofs(municipality: Municipality, cycle: PlanningCycle) -> dict[tuple[str, int], Proof]:
    """Findings, figures and data sources behind the needs of the cycle, by kind and key (one query)."""
    own: dict[str, Any] = {"municipality": municipality, "needs__cycle": cycle}
    number, text = IntegerField(), CharField()

    def plain(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        nothing = Value("", output_field=text)
        return (
            rows.order_by()
            .annotate(
                proof=Value(kind, output_field=text), source_kind=nothing, source_pk=Value(0, output_field=number)
            )
            .annotate(source_label=nothing, proof_origin=Value(kind, output_field=text))
            .values_list(
                "proof", "pk", "label", "is_example", "proof_origin", "source_kind", "source_pk", "source_label"
            )
        )

    sources = Case(
        *(When(**{f"{field}__isnull": False}, then=Value(kind)) for field, kind in SOURCES.items()),
        default=Value(""),
        output_field=text,
    )
    findings = (
        Finding.objects.filter(**own)
        .order_by()
        .annotate(proof=Value("finding", output_field=text), source_kind=sources)
        .annotate(source_pk=Coalesce(*(F(f"{field}_id") for field in SOURCES), 0, output_field=number))
        .annotate(source_label=Coalesce(*(F(f"{field}__label") for field in SOURCES), Value(""), output_field=text))
        .annotate(proof_origin=F("origin"))
        .values_list("proof", "pk", "label", "is_example", "proof_origin", "source_kind", "source_pk", "source_label")
    )
    figures = plain("figure", IndicatorValue.objects.filter(**own))
    quoted = plain("quoted", QuotedFigure.objects.filter(**own))
    data_sources = plain("datasource", DataSource.objects.filter(**own))
    return {
        (kind, pk): Proof(pk, label, bool(is_example), origin, (source, source_pk) if source else None, source_label)
        for kind, pk, label, is_example, origin, source, source_pk, source_label in findings.union(
            figures, quoted, data_sources
        )
    }


def proofs_of(graph: ThreadGraph, needs: Iterable[int], proofs: dict[tuple[str, int], Proof]) -> dict[int, list[Proof]]:
    """What each need rests on: findings first, then figures and sources."""
    edges = (
        ("finding", graph.evidence_of_need),
        ("figure", graph.figures_of_need),
        ("quoted", graph.quoted_of_need),
        ("datasource", graph.sources_of_need),
    )
    return {
        need: [proofs[kind, pk] for kind, links in edges for pk in sorted(links[need]) if (kind, pk) in proofs]
        for need in needs
    }


def read_criteria(municipality: Municipality, cycle: PlanningCycle) -> dict[int, list[Criterion]]:
    """Quality criteria by measure, each with its newest year (one query)."""
    rows = QualityCriterion.objects.filter(municipality=municipality, measure__cycle=cycle).order_by("measure_id", "pk")
    columns = ("measure_id", "pk", "title", "unit", "is_example", "values__year", "values__target", "values__actual")
    newest: dict[int, dict[int, Criterion]] = defaultdict(dict)
    for measure, *values in rows.values_list(*columns):
        criterion = Criterion(*values)
        known = newest[measure].get(criterion.pk)
        if known is None or rank(criterion) > rank(known):
            newest[measure][criterion.pk] = criterion
    return {measure: list(criteria.values()) for measure, criteria in newest.items()}


def rank(criterion: Criterion) -> tuple[bool, int]:
    """A year with an actual value goes before one without, the newer before the older."""
    return criterion.actual is not None, criterion.year or 0
