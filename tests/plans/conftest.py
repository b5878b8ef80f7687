"""What the tests of the plan share."""

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.plans.life.released import quick_pdf  # noqa: F401  (a fixture)
