"""Walks over the portal with JavaScript, as every role: no error in the console, no request to anybody else.

And on a phone: no page is wider than the screen.
"""

import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from planning.enums import Phase
from records.registry import all_kinds, kind_of
from tests.browser.portal import PHONE
from tests.cast import EVERYBODY

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Log-out by POST, downloads.
HIDDEN = ("abmelden", "export.", "/datei/", "/pdf/", "/docx/", "/archiv/", ".pdf", ".xlsx", ".json", ".ics", ".svg")
# Record pages of a type that are opened: several by who has the most, one by each other role, whose pages differ by
# what is missing. All kinds are opened in test_records.
ROLES = [who for who in EVERYBODY if who != "foreign_planner"]  # a planner as well
PER_PAGE_TYPE = dict.fromkeys(ROLES, 1) | {"planner": 3}


def page_type(path):
    """List, detail, form … for record pages, else the name of the address."""
    try:
        match = resolve(path)
    except Resolver404:
        return path
    name = match.url_name or path
    is_record = match.namespace in ("planning", "participation")
    return re.sub(r"^.*-(?=[a-z]+$)", "", name) if is_record else f"{match.namespace}:{name}"


def links_on(page, base):
    """Addresses of the portal on the page, in order; those in drawings too."""
    read = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"
    own = [urlsplit(address) for address in page.eval_on_selector_all("a[href]", read) if address.startswith(base)]
    return [address.path for address in own if not any(part in address.path for part in HIDDEN)]


def problems_of(page, base):
    """A list that fills with errors, warnings and requests to others while the page is used."""
    problems = []
    page.on("console", lambda m: problems.append(f"{page.url}: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on("request", lambda r: None if r.url.startswith((base, "data:")) else problems.append(r.url))
    return problems


@pytest.mark.parametrize("who", ROLES)
def test_no_console_error_and_no_foreign_request_on_a_walk(portal, who):
    page = portal.page(who, script=True)
    problems, opened = problems_of(page, portal.url), {}
    waiting, seen = deque(["/", "/anmelden/", "/konto/"]), set()
    while waiting:
        path = waiting.popleft()
        kind = page_type(path)
        if path in seen or opened.get(kind, 0) >= PER_PAGE_TYPE[who]:
            continue
        seen.add(path)
        opened[kind] = opened.get(kind, 0) + 1
        answer = page.goto(path)
        assert answer.status == 200, (path, answer.status)
        waiting.extend(links_on(page, portal.url))
    assert problems == []
    if who == "planner":
        expected = {"list", "detail", "create", "update", "delete", "history", "overview:start", "insight:timeline"}
        assert expected <= set(opened)
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


def phone_pages(portal):
    """One page of every type, with the kinds that have the longest forms and tables."""
    home = portal.cast.home
    base = f"/{home.slug}/"
    yield from (("planner", path) for path in (base, f"{base}zeitstrahl/", f"{base}plaene/", "/konto/"))
    yield from (("planner", f"{base}phasen/{phase.slug}/") for phase in (Phase.MANDATE, Phase.NEEDS))
    yield from (("ministry", "/ministerium/"), ("anonymous", "/anmelden/"), ("admin", "/konto/personen/"))
    for name in ("need", "session", "indicatorvalue"):
        record = portal.records[name]
        kind = kind_of(type(record))
        for kind_of_page in ("list", "create"):
            yield "planner", kind.url(kind_of_page, home)
        for kind_of_page in ("detail", "update", "delete", "history"):
            yield "planner", kind.url(kind_of_page, home, record.pk)


def test_no_page_is_wider_than_a_phone(portal):
    too_wide, tabs = [], {}
    for who, path in phone_pages(portal):
        page = tabs[who] = tabs.get(who) or portal.page(who, width=PHONE)
        answer = page.goto(path)
        assert answer.status == 200, (path, answer.status)
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > PHONE:
            too_wide.append(f"{path}: {width}")
    assert too_wide == []
    for page in tabs.values():
        page.close()


def test_too_wide_page_would_be_found(portal):
    page = portal.page("anonymous", width=PHONE)
    page.set_content('<meta name="viewport" content="width=device-width"><pre>' + "x" * 400 + "</pre>")
    assert page.evaluate("document.scrollingElement.scrollWidth") > PHONE
    page.close()


def test_every_kind_has_a_record_to_show(portal):
    assert {kind.name for kind in all_kinds()} <= set(portal.records)
