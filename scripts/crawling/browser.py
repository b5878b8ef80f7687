"""Pages in Chromium: axe in both colour schemes, console, requests to others, width at 320 pixels."""

import os
import shutil
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, ViewportSize, sync_playwright

from tests.browser.axe import COLOUR_RULES, violations
from tests.browser.narrow import clipped_controls

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
Problem = tuple[str, str, str]


@dataclass(frozen=True)
class Job:
    """What one process opens: (role, address), with the sessions of the roles."""

    base: str
    sessions: dict[str, str]
    pages: list[tuple[str, str]]


def inspect(job: Job) -> list[Problem]:
    """(role, address, problem) of everything that is wrong."""
    names = (os.environ.get("CHROMIUM"), "chromium-headless-shell", "chromium", "google-chrome")
    path = next((program for name in names if name and (program := shutil.which(name))), None)
    found: list[Problem] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        for role in dict.fromkeys(role for role, _ in job.pages):
            context = browser.new_context(locale="de-DE", viewport=WIDE)
            if role in job.sessions:
                context.add_cookies([{"name": "sessionid", "value": job.sessions[role], "url": job.base}])
            found += inspect_role(context, job.base, role, [url for who, url in job.pages if who == role])
            context.close()
        browser.close()
    return found


def inspect_role(context: BrowserContext, base: str, role: str, urls: list[str]) -> list[Problem]:
    """All pages of one person in one tab."""
    page = context.new_page()
    heard: list[str] = []

    def console(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            heard.append(f"console: {line.text}")

    def request(asked: Request) -> None:
        if not asked.url.startswith((base, "data:")):
            heard.append(f"foreign: {asked.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: heard.append(f"console: {error}"))
    page.on("request", request)
    found: list[Problem] = []
    for url in urls:
        heard.clear()
        try:
            heard += looked_at(page, base + url)
        except Exception as error:
            heard.append(f"not opened: {error}")
        found += [(role, url, problem) for problem in heard]
    return found


def looked_at(page: Page, url: str) -> list[str]:
    """axe in light and dark, and whether the page fits 320 pixels."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(url, wait_until="load")
    problems = [f"axe: {line}" for line in violations(page)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    problems += [f"axe dark: {line}" for line in violations(page, rules=COLOUR_RULES)]
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.scrollingElement.scrollWidth")
    problems += [f"cut off at 320: {control}" for control in clipped_controls(page)]
    return problems + ([f"too wide: {width} at 320"] if width > 320 else [])
