"""What the tests of exports share."""

import pytest

from plans.all_plans.folder import exports_dir
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.plans.all_plans.plans import Renderer


@pytest.fixture(autouse=True)
def no_files():
    """No files of other tests; numbers of exports come again after a rollback."""
    import shutil

    shutil.rmtree(exports_dir(), ignore_errors=True)


@pytest.fixture
def renderer(monkeypatch):
    """The drawing of PDFs replaced by one that counts."""
    found = Renderer()
    monkeypatch.setattr("plans.all_plans.work.render_pdf", found)
    return found
