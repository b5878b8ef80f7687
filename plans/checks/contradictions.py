"""Records that contradict themselves or others, judged kind by kind: who has judged a kind may keep it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from planning.models.cycle import CycleRecord
from plans.models import Plan
from records.models import MunicipalRecord, Record
from records.models.agreement import judged_models, questions, refused
from records.queries.scope import rows_in_scope


@dataclass(frozen=True)
class Row:
    """A record that was found."""

    pk: int
    label: str


Contradiction = tuple[type[MunicipalRecord], Row, str]
Said = tuple[tuple[Row, str], ...]  # what is amiss with the records of one kind
# Called with the kind, all kinds that its rules read, and what judges it.
Keep = Callable[[type[MunicipalRecord], Iterable[type[Record]], Callable[[], Said]], Said]


def anew(model: type[MunicipalRecord], read: Iterable[type[Record]], judge: Callable[[], Said]) -> Said:
    """Judge it now."""
    return judge()


def contradictions_of(plan: Plan, keep: Keep) -> list[Contradiction]:
    """What is stored and would be refused or asked about today (records.models.agreement), by kind and record.

    Only what every reader of the plan sees: no case of a Träger.
    """
    found: dict[str, Contradiction] = {}  # both sides say the same sentence: once
    for model, reads in judged_models():
        if not issubclass(model, MunicipalRecord):
            continue
        read = {model, *(step.related_model for path in reads for step in steps_of(model, path))}
        for row, sentence in keep(model, read, lambda model=model, reads=reads: judged(plan, model, reads)):  # type: ignore[misc]
            key = sentence if sentence.count("„") else f"{model._meta.label} {row.pk} {sentence}"
            found.setdefault(key, (model, row, sentence))
    return list(found.values())


def judged(plan: Plan, model: type[MunicipalRecord], reads: Iterable[str]) -> Said:
    """What is amiss with the records of a kind; ``reads`` are the relations at which its rules look."""
    rows: QuerySet[Any] = rows_in_scope(model, None, plan.municipality).select_related(None)
    if issubclass(model, CycleRecord):
        rows = rows.filter(cycle=plan.cycle_id)
    return tuple(
        (Row(record.pk, record.label), sentence)
        for record in with_relations(rows, reads).order_by("sort_key", "pk")
        for sentences in (refused(record, {}), questions(record, {}))
        for listed in sentences.values()
        for sentence in listed
    )


def with_relations(rows: QuerySet[Any], reads: Iterable[str]) -> QuerySet[Any]:
    """Rows with the relations read along: what leads to one record by joining, what leads to several by a query."""
    joined, several = set(), set()
    for path in reads:
        names = path.split("__")
        for place, field in enumerate(steps_of(rows.model, path)):
            if not (field.many_to_one and field.concrete):
                several.add(path)
                break
            joined.add("__".join(names[: place + 1]))
    rows = rows.select_related(*sorted(joined)) if joined else rows
    return rows.prefetch_related(*sorted(several))


def steps_of(model: Any, path: str) -> Iterator[Any]:
    """The relations along a path."""
    for name in path.split("__"):
        field = model._meta.get_field(name)
        yield field
        model = field.related_model
