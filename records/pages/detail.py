"""The detail page of any kind: facts, connections in both directions, sub-records, history."""

from dataclasses import replace
from functools import cache
from typing import Any

from django.db import models

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Right
from records.display import field_of, label_of, shown
from records.filters import apply_order, read_labels
from records.kind import RecordKind
from records.models import MunicipalRecord, ProgrammeRecord, Record
from records.models.guard import why_closed_below, why_locked
from records.pages.duplicate import PARAMETER as COPY
from records.pages.grids import further_grids, grid_link
from records.pages.history import history_entries
from records.pages.life_panel import life_panel
from records.pages.listing import columns_of, relations_to_label, rows_of
from records.parts import ChildTable, Connected, Connection, DetailPage, Fact, FactGroup, Link
from records.queries.links import linked_rows
from records.queries.names import names_apart
from records.queries.prepared import Parameter, PreparedRows
from records.queries.scope import Sight, key_of, rows_in_sight, sees, sight_of
from records.registry import children_of, find_kind, kind_of

SHOWN = 12  # connected records per list


def may_write(
    kind: RecordKind, record: Any, municipality: Municipality | None, access: Access, right: Right = Right.CHANGE
) -> bool:
    """Whether changing or deleting is offered."""
    return kind.policy.opens(right, access, municipality, record) and not why_locked(
        record, changes=right == Right.CHANGE
    )


def detail_page(kind: RecordKind, record: Any, municipality: Municipality | None, access: Access) -> DetailPage:
    """Everything the detail page shows."""
    writable = may_write(kind, record, municipality, access)
    deletable = kind.deletable and may_write(kind, record, municipality, access, Right.DELETE)
    connected = {name for names in relation_names(kind) for name in names}
    for name in link_fields(kind):
        linked_rows(record, name)
    threads = kind.threads([record], municipality, writable) if kind.threads else {}
    upstream, downstream = (
        tuple(connection(kind, record, name, municipality, access, writable) for name in names)
        for names in relation_names(kind)
    )
    return DetailPage(
        title=str(record),
        kind=kind.label,
        lead="",
        tags=tuple(text for name in kind.tags if (text := shown(record, name))),
        groups=(
            *fact_groups(kind, record, municipality, access, connected),
            *earlier_facts(kind, record, municipality, access),
            *further_facts(kind, record),
        ),
        upstream=upstream,
        downstream=downstream,
        children=tuple(child_table(kind, child, record, municipality, access) for child in tables_of(kind)),
        history=tuple(history_entries(record, access, limit=4)),
        history_url=kind.url("history", municipality, record.pk),
        edit=Link("Bearbeiten", kind.url("update", municipality, record.pk)) if writable else None,
        delete=Link("Löschen", kind.url("delete", municipality, record.pk)) if deletable else None,
        duplicate=duplicate_link(kind, record, municipality, access),
        thread=threads.get(record.pk),
        example=getattr(record, "is_example", False),
        buttons=(
            *kind.buttons("detail", municipality, access, record),
            *further_grids(kind, record.pk, municipality, access),
        ),
        life=life_panel(kind, record, access),
    )


def tables_of(kind: RecordKind) -> list[RecordKind]:
    """The kinds whose rows stand as tables below a record."""
    apart = kind.detail_apart()
    return [child for child in children_of(kind) if child.model not in apart]


def duplicate_link(kind: RecordKind, record: Any, municipality: Municipality | None, access: Access) -> Link | None:
    """The form of a new record, filled with the values of this one."""
    if not (kind.creatable and kind.allows(Right.CREATE, access, municipality)):
        return None
    return Link("Duplizieren", f"{kind.url('create', municipality)}?{COPY}={record.pk}")


def relation_names(kind: RecordKind) -> tuple[list[str], list[str]]:
    """Relations shown as „Worauf er sich stützt“ and „Was daraus folgt“.

    The description may name them; else links to records of the municipality lead back, and what points here follows.
    """
    forward = [
        f.name
        for f in kind.model._meta.get_fields()
        if not f.auto_created and (f.many_to_many or f.many_to_one) and is_shown_relation(kind, f)
    ]
    children = {child.model for child in children_of(kind)}
    backward = [
        relation.get_accessor_name()
        for relation in kind.model._meta.related_objects
        if (other := find_kind(relation.related_model))
        and relation.related_model not in children
        and other.is_tenant == kind.is_tenant
    ]
    upstream = list(kind.upstream) if kind.upstream is not None else forward
    downstream = list(kind.downstream) if kind.downstream is not None else [n for n in backward if n not in upstream]
    return upstream, [name for name in downstream if name]


