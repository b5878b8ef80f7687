"""What every test may rely on: settings of the tests, a database that can be emptied, repeatable examples.

Tests that touch the database run twice, on SQLite and on PostgreSQL (``pytest --only-database`` under
``scripts/with_postgres.py``). Tests with threads or commits use ``@pytest.mark.django_db(transaction=True)``:
the SQLite test database is a file, so each thread has a connection with real locks; close it at the thread's end
(``connection.close()``).
"""

from django.db import transaction
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from records import triggers
from tests.cast import cast  # noqa: F401  (a fixture)

hypothesis_settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("suite")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--only-database", action="store_true", help="run the tests that touch the database, without the browser"
    )


def touches_database(item):
    """True for tests with a database fixture or mark, and for Django's own test cases."""
    case = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
        or (isinstance(case, type) and issubclass(case, TransactionTestCase))
    )


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--only-database"):
        return
    kept, dropped = [], []
    for item in items:
        wanted = touches_database(item) and item.get_closest_marker("browser") is None
        (kept if wanted else dropped).append(item)
    config.hook.pytest_deselected(items=dropped)
    items[:] = kept


_flush = TransactionTestCase._fixture_teardown


def _flush_without_triggers(case):
    """Empty the database after a test with commits.

    SQLite empties tables by DELETE, PostgreSQL by TRUNCATE; the triggers on history rows refuse both. They come back by
    ``post_migrate`` and are made anew in any case. One transaction, so that it costs one commit.
    """
    with transaction.atomic():
        triggers.drop_triggers()
        _flush(case)
        triggers.create_triggers()


TransactionTestCase._fixture_teardown = _flush_without_triggers
