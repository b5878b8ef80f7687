"""The kinds that stand for all of them where fifty would say the same: with them no type of column is left out.

Every kind is asked on SQLite by ``make test`` where its own description decides (``every_kind``), with ``--long`` also
where one code does the same for all (``kinds_for_all``). On PostgreSQL a test with a parameter ``kind`` runs for the
typical kinds only, between two edits (``make check``) for fewer still; see tests/conftest.py.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest

from accounts.enums import Action
from records.kind import RecordKind
from records.registry import all_kinds, grids_below

Traits = Callable[[RecordKind], set[Any]]
WRITERS = {Action.WRITE: ("planner",), Action.SUPPORT: ("planner", "adviser"), Action.CATALOGUE: ("ministry",)}
WRITERS[Action.ADVISE] = ("adviser",)


def writing_of(kind: RecordKind) -> Action:
    """What opens the form of a new record."""
    return kind.policy.create[0].action


def writers_of(kind: RecordKind) -> tuple[str, ...]:
    """The people of the cast who write it."""
    return WRITERS[writing_of(kind)]


def traits(kind: RecordKind) -> set[Any]:
    """In what a kind can differ from others for a database: types of columns and links, rules of the table, pages."""
    fields = [field for field in kind.model._meta.get_fields() if not field.auto_created or field.concrete]
    found = {(type(field).__name__, field.null, bool(getattr(field, "choices", None))) for field in fields}
    found |= {(type(rule).__name__,) for rule in kind.model._meta.constraints}
    pages = {"create": kind.creatable, "delete": kind.deletable, "import": kind.is_importable, "bulk": kind.bulk}
    pages |= {"grid": kind.grid, "rows": grids_below(kind)}
    return found | {("page", name, bool(has)) for name, has in pages.items()} | who_and_where(kind)


def who_and_where(kind: RecordKind) -> set[Any]:
    """Who writes it, whether below a municipality, in a list of its own or on the page of its parent."""
    return {("right", kind.policy), ("place", kind.is_tenant, bool(kind.parent))}


def covering(kinds: Iterable[RecordKind], traits_of: Traits) -> list[RecordKind]:
    """Few kinds that together have every trait which any of them has."""
    left = {kind.name: (kind, traits_of(kind)) for kind in kinds}
    missing = set().union(*(found for _, found in left.values()))
    chosen = []
    while missing:
        kind, found = max(left.values(), key=lambda each: len(each[1] & missing))
        chosen.append(kind)
        missing -= found
    return chosen


def inputs(kind: RecordKind) -> set[Any]:
    """What can be typed or chosen in its form."""
    fields = [kind.model._meta.get_field(name) for name in kind.field_names()]
    return {(type(field).__name__, bool(getattr(field, "choices", None))) for field in fields}


@cache
def few_kinds() -> tuple[RecordKind, ...]:
    """Kinds that together have every input: between two edits, and in the browser."""
    return tuple(covering((kind for kind in all_kinds() if kind.creatable), inputs))


@cache
def typical_kinds() -> tuple[RecordKind, ...]:
    """The kinds that stand for all."""
    return tuple(covering(all_kinds(), traits))


def each_kind(kinds: Iterable[RecordKind], *, typical: bool = False) -> pytest.MarkDecorator:
    """A test for each of the kinds; ``typical`` where others stand for most of them, who come with --long alone."""
    rows = []
    for kind in kinds:
        marks = (pytest.mark.long,) if typical and kind not in typical_kinds() else ()
        rows.append(pytest.param(kind, id=kind.name, marks=marks))
    return pytest.mark.parametrize("kind", rows)


every_kind = each_kind(all_kinds())
# What the same code does for every kind alike, and what another test with every kind touches too.
kinds_for_all = each_kind(all_kinds(), typical=True)