def is_shown_relation(kind: RecordKind, field: Any) -> bool:
    """Links to other records of the municipality; the cycle is a fact, catalogues are facts."""
    target = field.related_model
    return (
        isinstance(target, type)
        and issubclass(target, MunicipalRecord)
        and find_kind(target) is not None
        and field.name not in ("cycle", kind.parent)
    )


def link_fields(kind: RecordKind) -> list[str]:
    """The own fields with links to several records."""
    return [name for name in kind.field_names() if (f := field_of(kind.model, name)) is not None and f.many_to_many]


def shown_links(kind: RecordKind) -> tuple[str, ...]:
    """All relations to several records that the page shows."""
    relations = [name for names in relation_names(kind) for name in names]
    several = [name for name in relations if not relation_target(kind, name)[1].many_to_one]
    return tuple(dict.fromkeys([*link_fields(kind), *several]))


def relation_target(kind: RecordKind, name: str) -> tuple[type[models.Model], Any]:
    """The model at the other end of a relation, and the relation itself."""
    relation: Any = kind.model._meta.get_field(name)
    return relation.related_model, relation


def connection(
    kind: RecordKind, record: Any, name: str, municipality: Municipality | None, access: Access, writable: bool
) -> Connection:
    """One relation as a list of links."""
    target, relation = relation_target(kind, name)
    other = find_kind(target)
    if relation.auto_created or relation.many_to_many:
        rows = linked_rows(record, name)
    else:
        value = getattr(record, name)
        rows = [value] if value else []
    rows = [row for row in rows if sees(access, row)]
    title = other.plural if relation.auto_created and other else str(getattr(relation, "verbose_name", ""))
    named = names_apart(rows[:SHOWN])
    items = tuple(connected_item(other, row, name, municipality) for row, name in zip(rows, named, strict=False))
    return Connection(
        title=title,
        items=items,
        total=len(rows),
        add=add_link(kind, record, name, relation, other, municipality, access, writable),
        empty="Noch nichts zugeordnet.",
    )


def connected_item(kind: RecordKind | None, row: Any, name: str, municipality: Municipality | None) -> Connected:
    """A related record with its kind and date."""
    if kind is None:
        return Connected(name, "")
    dates = [shown(row, mark.begin) for mark in kind.marks[:1] if field_of(kind.model, mark.begin)]
    meta = " · ".join(part for part in (kind.label, *dates) if part)
    return Connected(name, kind.url("detail", municipality, row.pk), meta)


def add_link(
    kind: RecordKind,
    record: Any,
    name: str,
    relation: Any,
    other: RecordKind | None,
    municipality: Municipality | None,
    access: Access,
    writable: bool,
) -> Link | None:
    """The way to connect one more: the own form, the assignment page, or a new record that points here."""
    if other is None:
        return None
    if (flow := dict(kind.flows).get(name)) and municipality:
        allowed = access.allows(flow.action, municipality)
        return Link(flow.label, flow.url(municipality, record.pk)) if allowed else None
    if not relation.auto_created:
        return Link("zuordnen", kind.url("update", municipality, record.pk)) if writable else None
    if relation.many_to_many:
        may_assign = other.is_tenant and other.allows(Right.CHANGE, access, municipality)
        return Link("zuordnen", kind.assign_url(municipality, record.pk, name)) if may_assign else None
    if not other.creatable or not other.allows(Right.CREATE, access, municipality):
        return None
    if relation.field.name not in {*other.field_names(), *dict(other.begun_from)}:
        return None  # the form would not know from what it was begun
    return Link(f"{other.label} anlegen", f"{other.url('create', municipality)}?{relation.field.name}={record.pk}")


