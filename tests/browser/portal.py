"""The portal in a browser: people with their windows, forms filled as a person does, lists searched."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from accounts.models import Municipality, User
from records.kind import RecordKind
from records.registry import all_kinds
from tests.cast import Cast
from tests.factories import make_kind

DESKTOP, PHONE = 1280, 390
SECONDS = 60
Scheme = Literal["light", "dark"]


@dataclass
class Portal:
    """A running portal, its cast, and a window for each person, kept with its log-in."""

    browser: Browser
    url: str
    cast: Cast
    records: dict[str, Any] = field(default_factory=dict)
    guests: dict[str, User] = field(default_factory=dict)  # people besides the cast
    contexts: dict[tuple[str, bool, int, Scheme], BrowserContext] = field(default_factory=dict)

    def furnish(self) -> None:
        """One record of every kind, so that every page has something to show."""
        for kind in all_kinds():
            self.records[kind.name] = make_kind(kind, self.cast.home, text="Vorhanden", around=True, actor=None)

    def place(self, kind: RecordKind) -> Municipality | None:
        """The municipality in whose addresses the kind stands."""
        return self.cast.home if kind.is_tenant else None

    def page(
        self, who: str = "planner", *, script: bool = False, width: int = DESKTOP, scheme: Scheme = "light"
    ) -> Page:
        """A new tab of the person's browser, by default without JavaScript."""
        key = (who, script, width, scheme)
        if key not in self.contexts:
            self.contexts[key] = self.new_window(who, script=script, width=width, scheme=scheme)
        return self.contexts[key].new_page()

    def new_window(self, who: str, *, script: bool, width: int = DESKTOP, scheme: Scheme = "light") -> BrowserContext:
        """A browser of its own in which the person is logged in; whoever opens it closes it."""
        context = self.browser.new_context(
            base_url=self.url,
            java_script_enabled=script,
            locale="de-DE",
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        context.set_default_timeout(SECONDS * 1000)
        if who != "anonymous":
            client = Client()
            client.force_login(self.guests.get(who) or getattr(self.cast, who))
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        return context

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()


def problems_of(page: Page, base: str) -> list[str]:
    """A list that fills with errors, warnings and requests to others while the page is used."""
    problems: list[str] = []
    page.on("console", lambda m: problems.append(f"{page.url}: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on("request", lambda r: None if r.url.startswith((base, "data:")) else problems.append(r.url))
    return problems


def main_form(page: Page) -> Locator:
    """The form of a record page."""
    return page.locator("main form.form")


def fill(page: Page, data: dict[str, Any]) -> None:
    """Set every control of the form whose name is in ``data``; each name must have a control, empty values stay.

    Values as in tests.factories.post_data: texts, lists of keys for check boxes, uploaded files.
    """
    form = main_form(page)
    types = dict(form.evaluate("form => [...form.elements].filter(e => e.name).map(e => [e.name, e.type])"))
    missing = data.keys() - types.keys()
    assert not missing, f"no control for {sorted(missing)}"
    for name, value in data.items():
        if value not in ("", None, []):
            set_control(form, name, types[name], value)


def set_control(form: Locator, name: str, type_: str, value: Any) -> None:
    """Type, choose, tick or attach, as the control demands."""
    control = form.locator(f'[name="{name}"]')
    if type_ == "select-one":
        control.select_option(value)
    elif type_ == "radio":
        choice = form.locator(f'[name="{name}"][value="{value}"]')
        identifier = choice.get_attribute("id")
        (form.locator(f'label[for="{identifier}"]') if identifier else choice).click()  # or it stands in its label
    elif type_ == "checkbox":
        for key in value if isinstance(value, list) else [value]:
            form.locator(f'[name="{name}"]' + (f'[value="{key}"]' if isinstance(value, list) else "")).check()
    elif type_ == "file":
        control.set_input_files({"name": value.name, "mimeType": value.content_type, "buffer": value.read()})
    else:
        control.fill(str(value))


def picture(page: Page, name: str, *, whole: bool = True) -> None:
    """The page, or what of it is in sight, as ``<name>.png``, where PICTURES names a folder (``make screenshots``)."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)


def save(page: Page) -> None:
    """Press the visible button below the form."""
    follow(main_form(page).locator(".actions .kern-btn--primary"))


def follow(control: Locator) -> None:
    """Click a link or a button that leads to another page, and wait until that page stands with its style sheets."""
    with control.page.expect_navigation(wait_until="load"):
        control.click()


def search(page: Page, list_url: str, words: str) -> None:
    """Open a list and look for words through its search box."""
    page.goto(list_url)
    box = page.locator("main input[name=q]")
    if not box.is_visible():
        page.locator("main details.flt > summary").click()
    box.fill(words)
    with page.expect_navigation(url="**q=**"):
        box.press("Enter")


def row_link(page: Page, detail_url: str) -> Locator:
    """The link of a record in a table."""
    return page.locator(f'main a.rec[href="{detail_url}"]')
