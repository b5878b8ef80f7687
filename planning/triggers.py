"""Database triggers that refuse to change or delete history rows and frozen plans, on SQLite and PostgreSQL.

They are dropped before and made anew after every migration, because SQLite rebuilds tables and loses triggers
silently (RELIABILITY, design rule 7).
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from simple_history.models import HistoricalChanges

from planning.models.base import AppendOnly

MESSAGE = "Verlauf und festgeschriebene Pläne werden nicht verändert."
OPERATIONS = ("UPDATE", "DELETE")


def guarded_tables() -> list[str]:
    """The tables of all history models and of rows that are written once, in a fixed order."""
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, HistoricalChanges | AppendOnly))


def _names() -> Iterator[tuple[str, str, str]]:
    for table in guarded_tables():
        for operation in OPERATIONS:
            yield f"guard_{operation.lower()}_{table}"[:60], table, operation


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
        for name, table, operation in _names():
            if table in existing:
                cursor.execute(_create_sql(connection, name, table, operation))


def _create_sql(connection: BaseDatabaseWrapper, name: str, table: str, operation: str) -> str:
    quoted = connection.ops.quote_name(table)
    if connection.vendor == "postgresql":
        return (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {operation} ON {quoted} "
            "FOR EACH ROW EXECUTE FUNCTION guard_rows()"
        )
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {operation} ON {quoted} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def drop_triggers(using: str = "default") -> None:
    """Remove the triggers (before migrations and for test databases that are emptied)."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, table, _ in _names():
            if table in existing:
                on = f" ON {connection.ops.quote_name(table)}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


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
    return [name for name, _, _ in _names() if name not in present]


def before_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Signal receiver: once per migrate run."""
    if sender.name == "planning":
        drop_triggers(using)


def after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Signal receiver: once per migrate run."""
    if sender.name == "planning":
        create_triggers(using)
