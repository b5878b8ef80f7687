"""What the tests of funding share."""

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.funding.deciding import quick_letters  # noqa: F401  (a fixture)
