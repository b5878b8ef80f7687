"""What takes long to make is made once for all tests of a module; each of them finds it as it was made.

The rows stand in a transaction around the module; what a test changes goes back to a savepoint, and objects in memory
are copied, as Django's own ``setUpTestData`` does it. No module with such a world may have a test with commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

from plans.models import Plan
from tests.cast import Cast


@pytest.fixture(scope="module")
def kept_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The transaction around the module; for fixtures of the module that store rows."""
    with django_db_blocker.unblock(), _taken_back():
        yield


@pytest.fixture
def cast_and_plan(db: None, kept_cast_and_plan: tuple[Cast, Plan]) -> tuple[Cast, Plan]:
    """What ``kept_cast_and_plan`` of the module made."""
    return deepcopy(kept_cast_and_plan)


@pytest.fixture
def cast(cast_and_plan: tuple[Cast, Plan]) -> Cast:
    """Takes the place of the cast in an empty database."""
    return cast_and_plan[0]


@pytest.fixture
def plan(cast_and_plan: tuple[Cast, Plan]) -> Plan:
    """The plan of the module."""
    return cast_and_plan[1]


@contextmanager
def _taken_back() -> Iterator[None]:
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # what must be the outermost transaction may still begin
    with around:
        yield
        transaction.set_rollback(True)
