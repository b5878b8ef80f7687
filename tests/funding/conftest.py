"""What the tests of funding share."""

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
