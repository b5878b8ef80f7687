"""Walks over the portal with JavaScript along its links: no error in the console, no request to anybody else."""

import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from records.registry import all_kinds
from tests.accounts.access_table import record_routes
from tests.browser.portal import PHONE, problems_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Log-out by POST, downloads, and the public form, which is gone with its call (test_public_form.py).
FILES = ("export.", "/datei/", "/pdf/", "/docx/", "/archiv/", ".pdf", ".csv", ".xlsx", ".json", ".rdf", ".ics", ".svg")
RECORD_ROUTES = record_routes()
HIDDEN = ("abmelden", "/antrag/", *FILES)
# One page of each type. What others see besides is among the pages of test_accessibility, and walked with --long.
ROLES = ("planner", *(pytest.param(who, marks=pytest.mark.long) for who in ("ministry", "admin")))


def page_type(path):
    """List, detail, form … for record pages, else the name of the address."""
    try:
        match = resolve(path)
    except Resolver404:
        return path
    name = f"{match.namespace}:{match.url_name}" if match.url_name else path
    return re.sub(r"^.*-(?=[a-z]+$)", "", name) if name in RECORD_ROUTES else name


def links_on(page, base):
    """Addresses of the portal on the page, in order; those in drawings too."""
    read = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"
    own = [urlsplit(address) for address in page.eval_on_selector_all("a[href]", read) if address.startswith(base)]
    return [address.path for address in own if not any(part in address.path for part in HIDDEN)]


@pytest.mark.parametrize("who", ROLES)
def test_no_console_error_and_no_foreign_request_on_a_walk(portal, who):
    page = portal.page(who, script=True)
    problems, opened = problems_of(page, portal.url), set()
    waiting = deque(["/", "/anmelden/", "/konto/"])
    while waiting:
        path = waiting.popleft()
        kind = page_type(path)
        if kind in opened:
            continue
        opened.add(kind)
        answer = page.goto(path)
        assert answer.status == 200, (path, answer.status)
        waiting.extend(links_on(page, portal.url))
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