def fact_groups(
    kind: RecordKind, record: Any, municipality: Municipality | None, access: Access, connected: set[str]
) -> tuple[FactGroup, ...]:
    """The values in the groups of the form; empty ones are left out."""
    groups = []
    for group in kind.groups:
        facts = [
            fact
            for name in group.names()
            if name not in connected
            and name not in ("is_example", kind.title_field)
            and (fact := fact_of(kind, record, name, municipality, access))
        ]
        if facts:
            groups.append(FactGroup(group.legend, tuple(facts)))
    return tuple(groups)


def earlier_facts(
    kind: RecordKind, record: Any, municipality: Municipality | None, access: Access
) -> tuple[FactGroup, ...]:
    """What was said before and can only be read, with why."""
    groups = []
    for name in kind.earlier:
        fact, field = fact_of(kind, record, name, municipality, access), field_of(kind.model, name)
        if fact and field:
            groups.append(FactGroup("Bisherige Angabe", (fact, Fact("Hinweis", (str(field.help_text),)))))
    return tuple(groups)


def further_facts(kind: RecordKind, record: Any) -> tuple[FactGroup, ...]:
    """What follows from other records or from several fields: a rate, targets and actual values."""
    found = kind.further(record) if kind.further else None
    return (found,) if found and found.facts else ()


def fact_of(kind: RecordKind, record: Any, name: str, municipality: Municipality | None, access: Access) -> Fact | None:
    """One labelled value, or None where there is nothing to say."""
    field = field_of(kind.model, name)
    label = label_of(kind.model, name)
    if isinstance(field, models.FileField):
        stored = getattr(record, name)
        url = kind.url("file", municipality, record.pk)
        return Fact(label, links=(Link(getattr(record, "original_name", "") or "Datei", url),)) if stored else None
    if field is not None and field.is_relation:
        rows = linked_rows(record, name) if field.many_to_many else [getattr(record, name)]
        rows, other = [row for row in rows if row and sees(access, row)], find_kind(field.related_model)
        links = tuple(Link(called(record, r), other.url("detail", municipality, r.pk)) for r in rows if other)
        plain = tuple(str(r) for r in rows if not other)
        return Fact(label, plain, links) if links or plain else None
    if isinstance(field, models.BooleanField) and not record.said(name):
        return None
    text = shown(record, name)
    if isinstance(field, models.TextField):
        return Fact(label, text=text) if text.strip() else None
    return Fact(label, tuple(part.strip() for part in text.split("\n") if part.strip())) if text.strip() else None


def called(record: Any, target: Any) -> str:
    """The name of a related record; an entry of a catalogue says where it does not hold in the record's time."""
    ended = isinstance(target, ProgrammeRecord) and isinstance(record, MunicipalRecord)
    return f"{target} ({target.limits})" if ended and not target.holds(record.span()) else str(target)


@cache
def rows_below(model: type[Record], sight: Sight) -> PreparedRows:
    """The sub-records of one record that are seen, in the order of their kind."""
    kind = kind_of(model)
    rows = rows_in_sight(model, sight).filter(**{kind.parent: Parameter("parent")})
    return PreparedRows(apply_order(kind, rows, ""))


def child_table(
    kind: RecordKind, child: RecordKind, record: Record, municipality: Municipality | None, access: Access
) -> ChildTable:
    """Sub-records, without the column that names their parent, and a link that creates one more."""
    narrow = replace(child, columns=tuple(name for name in child.columns if name != child.parent))
    labels = read_labels(narrow, relations_to_label(narrow, narrow.columns), municipality, access)
    below = rows_below(child.model, sight_of(access, municipality))
    records = below.run(municipality, user=key_of(access), parent=record.pk)
    add, locked = None, why_closed_below(child.model, record)
    if not locked and child.creatable and child.allows(Right.CREATE, access, municipality):
        add = Link(f"{child.label} anlegen", f"{child.url('create', municipality)}?{child.parent}={record.pk}")
    return ChildTable(
        title=child.plural,
        columns=columns_of(narrow, None, ""),
        rows=rows_of(narrow, records, municipality, labels),
        add=add,
        empty=child.none_yet,
        grid=None if locked else grid_link(kind, child, record.pk, municipality, access),
    )
