"""What the tests of funding share."""

import pytest
import time_machine

from funding.models import CostKind
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.factories import make
from tests.funding.applicant import NOON, Applicant, new_call
from tests.funding.deciding import quick_letters  # noqa: F401  (a fixture)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def kind(db):
    return make(CostKind, None, full=False, title="Honorare", code="HO")


@pytest.fixture
def call(cast):
    return new_call(cast.home)


@pytest.fixture
def applicant(call, clock):
    return Applicant(call, clock)
