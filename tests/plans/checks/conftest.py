"""What the tests of the check share: a plan to which nothing is missing."""

import pytest

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.plans import records
from tests.plans.checks.world import complete


@pytest.fixture
def plan(cast):
    """A stored plan of 2018 without any finding."""
    records.make_catalogue()
    plan = records.make_plan(cast.home)
    complete(plan)
    return plan
