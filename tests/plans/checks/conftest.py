"""What the tests of the check share: a plan to which nothing is missing, made once for each module."""

import pytest

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.cast import make_cast
from tests.kept import cast, cast_and_plan, plan  # noqa: F401  (fixtures)
from tests.plans import records
from tests.plans.checks.world import complete


@pytest.fixture(scope="module")
def kept_cast_and_plan(kept_rows):
    """The cast, and a stored plan of 2018 without any finding."""
    people = make_cast()
    records.make_catalogue()
    complete(found := records.make_plan(people.home))
    return people, found
