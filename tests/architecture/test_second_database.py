"""What is chosen for the second database exists, so that no renamed test leaves that run unseen."""

from types import SimpleNamespace

import pytest

from tests.architecture.source import ROOT
from tests.second_database import ASKED, is_asked_again


@pytest.mark.parametrize("module", ASKED)
def test_the_module_has_the_tests_that_are_named(module):
    source = (ROOT / "tests" / module).read_text(encoding="utf-8")
    assert [name for name in ASKED[module].split() if f"def test_{name}(" not in source] == []


@pytest.mark.parametrize(
    ("module", "name", "again"),
    [
        ("records/test_search.py", "test_every_kind_is_found", True),
        ("records/test_search.py", "test_hits_carry_kind_date_and_example", False),
        ("records/test_titles.py", "test_no_name_says_a_part_twice", False),
        ("records/test_history.py", "test_history_rows_are_never_changed_or_deleted", True),
        ("of_a_new_room/test_anything.py", "test_anything", True),
    ],
)
def test_modules_that_are_not_named_are_asked_whole(module, name, again):
    assert is_asked_again(SimpleNamespace(nodeid=f"tests/{module}::{name}[1]", originalname=name)) == again
