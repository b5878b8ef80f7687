"""Real faults around the portal, each as a context that ends again, and a browser that goes the whole way of a request.

Django's test client leaves connections alone; this one asks the WSGI application, which opens and closes them as in
operation.
"""

import resource
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from planning.models import Document

POSTGRES = connection.vendor == "postgresql"
TABLE = Document._meta.db_table
application = get_wsgi_application()
BIG = b"%PDF-1.4\n" + b"0" * 15_000_000


class Front(Client):
    """A browser whose requests begin and end as those of a server."""

    def request(self, **request: Any) -> HttpResponse:  # type: ignore[override]
        response = application(self._base_environ(**request), lambda status, headers: None)
        self.cookies.update(response.cookies)
        response.close()  # the server does so when everything is sent
        return response


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def other_connection() -> Any:
    """Past Django, as another program would do it."""
    parameters = connection.get_connection_params()
    return psycopg2.connect(**{name: value for name, value in parameters.items() if name != "cursor_factory"})


@contextmanager
def changed(settings_dict: dict[str, Any]) -> Iterator[None]:
    """Connections opened from now on have these settings."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(settings_dict)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def gone() -> AbstractContextManager[None]:
    """Nothing answers at the database's address; the connection that was open is closed."""
    return changed({"HOST": "/nowhere"} if POSTGRES else {"NAME": "/nowhere/portal.sqlite3"})


def terminate() -> None:
    """The server ends the connection of the portal, as at a restart."""
    other = other_connection()
    other.cursor().execute("SELECT pg_terminate_backend(%s)", [connection.connection.get_backend_pid()])
    other.close()


@contextmanager
def ended_by_the_server() -> Iterator[None]:
    """The server ends the connection in the middle of a request, before it stores the row: PostgreSQL only."""

    def end(ask: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(f'INSERT INTO "{TABLE}"'):
            terminate()
        return ask(sql, *rest)

    with connection.execute_wrapper(end):
        yield


def read_only() -> AbstractContextManager[None]:
    """Reading goes on, no statement that writes does."""
    options = dict(connection.settings_dict["OPTIONS"])
    if POSTGRES:
        options["options"] = f"{options.get('options', '')} -c default_transaction_read_only=on"
    else:
        options["init_command"] += "PRAGMA query_only=1;"
    return changed({"OPTIONS": options})


@contextmanager
def full_database() -> Iterator[None]:
    """No row goes into the table of documents any more, with the code of a full disk."""
    if not POSTGRES:
        # One page more is needed for a long text than the file may have.
        with changed({}):
            execute("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
            with connection.cursor() as cursor:
                pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        options = dict(connection.settings_dict["OPTIONS"])
        options["init_command"] += f"PRAGMA max_page_count={pages};"
        with changed({"OPTIONS": options}):
            yield
        return
    execute(
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
        f"CREATE TRIGGER no_room BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION no_room()",
    )
    try:
        yield
    finally:
        execute("DROP FUNCTION no_room() CASCADE")


@contextmanager
def locked() -> Iterator[None]:
    """Another one keeps the database (SQLite) or the table (PostgreSQL) for longer than anybody waits."""
    if POSTGRES:
        other = other_connection()
        other.cursor().execute(f"LOCK TABLE {TABLE}")
        options = connection.settings_dict["OPTIONS"] | {"options": "-c lock_timeout=50"}
    else:
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        options = connection.settings_dict["OPTIONS"] | {"timeout": 0.05}
    try:
        with changed({"OPTIONS": options}):
            yield
    finally:
        other.close()


@contextmanager
def not_migrated() -> Iterator[None]:
    """A table has not got its new name yet."""
    execute(f"ALTER TABLE {TABLE} RENAME TO not_there_yet")
    try:
        yield
    finally:
        execute(f"ALTER TABLE not_there_yet RENAME TO {TABLE}")


@contextmanager
def no_folder() -> Iterator[None]:
    """Where the folder of uploads should be made lies a file."""
    folder = settings.VAR_DIR / "uploads"
    aside = folder.with_name("aside")
    if folder.exists():
        folder.rename(aside)
    folder.write_text("")
    try:
        yield
    finally:
        folder.unlink()
        if aside.exists():
            aside.rename(folder)


@contextmanager
def no_incoming() -> Iterator[None]:
    """The folder in which large uploads arrive is gone."""
    folder = settings.FILE_UPLOAD_TEMP_DIR
    shutil.rmtree(folder)
    try:
        yield
    finally:
        folder.mkdir()


@contextmanager
def no_room_for_files(limit: int = 12_000_000) -> Iterator[None]:
    """No file may become as large as BIG."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def stored_files() -> set[str]:
    """Every file below the folder of uploads, and what is still on its way."""
    places = (settings.VAR_DIR / "uploads", settings.FILE_UPLOAD_TEMP_DIR)
    return {str(path) for place in places for path in place.rglob("*") if path.is_file()}
