"""Pictures of the running portal for README and documentation: ``make screenshots`` after ``make demo-data``.

Serves the demo data on a free port, logs in with the demo log-ins and writes ``docs/pictures/<name>.png``.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@dataclass(frozen=True)
class Picture:
    """One page as one person sees it; sizes in CSS pixels, ``full`` takes the whole length of the page.

    ``follow`` is the beginning of the link on it that leads to what is shown.
    """

    name: str
    login: str
    path: str
    width: int = 1440
    height: int = 1000
    full: bool = False
    follow: str = ""
    scheme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("start", "planung-kyf", "/kyffhaeuserkreis/"),
    Picture("start-dark", "planung-kyf", "/kyffhaeuserkreis/", scheme="dark"),
    Picture("start-phone", "planung-kyf", "/kyffhaeuserkreis/", width=390, height=844),
    Picture("zeitstrahl", "planung-kyf", "/kyffhaeuserkreis/zeitstrahl/"),
    Picture("bedarfe", "planung-kyf", "/kyffhaeuserkreis/bedarfe/"),
    Picture("plan", "planung-kyf", "/kyffhaeuserkreis/plaene/", follow="Plan 2027"),
    Picture("ministerium", "ministerium", "/ministerium/"),
)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; give up after 30 seconds."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit("Das Portal ist nicht gestartet (the portal did not start).")


def take(browser: Browser, base: str, picture: Picture) -> None:
    """Log in and take one picture; fails on any answer but 200."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height}, color_scheme=picture.scheme, locale="de-DE"
    )
    page = context.new_page()
    page.goto(f"{base}/anmelden/")
    page.fill("[name=username]", picture.login)
    page.fill("[name=password]", os.environ.get("DEMO_PASSWORD", "demo"))
    page.locator("form:has([name=password])").locator("[type=submit]").first.click()
    answer = page.goto(f"{base}{picture.path}", wait_until="networkidle")
    if answer is None or answer.status != 200:
        sys.exit(f"{picture.path}: {answer.status if answer else 'no answer'}")
    if picture.follow:
        page.locator("main").get_by_role("link", name=picture.follow).first.click()
        page.wait_for_load_state("networkidle")
    page.screenshot(path=TARGET / f"{picture.name}.png", full_page=picture.full)
    context.close()
    print(f"docs/pictures/{picture.name}.png")


def main() -> None:
    """Serve, take all pictures (or those named on the command line), stop."""
    chosen = [picture for picture in PICTURES if not sys.argv[1:] or picture.name in sys.argv[1:]]
    names = (os.environ.get("CHROMIUM"), "chromium-headless-shell", "chromium", "google-chrome")
    chromium = next((found for name in names if name and (found := shutil.which(name))), None)
    TARGET.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "lsz_portal.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "warning",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "DEMO": "1"})
    try:
        wait_for(port, server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
            for picture in chosen:
                take(browser, f"http://127.0.0.1:{port}", picture)
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
