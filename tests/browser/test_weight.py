"""The first view of a page stays light: everything that Chromium asks for, compressed as the portal sends it."""

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from records.registry import all_kinds
from tests.browser.portal import Portal
from tests.factories import make_kind
from tests.records.test_query_counts import copies

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOTAL, SCRIPTS = 150_000, 60_000  # bytes
ALREADY_COMPRESSED = (".woff2", ".png", ".jpg")
RECORDS = 12  # of each kind, about as many as a model municipality has


@pytest.fixture(scope="module")
def busy(portal):
    """A municipality with as much to show as a model municipality."""
    for kind in all_kinds():
        if kind.is_tenant and kind.creatable:
            copies(make_kind(kind, portal.cast.home, text="Eintrag"), RECORDS - 1)
    return portal


def file_size(url: str) -> int:
    """Bytes of a static file on the line, as collectstatic compresses it."""
    path = urlsplit(url).path
    found = finders.find(path.removeprefix("/static/"))
    assert isinstance(found, str), path
    content = Path(found).read_bytes()
    return len(content) if path.endswith(ALREADY_COMPRESSED) else len(brotli.compress(content))


def first_view(portal, who: str, path: str) -> Counter:
    """Bytes by kind of resource, in a browser that has nothing stored."""
    context = portal.new_window(who, script=True, width=1280)
    page = context.new_page()
    answers, weights = [], Counter()

    def note(request):
        answers.append(request)

    page.on("requestfinished", note)
    page.goto(path, wait_until="networkidle")
    for request in answers:
        html = request.resource_type == "document"
        assert not html or request.response().headers["content-encoding"] == "gzip"
        weights[request.resource_type] += request.sizes()["responseBodySize"] if html else file_size(request.url)
    context.close()
    return weights


@pytest.mark.parametrize(
    ("who", "path"),
    [("planner", "/kyffhaeuserkreis/"), ("planner", "/kyffhaeuserkreis/zeitstrahl/"), ("ministry", "/ministerium/")],
)
def test_first_view_is_light(busy, who, path):
    weights = first_view(busy, who, path)
    assert {"document", "stylesheet", "script", "font"} <= set(weights)
    assert weights.total() < TOTAL, weights
    assert weights["script"] < SCRIPTS, weights


@pytest.fixture
def collected(portal, tmp_path, settings):
    """The portal with its collected files, as in operation, and the paths that it was asked for."""
    manifest = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = tmp_path, False
    settings.WHITENOISE_MAX_AGE = 0  # what is not kept for good is asked for at once, not after a minute
    settings.STORAGES = {**settings.STORAGES, "staticfiles": manifest}
    call_command("collectstatic", interactive=False, verbosity=0)
    asked = []

    def noting(application):
        def answer(environ, start_response):
            asked.append(environ["PATH_INFO"])
            return application(environ, start_response)

        return answer

    server = LiveServer("localhost", start=False)
    server.thread.static_handler = noting
    server.start()
    yield Portal(portal.browser, server.url, portal.cast, portal.records), asked
    server.stop()


def test_a_second_view_asks_for_no_static_file(collected):
    """Whatever page: style sheets, scripts, fonts and pictures lie in the browser since the first view."""
    served, asked = collected
    context = served.new_window("planner", script=True, width=1280)
    page = context.new_page()
    home, need = "/kyffhaeuserkreis/", served.records["need"].pk
    pages = (
        *(home, f"{home}bedarfe/", f"{home}bedarfe/neu/", f"{home}bedarfe/{need}/", f"{home}ziele/baum/"),
        *(f"{home}zeitstrahl/", f"{home}plaene/", f"{home}berichte/", "/posteingang/", "/konto/"),
    )
    views = []
    for _ in range(2):
        asked.clear()
        for path in pages:
            assert page.goto(path).status == 200, path
        page.wait_for_load_state("networkidle")
        views.append([each for each in asked if each.startswith("/static/")])
    context.close()
    assert len(views[0]) > 5
    assert views[1] == []


def test_a_full_font_would_be_found(busy):
    """Characters outside the cut faces come from the full file, and the limit sees it."""
    context = busy.new_window("anonymous", script=True, width=1280)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto("/anmelden/", wait_until="networkidle")
    assert not [path for path in asked if "vendor/kern/fonts" in path]
    with page.expect_request("**/vendor/kern/fonts/**") as full:
        page.evaluate("document.querySelector('h1').textContent = 'Αθήνα'")
    assert file_size(full.value.url) > 100_000
    context.close()
