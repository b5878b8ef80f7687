"""What the tests of the life of a plan share."""

from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.kept import cast_and_plan  # noqa: F401  (a fixture)
from tests.plans.life.owner import kept_world, world  # noqa: F401  (a fixture)
from tests.plans.life.released import quick_pdf, quick_rows  # noqa: F401  (a fixture)
