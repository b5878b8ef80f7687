"""docs/security.md names tests and places that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "security.md"


def missing(text: str) -> list[str]:
    """Files, and tests in files, that the table names and that are not there."""
    found = []
    for path, test in re.findall(r"`((?:\w+/)+[\w.]*)(?:::(\w+))?`", text):
        place = ROOT / path
        if not place.exists() or (test and f"def {test}(" not in place.read_text(encoding="utf-8")):
            found.append(f"{path}::{test}" if test else path)
    return found


def test_the_table_names_what_exists():
    assert missing(TABLE.read_text(encoding="utf-8")) == []


def test_every_requirement_names_a_test():
    for row in re.findall(r"^\| (?!requirement|-).*$", TABLE.read_text(encoding="utf-8"), re.MULTILINE):
        assert "`tests/" in row.split("|")[3], row


def test_what_is_missing_is_found():
    assert missing("`tests/nowhere.py`, `tests/accounts/test_security_table.py::test_nothing`") == [
        "tests/nowhere.py",
        "tests/accounts/test_security_table.py::test_nothing",
    ]
