"""What the tests of the life of a plan share."""

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.plans.life.owner import world  # noqa: F401  (a fixture)
from tests.plans.life.released import quick_pdf  # noqa: F401  (a fixture)
