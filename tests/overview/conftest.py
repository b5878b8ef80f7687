"""What the tests of overview share."""

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
