"""What the tests of the life of a plan share."""

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.reporting.life.owner import world  # noqa: F401  (a fixture)
from tests.reporting.life.released import quick_pdf  # noqa: F401  (a fixture)
