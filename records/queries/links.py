"""What records are linked with: one record's links as records, and those of a whole list as keys and labels."""

from functools import cache
from typing import Any

from django.db import models
from django.db.models import BigIntegerField, ExpressionWrapper, F, Value

from records.models import MunicipalRecord, Record
from records.queries.prepared import MUNICIPALITY, Parameter, Prepared, PreparedRows
from records.queries.scope import Sight, rows_in_sight


def has(name: str) -> str:
    """What a record calls it that there is anything at the other end of a relation (records.pages.rows)."""
    return f"has_{name}"


def other_end(model: type[models.Model], name: str, key: Any) -> models.QuerySet[Any]:
    """The records that a relation links with this key, which may be a Parameter or a column."""
    relation: Any = model._meta.get_field(name)
    back = relation.field.name if relation.auto_created else relation.related_query_name()
    rows: models.QuerySet[Any] = relation.related_model._default_manager.filter(**{back: key})
    return rows


def linked_rows(record: Any, name: str) -> list[Any]:
    """The records at the other end of a relation to several, in their own order; read once (one query, or none)."""
    known: dict[str, Any] = record.__dict__.setdefault("_prefetched_objects_cache", {})
    if name not in known:
        model: Any = type(record)
        known[name] = model._meta.get_field(name).related_model._default_manager.none()
        any_at_all = getattr(record, has(name), True)
        known[name]._result_cache = links_statement(model, name).run(None, key=record.pk) if any_at_all else []
    return list(known[name])


@cache
def links_statement(model: type[models.Model], name: str) -> PreparedRows:
    """The same for any record of a model."""
    rows = other_end(model, name, Parameter("key"))
    return PreparedRows(rows.select_related(*getattr(rows.model, "str_related", ())))


@cache
def related_labels(model: Any, sight: Sight) -> Prepared:
    """Key and label of everything that a relation can lead to, in its own order."""
    rows = rows_in_sight(model, sight).select_related(None)
    return Prepared.of(rows.values_list("pk", "label" if issubclass(model, Record) else "name"))


@cache
def link_pairs(model: Any, name: str) -> Prepared:
    """The keys of both ends of every link of the municipality's records."""
    field = model._meta.get_field(name)
    owner, target = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = field.remote_field.through._default_manager.order_by()
    if issubclass(model, MunicipalRecord):
        rows = rows.filter(**{f"{owner}__municipality": MUNICIPALITY})
    return Prepared.of(rows.values_list(f"{owner}_id", f"{target}_id"))


@cache
def links_of_rows(model: Any, names: tuple[str, ...], count: int) -> Prepared:
    """Name, own key and key of the other end of the links of so many rows, whose keys are Parameters from key0 on."""
    keys, parts = [Parameter(f"key{place}") for place in range(count)], []
    for name in names:
        field = model._meta.get_field(name)
        owner, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        own = ExpressionWrapper(F(owner), output_field=BigIntegerField())  # compared as a number, which a Parameter is
        rows = field.remote_field.through._default_manager.annotate(relation=Value(name), own=own)
        parts.append(rows.filter(own__in=keys).order_by().values_list("relation", "own", target))
    return Prepared.of(parts[0].union(*parts[1:], all=True))
