"""A real browser against a real server: one Chromium per worker, one portal for all tests of this folder.

The portal stands with committed rows, so that a test begins where the one before ended: each test works with records
of its own. The database is emptied when the last test of the folder is over.
"""

import os
import shutil

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.portal import Portal
from tests.cast import make_cast

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",  # words as wide as in a window
]


@pytest.fixture(scope="session")
def chromium():
    """The installed browser; the environment may name another one (CHROMIUM)."""
    names = (os.environ.get("CHROMIUM"), "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    assert path, "Chromium is missing: apt-get install chromium-headless-shell"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def committed_database(django_db_setup, django_db_blocker):
    """The test database without a transaction around each test, emptied at the end.

    pytest-django makes it where a test of the run is marked for it; when this folder runs alone, it is made here.
    """
    with django_db_blocker.unblock():
        made = None
        if "django_content_type" not in connection.introspection.table_names():
            made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        yield
        TransactionTestCase()._fixture_teardown()
        if made:
            teardown_databases(made, verbosity=0)


def files_by_the_portal(application):
    """No handler for static files in front: the portal's own middleware serves them, with caching, as in operation."""
    return application


@pytest.fixture(scope="package")
def portal(chromium, committed_database):
    """The portal with the cast and one record of every kind, open in the browser."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = files_by_the_portal
    server.start()
    opened = Portal(chromium, server.url, make_cast())
    try:
        opened.furnish()
        yield opened
    finally:
        opened.close()
        server.stop()
