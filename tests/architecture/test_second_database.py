"""What is chosen for the second database exists, so that no renamed test leaves that run unseen."""

from types import SimpleNamespace

import pytest

from tests.architecture.source import ROOT
from tests.second_database import ASKED, BOTH, is_asked_of_both, is_asked_there


def item_of(module, name):
    """What pytest knows of a test."""
    return SimpleNamespace(nodeid=f"tests/{module}::test_{name}[1]", originalname=f"test_{name}")


@pytest.mark.parametrize("module", ASKED | BOTH)
def test_the_module_has_the_tests_that_are_named(module):
    source = (ROOT / "tests" / module).read_text(encoding="utf-8")
    named = f"{ASKED.get(module, '')} {BOTH.get(module, '')}".split()
    assert [name for name in named if f"def test_{name}(" not in source] == []


def test_what_both_are_asked_is_asked_of_postgresql():
    """Else it would run on SQLite alone, and nobody would see it."""
    items = [item_of(module, name) for module in BOTH for name in BOTH[module].split()]
    assert items
    assert [item.nodeid for item in items if not (is_asked_of_both(item) and is_asked_there(item))] == []


@pytest.mark.parametrize(
    ("module", "name", "there"),
    [
        ("records/test_search.py", "test_every_kind_is_found", True),
        ("records/test_search.py", "test_hits_carry_kind_date_and_example", False),
        ("records/test_titles.py", "test_no_name_says_a_part_twice", False),
        ("records/test_history.py", "test_history_rows_are_never_changed_or_deleted", True),
        ("of_a_new_room/test_anything.py", "test_anything", True),
    ],
)
def test_modules_that_are_not_named_are_asked_whole(module, name, there):
    assert is_asked_there(item_of(module, name.removeprefix("test_"))) == there
