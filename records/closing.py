"""Database triggers of what is closed: rows of a closed record refuse every change in SQL, on SQLite and PostgreSQL.

A model says with ``closed_with`` by which relations it reaches the record whose state closes it, and that one with
``closed_in`` in which states it is closed. The closed record itself changes nothing but its state, which is a step of
its life, and what a step writes beside it.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, UniqueConstraint

MESSAGE = "Was abgeschlossen ist, wird nicht verändert."
PREFIX = "closed_"
ROWS = ("INSERT", "UPDATE", "DELETE")


def closing_models() -> list[type[Model]]:
    """What can be closed and what is closed with it, by their tables."""
    found = [model for model in apps.get_models() if is_own(model, "closed_with") or is_own(model, "closed_in")]
    return sorted(found, key=lambda model: model._meta.db_table)


def is_own(model: Any, name: str) -> bool:
    """Whether the model says so itself; its history has rows of the same base."""
    return name in vars(model) and not model._meta.abstract


def names(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, type[Model], str]]:
    """Name, model and operation of every trigger."""
    several = ("TRUNCATE",) if connection.vendor == "postgresql" else ()
    for model in closing_models():
        for operation in (*ROWS, *several):
            yield f"{PREFIX}{operation.lower()}_{model._meta.db_table}"[:60], model, operation


def create_sql(connection: BaseDatabaseWrapper, name: str, model: type[Model], operation: str) -> list[str]:
    """The statements that make one trigger."""
    quoted = connection.ops.quote_name(model._meta.db_table)
    refused = " OR ".join(conditions(connection, model, operation)) or "FALSE"
    if connection.vendor == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        return [f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {operation} ON {quoted} WHEN {refused} {body}"]
    each, row = ("STATEMENT", "NULL") if operation == "TRUNCATE" else ("ROW", "OLD" if operation == "DELETE" else "NEW")
    raising = f"IF {refused} THEN RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN {row};"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raising} END $$",
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {operation} ON {quoted} FOR EACH {each} EXECUTE FUNCTION {name}()",
    ]


def conditions(connection: BaseDatabaseWrapper, model: type[Model], operation: str) -> Iterator[str]:
    """SQL that is true where the operation is refused."""
    if is_own(model, "closed_in"):
        yield from own_conditions(connection, model, operation)
        return
    if operation == "TRUNCATE":
        yield f"EXISTS (SELECT 1 FROM {closed_rows(connection, owner_of(model))})"  # noqa: S608  # nosec B608
        return
    rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[operation]
    yield from (is_closed(connection, model, row) for row in rows)
    if operation == "INSERT":  # INSERT OR REPLACE removes a row without asking the trigger on DELETE
        taken = (f"({same}) AND {is_closed(connection, model, 'held')}" for same in same_keys(connection, model))
        table = connection.ops.quote_name(model._meta.db_table)
        yield from (f"EXISTS (SELECT 1 FROM {table} held WHERE {each})" for each in taken)  # noqa: S608  # nosec B608


def own_conditions(connection: BaseDatabaseWrapper, model: Any, operation: str) -> Iterator[str]:
    """For the closed record itself."""
    quote = connection.ops.quote_name
    closed = f"OLD.{quote('state')} IN ({states(model)})"
    if operation == "DELETE":
        yield closed
    elif operation == "UPDATE":
        kept = [f for f in model._meta.concrete_fields if f.editable and f.name != "state"]
        kept += [model._meta.get_field(name) for name in ("uid", "municipality")]
        columns = dict.fromkeys(quote(field.column) for field in kept)
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        yield f"({closed} AND ({changed}))"
    elif operation == "TRUNCATE":
        yield f"EXISTS (SELECT 1 FROM {closed_rows(connection, model)})"  # noqa: S608  # nosec B608
    else:
        table = quote(model._meta.db_table)
        taken = (f"({same}) AND held.{quote('state')} IN ({states(model)})" for same in same_keys(connection, model))
        yield from (f"EXISTS (SELECT 1 FROM {table} held WHERE {each})" for each in taken)  # noqa: S608  # nosec B608


def same_keys(connection: BaseDatabaseWrapper, model: Any) -> Iterator[str]:
    """SQL for each key of the table: the row ``held`` has the one of the new row."""
    meta = model._meta
    keys = [[meta.pk.name], *(list(c.fields) for c in meta.constraints if isinstance(c, UniqueConstraint))]
    for names_of_key in keys:
        columns = [connection.ops.quote_name(str(meta.get_field(name).column)) for name in names_of_key]
        yield " AND ".join(f"held.{column} = NEW.{column}" for column in columns)


def is_closed(connection: BaseDatabaseWrapper, model: Any, row: str) -> str:
    """SQL that is true where the row belongs to what is closed."""
    quote, value = connection.ops.quote_name, ""
    for place, name in enumerate(model.closed_with):
        field = model._meta.get_field(name)
        column = quote(field.column)
        if place == 0:
            value = f"{row}.{column}"
        else:
            table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
            value = f"(SELECT {column} FROM {table} WHERE {key} = {value})"  # noqa: S608  # nosec B608
        model = field.related_model
    key = quote(model._meta.pk.column)
    return f"{value} IN (SELECT {key} FROM {closed_rows(connection, model)})"  # noqa: S608  # nosec B608


def owner_of(model: Any) -> Any:
    """The model whose state closes."""
    for name in model.closed_with:
        model = model._meta.get_field(name).related_model
    return model


def closed_rows(connection: BaseDatabaseWrapper, owner: Any) -> str:
    """The closed records as the end of a SELECT."""
    quote = connection.ops.quote_name
    return f"{quote(owner._meta.db_table)} WHERE {quote('state')} IN ({states(owner)})"


def states(owner: Any) -> str:
    """The closing states, which are codes of the program, for SQL."""
    return ", ".join(f"'{state}'" for state in owner.closed_in)
