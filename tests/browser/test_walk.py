"""Walks over the portal with JavaScript along its links: no error in the console, no request to anybody else."""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from records.registry import all_kinds
from tests.accounts.access_table import record_routes
from tests.browser.page_types import PAGES
from tests.browser.portal import PHONE, problems_of
from tests.html import read_form

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Log-out by POST, downloads, and the public form, which is gone with its call (test_public_form.py).
FILES = ("export.", "/datei/", "/pdf/", "/docx/", "/archiv/", ".pdf", ".csv", ".xlsx", ".json", ".rdf", ".ics", ".svg")
RECORD_ROUTES = record_routes()
HIDDEN = ("abmelden", "/antrag/", *FILES)
# One page of each type, opened where test_accessibility does not. Others than the planner walk with --long.
ROLES = ("planner", *(pytest.param(who, marks=pytest.mark.long) for who in ("ministry", "admin")))


def page_type(path):
    """List, detail, form … for record pages, else the name of the address."""
    try:
        match = resolve(path)
    except Resolver404:
        return path
    name = f"{match.namespace}:{match.url_name}" if match.url_name else path
    return re.sub(r"^.*-(?=[a-z]+$)", "", name) if name in RECORD_ROUTES else name


def links_of(answer, path):
    """Addresses of the portal on the page, in order; those in drawings too."""
    own = [urlsplit(urljoin(path, link)) for link in read_form(answer.body()).links]
    paths = [address.path for address in own if not address.netloc and not address.scheme]
    return [found for found in paths if not any(part in found for part in HIDDEN)]


def opened_elsewhere(portal):
    """Types of pages whose console test_accessibility hears every day: here they are read for their links."""
    places = [page.place for page in PAGES if isinstance(page.place, str) and not page.again]
    home, empty = (f"/{place.slug}" for place in (portal.cast.home, portal.cast.away))
    paths = {urlsplit(place.format(home=home, empty=empty)).path for place in places}
    return {"detail", "update", "delete", "history", *map(page_type, paths)}


@pytest.mark.parametrize("who", ROLES)
def test_no_console_error_and_no_foreign_request_on_a_walk(portal, who):
    page = portal.page(who, script=True)
    problems, opened = problems_of(page, portal.url), set()
    read = opened_elsewhere(portal) if who == "planner" else set()
    waiting = deque(["/", "/anmelden/", "/konto/"])
    while waiting:
        path = waiting.popleft()
        kind = page_type(path)
        if kind in opened:
            continue
        opened.add(kind)
        answer = page.request.get(path) if kind in read else page.goto(path)
        assert answer.status == 200, (path, answer.status)
        waiting.extend(links_of(answer, path))
    assert problems == []
    if who == "planner":
        expected = {"list", "detail", "create", "update", "delete", "history", "overview:start", "insight:timeline"}
        assert expected <= opened
    page.close()


def test_error_and_foreign_request_would_be_found(portal):
    page = portal.page("anonymous", script=True)
    problems = problems_of(page, portal.url)
    page.goto("/anmelden/")
    page.evaluate("fetch('http://127.0.0.1:9/').catch(() => console.error('nicht erreicht'))")
    page.wait_for_timeout(200)
    assert any("nicht erreicht" in problem for problem in problems)
    assert any("Content Security Policy" in problem for problem in problems)
    page.close()


def test_too_wide_page_would_be_found(portal):
    page = portal.page("anonymous", width=PHONE)
    page.set_content('<meta name="viewport" content="width=device-width"><pre>' + "x" * 400 + "</pre>")
    assert page.evaluate("document.scrollingElement.scrollWidth") > PHONE
    page.close()


def test_every_kind_has_a_record_to_show(portal):
    assert {kind.name for kind in all_kinds()} <= set(portal.records)
