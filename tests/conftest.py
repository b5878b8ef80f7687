"""What every test may rely on: settings of the tests, a database that can be emptied, repeatable examples.

Which test runs when is told in docs/tests.md: what a database can answer otherwise on PostgreSQL (``--only-database``
under ``scripts/with_postgres.py``), all others on SQLite (``--leave-database``; without it, all), what is quick and
concerns what has changed between two edits (``--quick``), and what repeats a truth very often with ``--long`` alone.
Tests with threads or commits use ``@pytest.mark.django_db(transaction=True)``: the SQLite test database is a file, so
each thread has a connection with real locks; close it at the thread's end (``connection.close()``).
"""

import gc

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from records import triggers
from records.kind import RecordKind
from tests.cast import cast  # noqa: F401  (a fixture)
from tests.changed import concerned_folders
from tests.kept import kept_rows  # noqa: F401  (a fixture)
from tests.kinds import few_kinds, typical_kinds
from tests.second_database import is_asked_of_both, is_asked_there

hypothesis_settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("suite")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--only-database", action="store_true", help="run what PostgreSQL can answer otherwise than SQLite"
    )
    parser.addoption(
        "--leave-database", action="store_true", help="run what --only-database leaves, and what both are asked"
    )
    parser.addoption("--long", action="store_true", help="run also what repeats a truth very often, marked long")
    parser.addoption(
        "--quick", action="store_true", help="run what has changed, without the browser and what is slow, and few kinds"
    )


def touches_database(item):
    """True for tests with a database fixture or mark, and for Django's own test cases."""
    case = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
        or (isinstance(case, type) and issubclass(case, TransactionTestCase))
    )


def kind_of_test(item):
    """The kind of record in a test about every kind."""
    kind = item.callspec.params.get("kind") if hasattr(item, "callspec") else None
    return kind if isinstance(kind, RecordKind) else None


def is_typical(item):
    """False for one kind of many in a test about every kind, if other kinds stand for it."""
    kind = kind_of_test(item)
    return kind is None or kind in typical_kinds()


def is_marked(item, *names):
    return any(item.get_closest_marker(name) is not None for name in names)


def on_second_database(item):
    return touches_database(item) and is_typical(item) and not is_marked(item, "browser", "once")


def on_first_database(item):
    return not (on_second_database(item) and is_asked_there(item)) or is_asked_of_both(item)


def in_quick_run(item):
    kind = kind_of_test(item)
    return (kind is None or kind in few_kinds()) and not is_marked(item, "browser", "slow")


def is_concerned(folders):
    """Whether a test lies in one of these folders; None: everywhere."""
    return lambda item: folders is None or item.nodeid.split("/")[1] in folders


def pytest_collection_finish(session):
    """What was imported and collected stays to the end: the garbage collector need not look at it after every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def static_files_listed_once():
    """Each test client sets up the middleware, which looks at every static file: a millisecond each, all the same."""
    kept = {}

    def add_files(whitenoise):
        wanted = (whitenoise.static_prefix, tuple(settings.STATICFILES_FINDERS), tuple(settings.STATICFILES_DIRS))
        if wanted not in kept:
            _list_files(whitenoise)
            kept[wanted] = dict(whitenoise.files)
        whitenoise.files.update(kept[wanted])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_files)
        yield


def in_short_run(item):
    return not is_marked(item, "long")


def pytest_collection_modifyitems(config, items):
    options = ("--only-database", "--leave-database", "--quick", "--long")
    second, first, quick, long = (config.getoption(option) for option in options)
    for is_asked, is_wanted in (
        (second, on_second_database),
        (second and not long, is_asked_there),
        (first and not long, on_first_database),
        (quick, in_quick_run),
        (quick, is_concerned(concerned_folders() if quick else None)),
        (not long, in_short_run),
    ):
        if is_asked:
            config.hook.pytest_deselected(items=[item for item in items if not is_wanted(item)])
            items[:] = [item for item in items if is_wanted(item)]


_list_files = WhiteNoiseMiddleware.add_files_from_finders
_flush = TransactionTestCase._fixture_teardown
KEPT = ("django_migrations", "django_content_type", "auth_permission")  # the same in every test


def _flush_without_triggers(case):
    """Empty the database after a test with commits, although the triggers on history rows refuse it.

    One transaction, so that it costs one commit. SQLite empties all tables, and the triggers are made anew. That takes
    PostgreSQL a second: there only rows that exist are deleted, while triggers and foreign keys are asleep.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            _delete_rows()
        else:
            triggers.drop_triggers()
            _flush(case)
            triggers.create_triggers()


def _delete_rows():
    tables = [name for name in connection.introspection.django_table_names(only_existing=True) if name not in KEPT]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables))
        filled = [name for (name,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in filled:
            cursor.execute(f'DELETE FROM "{name}"')
        cursor.execute("SET LOCAL session_replication_role = origin")
    if triggers.missing_triggers():  # a test has taken one away
        triggers.create_triggers()


TransactionTestCase._fixture_teardown = _flush_without_triggers
