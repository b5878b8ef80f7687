"""Which rooms a change concerns: ``make check`` asks their tests, those of the house, and no others (docs/tests.md)."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

TESTS = Path(__file__).parent
ALWAYS = frozenset({"architecture", "trial"})  # rules of the house; kinds, lives and policies that only tests have
ASKED_BY = {"static": "lsz_portal", "scripts": "architecture", "benchmarks": "architecture"}
SINCE = "HEAD~1"  # the last commit and what is not yet committed


def changed_files() -> list[str]:
    """What git says has changed; raises CalledProcessError or OSError where there is no git or no commit before."""
    found = []
    for command in (["diff", "--name-only", SINCE], ["ls-files", "--others", "--exclude-standard"]):
        done = subprocess.run(["git", *command], cwd=TESTS.parent, capture_output=True, text=True, check=True)
        found += done.stdout.splitlines()
    return found


def folders_of(paths: Iterable[str]) -> frozenset[str] | None:
    """The folders of tests that ask about these files; None, all of them, where a file belongs to no room."""
    rooms = {folder.name for folder in TESTS.iterdir() if folder.is_dir()}
    found: set[str] = set()
    for path in paths:
        first, *rest = Path(path).parts
        if first == "docs" or path.endswith("CHANGELOG.md"):
            continue
        room = rest[0] if first in ("tests", "templates") and rest else ASKED_BY.get(first, first)
        if room not in rooms:
            return None
        found.add(room)
    return frozenset(found) | ALWAYS


def concerned_folders() -> frozenset[str] | None:
    """The folders of tests that what has changed concerns; None: all."""
    try:
        return folders_of(changed_files())
    except (OSError, subprocess.CalledProcessError):
        return None
