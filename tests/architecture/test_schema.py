"""The suite makes its tables from the models, which is quick; operation makes them by migrations. Both are the same."""

import os
import re
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from records import triggers

NAME = "lsz_migrated"
DJANGOS = ("auth_", "django_")  # its own migrations make smaller keys than its models ask for


# What is asked of each table: columns, constraints, indexes. Where columns stand and most names do not matter.
TABLE = {
    "sqlite": (
        'SELECT name, type, "notnull", pk FROM pragma_table_xinfo(%s)',
        'SELECT "from", "table", "to" FROM pragma_foreign_key_list(%s)',
        'SELECT "unique", partial, (SELECT group_concat(name) FROM pragma_index_info(il.name))'
        " FROM pragma_index_list(%s) il",
        "SELECT 'checks', (length(sql) - length(replace(sql, ' CHECK ', ''))) / 7 FROM sqlite_master WHERE name = %s",
    ),
    "postgresql": (
        "SELECT column_name, data_type, character_maximum_length, is_nullable, collation_name"
        " FROM information_schema.columns WHERE table_name = %s",
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass",
        "SELECT regexp_replace(indexdef, 'INDEX .* ON', '') FROM pg_indexes WHERE tablename = %s",
    ),
}
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def in_order(row: tuple) -> tuple:
    """The row; of a check its words in alphabetical order, for a set among its values has none."""
    return tuple(sorted(re.findall(r"[\w.']+", row[0]))) if str(row[0]).startswith("CHECK") else row


def schema_of(database: BaseDatabaseWrapper) -> dict[str, set[tuple]]:
    """What the database says of each table, and its triggers."""
    schema: dict[str, set[tuple]] = {}
    with database.cursor() as cursor:
        for table in database.introspection.table_names(cursor):
            if table.startswith(DJANGOS):
                continue
            schema[table] = set()
            for question in TABLE[database.vendor]:
                cursor.execute(question, [table])
                schema[table].update(map(in_order, cursor.fetchall()))
        cursor.execute(TRIGGERS[database.vendor])
        schema["triggers"] = set(cursor.fetchall())
    return schema


AT_ONCE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
# What an older database has gone through before: all that is replaced in an empty one.
STEP_BY_STEP = """
import django; django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
executor.loader.replace_migrations = False
executor.loader.build_graph()
steps = [migration.replaces[-1] for migration in executor.loader.replacements.values()]
assert steps
executor.migrate(steps)
"""


@pytest.fixture
def migrated(request, transactional_db, tmp_path):
    """A second database, made as operation makes it."""
    if connection.vendor == "sqlite":
        name, url = str(tmp_path / "migrated.sqlite3"), f"sqlite:///{tmp_path}/migrated.sqlite3"
    else:
        name, url = NAME, urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{NAME}"))
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {NAME}")
    for code in request.param:
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
            check=True,
        )
    database = connection.copy("default")
    database.settings_dict = connection.settings_dict | {"NAME": name}
    yield database
    database.close()
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {NAME}")


# In an empty database at once; in one that holds data, step by step: a minute and a half of work.
@pytest.mark.parametrize(
    "migrated",
    [
        pytest.param([AT_ONCE], id="at once", marks=pytest.mark.slow),
        pytest.param([STEP_BY_STEP, AT_ONCE], id="step by step", marks=pytest.mark.long),
    ],
    indirect=True,
)
def test_migrations_make_what_the_models_say(migrated):
    tested, made = schema_of(connection), schema_of(migrated)
    assert made.keys() == tested.keys()
    assert {table: tested[table] ^ made[table] for table in tested if tested[table] != made[table]} == {}
    assert len(tested["triggers"]) >= len(triggers.guarded_tables()) > 20
