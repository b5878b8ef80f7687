"""The database of one moment, copied while people work, and put back into an empty one; SQLite and PostgreSQL.

What is counted and what is copied are the same moment: on PostgreSQL ``pg_dump`` reads the snapshot of the transaction
that counts, on SQLite the copy itself is counted. Sessions are left out: they would open the portal to whoever reads
the archive.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

SESSIONS = "django_session"
OPTIONS = ("--no-owner", "--no-privileges")


class NotPossible(Exception):
    """Copying or loading failed; the text says in German why."""


@contextmanager
def copied(path: Path) -> Iterator[Any]:
    """Copy the database to the path; gives a cursor that sees what was copied. Raises NotPossible."""
    with _copied_postgres(path) if connection.vendor == "postgresql" else _copied_sqlite(path) as cursor:
        yield cursor


# What triggers call; extensions keep theirs.
OF_TRIGGERS = (
    "SELECT proname FROM pg_proc"
    " WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype"
    " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
)


def load(path: Path) -> None:
    """Put a copy into the database, which is empty. Raises NotPossible."""
    if connection.vendor == "postgresql":
        run("pg_restore", "--exit-on-error", "--single-transaction", *OPTIONS, file=path)
        return
    place = Path(connection.settings_dict["NAME"])
    connection.close()
    for rest in ("-wal", "-shm"):
        place.with_name(place.name + rest).unlink(missing_ok=True)
    shutil.move(path, place)


def empty() -> None:
    """Remove every table and what its triggers call; on SQLite ``load`` replaces the file instead."""
    if connection.vendor != "postgresql":
        return
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {quote(table)} CASCADE")
        for (name,) in rows(cursor, OF_TRIGGERS):
            cursor.execute(f"DROP FUNCTION {quote(name)}() CASCADE")


def tables(cursor: Any) -> dict[str, int]:
    """The number of rows of each table but the sessions."""
    names = [name for name in sorted(connection.introspection.table_names()) if name != SESSIONS]
    return {name: int(rows(cursor, f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")[0][0]) for name in names}  # noqa: S608  # nosec B608


def rows(cursor: Any, sql: str) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    cursor.execute(sql)
    return list(cursor.fetchall())


@contextmanager
def _copied_sqlite(path: Path) -> Iterator[sqlite3.Cursor]:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    copy = sqlite3.connect(path, isolation_level=None)
    try:
        copy.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608  # nosec B608
        copy.execute("VACUUM")  # so that no free page holds what was deleted
        yield copy.cursor()
    finally:
        copy.close()


@contextmanager
def _copied_postgres(path: Path) -> Iterator[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = rows(cursor, "SELECT pg_export_snapshot()")[0][0]
        run(
            "pg_dump",
            "--format=custom",
            f"--exclude-table-data={SESSIONS}",
            *OPTIONS,
            f"--snapshot={snapshot}",
            file=path,
        )
        yield cursor


def run(program: str, *options: str, file: Path) -> None:
    """A tool of PostgreSQL with the portal's own access, whose password stands in no command line."""
    if not shutil.which(program):
        raise NotPossible(
            f"{program} wurde nicht gefunden. Installieren Sie die Programme von PostgreSQL (Paket postgresql-client) "
            "in der Fassung des Servers, oder nehmen Sie ihren Ordner in PATH auf."
        )
    (_, *access, database), env = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    where = ["--file", str(file)] if program == "pg_dump" else []
    what = [] if program == "pg_dump" else [str(file)]
    command = [program, *options, *where, *access, "--dbname", database, *what]
    done = subprocess.run(command, env=os.environ | (env or {}), capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotPossible(f"{program} ist gescheitert: {done.stderr.strip()}")
