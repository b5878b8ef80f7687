"""Kinds that stand in a plan as nothing but a table: said on the kind (``in_plan``), drawn here.

A kind whose rows mean something to others (needs, goals, money) is read by its chapter's builder instead.
"""

from typing import Any

from planning.enums import Phase
from planning.models.cycle import CycleRecord
from plans.bodies import ListedRow, ListedTable
from plans.enums import ChapterCode
from plans.models import Plan
from records.display import field_of, label_of, shown
from records.filters import apply_order
from records.kind import RecordKind
from records.registry import all_kinds

CHAPTERS: dict[Any, ChapterCode] = {
    Phase.MANDATE: ChapterCode.MANDATE,
    Phase.INVENTORY: ChapterCode.INVENTORY,
    Phase.NEEDS: ChapterCode.NEEDS,
    Phase.GOALS: ChapterCode.GOALS,
    Phase.MEASURES: ChapterCode.MEASURES,
    Phase.RESOLUTION: ChapterCode.RESOLUTIONS,
    Phase.IMPLEMENTATION: ChapterCode.MEASURES,
    Phase.CONTROLLING: ChapterCode.CONTROLLING,
    None: ChapterCode.STEERING,  # what accompanies all phases
}


def listed_tables(plan: Plan, code: ChapterCode) -> tuple[ListedTable, ...]:
    """The tables of a chapter, with a number of queries for each kind that does not grow with its rows.

    Kinds without rows are left out: nothing entered is no statement.
    """
    kinds = [kind for kind in all_kinds() if kind.in_plan and CHAPTERS.get(kind.section) == code]
    return tuple(table for kind in kinds if (table := listed_table(plan, kind)).rows)


def listed_table(plan: Plan, kind: RecordKind) -> ListedTable:
    """The rows that every reader of the municipality sees; of kinds of a cycle those of the plan's."""
    fields = {name: field_of(kind.model, name) for name in kind.columns}
    single = [name for name, f in fields.items() if f is not None and f.is_relation and not f.many_to_many]
    many = [name for name, f in fields.items() if f is not None and f.many_to_many]
    rows = kind.rows(None, plan.municipality)
    if issubclass(kind.model, CycleRecord):
        rows = rows.filter(cycle=plan.cycle_id)
    ordered = apply_order(kind, rows.select_related(*kind.model.str_related, *single).prefetch_related(*many), "")
    return ListedTable(
        title=kind.plural,
        what=kind.label,
        heads=tuple(label_of(kind.model, name) for name in kind.columns),
        rows=tuple(
            ListedRow(
                uid=record.uid,
                example=record.is_example,
                source=getattr(record, "source", ""),
                contradiction=getattr(record, "contradiction", ""),
                title=str(record),
                cells=tuple(shown(record, name) for name in kind.columns),
            )
            for record in ordered
        ),
    )
