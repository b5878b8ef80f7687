"""What the tests of planning share."""

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
