"""Database triggers that refuse to change or delete history rows and frozen plans, on SQLite and PostgreSQL.

Those of closed records are described in records.closing and made and dropped with them.

They are dropped before and made anew after every migration, because SQLite rebuilds tables and loses triggers
silently (docs/product.md §10); those of ``accounts.overlap`` with them. Two ways around UPDATE and DELETE are closed as
well: TRUNCATE on PostgreSQL, and on SQLite INSERT OR REPLACE, which removes the row it replaces without asking the
trigger on DELETE.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, UniqueConstraint
from simple_history.models import HistoricalChanges

from accounts import overlap
from records import closing
from records.models.base import AppendOnly

MESSAGE = "Verlauf und festgeschriebene Pläne werden nicht verändert."
OPERATIONS = {"postgresql": ("UPDATE", "DELETE", "TRUNCATE"), "sqlite": ("UPDATE", "DELETE", "INSERT")}


def guarded_models() -> list[type[Model]]:
    """All history models and the rows that are written once, by their tables."""
    found = [model for model in apps.get_models() if issubclass(model, HistoricalChanges | AppendOnly)]
    return sorted(found, key=lambda model: model._meta.db_table)


def guarded_tables() -> list[str]:
    """The tables of the guarded models."""
    return [model._meta.db_table for model in guarded_models()]


def _names(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, type[Model], str]]:
    for model in guarded_models():
        for operation in OPERATIONS[connection.vendor]:
            yield f"guard_{operation.lower()}_{model._meta.db_table}"[:60], model, operation
    yield from closing.names(connection)


def create_triggers(using: str = "default") -> None:
    """Make the triggers for every guarded table that exists."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION guard_rows() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
            )
        for name, model, operation in _names(connection):
            if model._meta.db_table in existing:
                for statement in _create_sql(connection, name, model, operation):
                    cursor.execute(statement)
        for statement in overlap.create_sql(connection) if overlap.TABLE in existing else ():
            cursor.execute(statement)


def _create_sql(connection: BaseDatabaseWrapper, name: str, model: type[Model], operation: str) -> list[str]:
    if name.startswith(closing.PREFIX):
        return closing.create_sql(connection, name, model, operation)
    quoted = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        each = "STATEMENT" if operation == "TRUNCATE" else "ROW"
        return [
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {operation} ON {quoted} "
            f"FOR EACH {each} EXECUTE FUNCTION guard_rows()"
        ]
    when = f"WHEN {_is_taken(connection, model)} " if operation == "INSERT" else ""
    return [
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {operation} ON {quoted} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ]


def _is_taken(connection: BaseDatabaseWrapper, model: type[Model]) -> str:
    """SQL that is true where a new row has the key of a stored one, so that the new one would replace it."""
    quote, meta = connection.ops.quote_name, model._meta
    keys = [[meta.pk.name], *(list(c.fields) for c in meta.constraints if isinstance(c, UniqueConstraint))]
    columns = [[quote(str(meta.get_field(name).column)) for name in names] for names in keys]  # type: ignore[union-attr]
    same = (" AND ".join(f"{column} = NEW.{column}" for column in each) for each in columns)
    return " OR ".join(f"EXISTS (SELECT 1 FROM {quote(meta.db_table)} WHERE {each})" for each in same)  # noqa: S608  # nosec B608


def drop_triggers(using: str = "default") -> None:
    """Remove the triggers (before migrations and for test databases that are emptied)."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, model, _ in _names(connection):
            table = model._meta.db_table
            if table in existing:
                on = f" ON {connection.ops.quote_name(table)}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        for statement in overlap.drop_sql(connection) if overlap.TABLE in existing else ():
            cursor.execute(statement)


def missing_triggers(using: str = "default") -> list[str]:
    """Names of triggers that should be there and are not; empty when all is well."""
    connection = connections[using]
    sql = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        present = {row[0] for row in cursor.fetchall()}
    wanted = (*(name for name, _, _ in _names(connection)), *overlap.names())
    return [name for name in wanted if name not in present]


def restrict_role(role: str, using: str = "default") -> list[str]:
    """Take from a role of PostgreSQL every right on the guarded tables but reading and adding; their names.

    Run as the owner of the tables, after each migration (docs/operations.md).
    """
    connection = connections[using]
    existing, who = set(connection.introspection.table_names()), connection.ops.quote_name(role)
    tables = [table for table in guarded_tables() if table in existing]
    with connection.cursor() as cursor:
        for table in tables:
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"REVOKE ALL ON {quoted} FROM {who}")
            cursor.execute(f"GRANT SELECT, INSERT ON {quoted} TO {who}")
    return tables


def before_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Signal receiver: once per migrate run."""
    if sender.name == "records":
        drop_triggers(using)


def after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Signal receiver: once per migrate run."""
    if sender.name == "records":
        create_triggers(using)
