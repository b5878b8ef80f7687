"""Every address of the running demo as every role: ``make crawl``, after ``make demo-data``.

Walks breadth first along the portal's own links: every record page, and every address with a query that a page without
query offers (filters, sorting, years); further queries only for paging. Downloads are left out. Then

- pages whose contents differ have different titles,
- every page is judged by the Nu Html Checker, where Java and the jar are there (VNU_JAR names the jar; it is in the npm
  package vnu-jar),
- every page is opened in Chromium: axe in the light and the dark colour scheme, errors in the console, requests to
  others, width at 320 CSS pixels.

Of the municipalities three are walked, which stand for all.

Pages that differ in words alone are opened once (CRAWL_ALL=1 opens every address of every role, which takes hours).
Writes ``build/crawl.json``, prints a summary, and ends with 1 where something was found.

    BASE=http://127.0.0.1:8000   a portal that runs already, instead of one of its own
    CRAWL_WORKERS=2              processes with a browser
    CRAWL_ROLES=ministerium,…    some of the roles
    CRAWL_PER_ROUTE=3            only so many pages of each kind of address and role in the browser
"""

import json
import os
import re
import sys
import time
from collections import Counter
from contextlib import ExitStack
from itertools import zip_longest
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crawling.browser import Job, inspect  # noqa: E402
from crawling.checker import NuChecker  # noqa: E402
from crawling.server import portal  # noqa: E402
from crawling.walk import Found, Walk  # noqa: E402

PART = 250  # pages that a browser opens before it is closed
ROLES = ("planung-kyf", "leitung-kyf", "planung-abg", "begleitung", "ministerium", "admin", "anonymous")


def walk_all(base: str, checker: NuChecker | None) -> list[Found]:
    """Every role's pages."""
    found: list[Found] = []
    chosen = os.environ.get("CRAWL_ROLES", ",".join(ROLES)).split(",")
    for role in chosen:
        started = time.monotonic()
        walk = Walk(base, role, checker)
        pages = walk.run()
        found += pages
        for page in pages:
            for problem in page.problems:
                print(f"    {role} {page.url} {problem}", flush=True)
        print(f"  {role:12} {len(pages):5} Adressen in {time.monotonic() - started:.0f} s", flush=True)
    return found


def distinct(pages: list[Found]) -> list[Found]:
    """One of all pages with the same content."""
    return list({page.digest: page for page in reversed(pages)}.values())


def by_kind(pages: list[Found], most: int) -> list[Found]:
    """The first of each kind of address and role, then the second of each, ...: a crawl that is stopped has seen all.

    Numbers and queries make no kind; ``most`` of each kind, or all where it is 0.
    """
    kinds: dict[tuple[str, str], list[Found]] = {}
    for page in pages:
        kinds.setdefault((page.role, re.sub(r"[0-9]+", "0", page.url.partition("?")[0])), []).append(page)
    rounds = zip_longest(*(found[: most or None] for found in kinds.values()))
    return [page for each in rounds for page in each if page]


def open_all(base: str, pages: list[Found], sessions: dict[str, str]) -> list[tuple[str, str, str]]:
    """(role, address, problem) of every page that is opened in a browser."""
    parts = [pages[start : start + PART] for start in range(0, len(pages), PART)]
    jobs = [Job(base, sessions, [(page.role, page.url) for page in part]) for part in parts]
    found: list[tuple[str, str, str]] = []
    with get_context("spawn").Pool(int(os.environ.get("CRAWL_WORKERS", "2"))) as pool:
        for done, problems in enumerate(pool.imap_unordered(inspect, jobs), start=1):
            found += problems
            for role, url, problem in problems:
                print(f"    {role} {url} {problem}", flush=True)
            print(f"  im Browser {min(done * PART, len(pages)):5} von {len(pages)}", flush=True)
    return found


def report(pages: list[Found], opened: int, checked: bool, problems: list[tuple[str, str, str]]) -> None:
    """The summary on the screen, everything in build/crawl.json."""
    kinds = Counter(problem.split(":", 1)[0] for _, _, problem in problems)
    target = ROOT / "build" / "crawl.json"
    target.parent.mkdir(exist_ok=True)
    roles = Counter(page.role for page in pages)
    summary = {"addresses": dict(roles), "opened": opened, "nu_checker": checked, "problems": dict(kinds)}
    rows = [{"role": role, "url": url, "problem": problem} for role, url, problem in problems]
    target.write_text(json.dumps({"summary": summary, "problems": rows}, ensure_ascii=False, indent=1))
    print(f"{len(pages)} Adressen, {opened} verschiedene Seiten im Browser geöffnet")
    print("Nu Html Checker: " + ("alle Seiten geprüft" if checked else "nicht gelaufen (VNU_JAR, Java)"))
    for kind, count in kinds.most_common():
        print(f"  {count:6} {kind}")
    print("Nichts gefunden." if not problems else f"Einzeln in {target.relative_to(ROOT)}")


def main() -> None:
    """Walk, judge, report."""
    with ExitStack() as stack:
        base = os.environ.get("BASE") or stack.enter_context(portal(ROOT))
        checker = stack.enter_context(NuChecker.started())
        pages = walk_all(base, checker)
        problems = [(page.role, page.url, problem) for page in pages for problem in page.problems]
        whole = [page for page in distinct(pages) if page.status == 200]
        once = by_kind(whole, int(os.environ.get("CRAWL_PER_ROUTE", "0")))
        problems += open_all(base, once, Walk.sessions)
    report(pages, len(once), checker is not None, problems)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
