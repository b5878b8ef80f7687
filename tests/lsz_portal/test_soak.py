"""What one person can do to the others, in operation's mode: the short form of ``make soak``."""

import subprocess
import sys

import pytest

from printing.render import ROOT
from scripts import soak


def test_every_limit_that_is_missed_is_named():
    assert soak.missed("", 0, soak.P95, soak.bound()) == []
    found = soak.missed("11 von 12 Dokumenten kamen", 2, soak.P95 + 1, soak.bound() + 1)
    assert [words in " ".join(found) for words in ("11 von 12", "2 Antworten ab 500", "2.0 s", "MiB")] == [True] * 4


@pytest.mark.long
def test_twelve_documents_of_one_person_hold_nobody_up():
    command = [sys.executable, "scripts/with_postgres.py", sys.executable, "scripts/soak.py", "--short"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
