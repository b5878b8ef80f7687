"""What the tests of the check share: a plan to which nothing is missing."""

import pytest

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.reporting.checks.world import complete
from tests.reporting.plan import records


@pytest.fixture
def plan(cast):
    """A stored plan of 2018 without any finding."""
    records.make_catalogue()
    plan = records.make_plan(cast.home)
    complete(plan)
    return plan
