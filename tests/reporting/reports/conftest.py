from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.reporting.papers.conftest import plan  # noqa: F401  (a fixture)
