"""What the tests of exchange share."""

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
