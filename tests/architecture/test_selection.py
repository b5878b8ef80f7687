"""Which tests run where: what a mark or a kind leaves out on PostgreSQL and between two edits, and what it does not."""

from types import SimpleNamespace

import pytest

from records.registry import all_kinds, kind_of
from tests import conftest
from tests.changed import folders_of
from tests.kinds import few_kinds, inputs, traits, typical_kinds


def item(*marks, database=True, **params):
    """What pytest knows of a test."""
    return SimpleNamespace(
        get_closest_marker=lambda name: name if name in marks else None,
        fixturenames=["db"] if database else [],
        callspec=SimpleNamespace(params=params),
    )


def other_kind():
    return next(kind for kind in all_kinds() if kind not in typical_kinds())


@pytest.mark.parametrize(
    ("test", "second", "quick"),
    [
        (item(), True, True),
        (item(database=False), False, True),
        (item("slow"), True, False),
        (item("once"), False, True),
        (item("browser"), False, False),
        (item(kind=next(kind for kind in few_kinds() if kind in typical_kinds())), True, True),
        (item(kind=other_kind()), False, False),
        (item(kind="no record", who="planner"), True, True),
    ],
)
def test_marks_and_kinds_decide(test, second, quick):
    assert (conftest.on_second_database(test), conftest.in_quick_run(test)) == (second, quick)


def test_what_repeats_a_truth_waits_for_its_option():
    assert [conftest.in_short_run(test) for test in (item(), item("slow"), item("long"))] == [True, True, False]


@pytest.mark.parametrize(
    ("files", "folders"),
    [
        (["plans/word.py", "docs/tests.md"], {"plans", "architecture", "trial"}),
        (
            ["templates/funding/case.html", "tests/overview/test_switch.py"],
            {"funding", "overview", "architecture", "trial"},
        ),
        (["plans/word.py", "pyproject.toml"], None),
        (["tests/conftest.py"], None),
        (["static/css/ground.css"], {"lsz_portal", "architecture", "trial"}),
    ],
)
def test_what_changed_chooses_the_folders(files, folders):
    assert folders_of(files) == folders
    one = SimpleNamespace(nodeid="tests/plans/life/test_walks.py::test_walks")
    assert conftest.is_concerned(folders)(one) == (folders is None or "plans" in folders)


def test_few_kinds_have_every_input():
    every = set().union(*(inputs(kind) for kind in all_kinds() if kind.creatable))
    assert set().union(*(inputs(kind) for kind in few_kinds())) == every
    assert len(few_kinds()) < len(typical_kinds())


def missing_traits(kinds):
    every = set().union(*(traits(kind) for kind in all_kinds()))
    return every - set().union(*(traits(kind) for kind in kinds))


def test_typical_kinds_have_every_type_of_column_right_and_page():
    assert missing_traits(typical_kinds()) == set()
    assert len(typical_kinds()) < len(all_kinds()) / 3


def test_a_left_out_kind_would_be_missed():
    for kind in typical_kinds():
        assert missing_traits([other for other in typical_kinds() if other is not kind])
    assert missing_traits([kind_of(other_kind().model)])
