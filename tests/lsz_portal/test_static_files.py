"""Style sheets, scripts and pictures carry the hash of their content in their names: asked for once, never again."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings

from lsz_portal.bundle import NAME, PARTS
from tests.cast import Walker

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOST = 9  # files that a list asks for, without fonts
MANIFEST = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}


@pytest.fixture
def collected(tmp_path, settings):
    """The portal as it serves collected files."""
    storages = {**settings.STORAGES, "staticfiles": MANIFEST}
    with override_settings(STATIC_ROOT=tmp_path / "static", STORAGES=storages, WHITENOISE_USE_FINDERS=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


def asked_for(client: Client, html: str) -> dict[str, str]:
    """Cache-Control by address of every file that a page names, and of those that its style sheets name."""
    found = {}
    waiting = sorted(set(re.findall(r'(?:href|src)="(/static/[^"#]+)', html)))
    for url in waiting:
        answer = client.get(url)
        assert answer.status_code == 200, url
        found[url] = answer.headers.get("Cache-Control", "")
        if url.endswith(".css"):
            inside = re.findall(r'url\("?\.\./([^)"]+)', b"".join(answer.streaming_content).decode())
            waiting += [f"/static/{path}" for path in inside]
    return found


def test_no_file_of_a_page_is_asked_for_twice(collected, cast):
    client = cast.client("planner", Walker)
    for path in ("/kyffhaeuserkreis/", "/kyffhaeuserkreis/bedarfe/", "/kyffhaeuserkreis/bedarfe/neu/"):
        found = asked_for(client, client.get(path).content.decode())
        assert [url for url in found if url.endswith(".woff2")]
        assert len([url for url in found if not url.endswith(".woff2")]) <= MOST
        assert {url: kept for url, kept in found.items() if "immutable" not in kept} == {}
        ages = [int(re.search(r"max-age=(\d+)", kept)[1]) for kept in found.values()]
        assert min(ages) >= 365 * 24 * 3600


def test_the_joined_sheet_holds_its_parts_in_order():
    with open(finders.find(NAME), encoding="utf-8") as file:
        text = file.read()
    places = []
    for part in PARTS:
        with open(finders.find(part), encoding="utf-8") as file:
            places.append(text.index(file.read().removeprefix('@charset "UTF-8";').strip()))
    assert places == sorted(places)
