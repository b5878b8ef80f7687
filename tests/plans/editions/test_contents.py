"""What an edition says is read whole by the code of today: no key that was ever frozen is renamed or forgotten."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plans.content import to_json
from plans.drawing import draw_chapter
from plans.parsing import from_json
from tests.plans.editions import stored

CONTENTS = sorted((Path(__file__).parent / "contents").glob("*.json.gz"))


def contents() -> Iterator[Any]:
    for folder in stored.FOLDERS:
        yield pytest.param(stored.newest_content(folder), id=folder.name)
    for path in CONTENTS:
        yield pytest.param(gzip.decompress(path.read_bytes()), id=path.name.removesuffix(".json.gz"))


def lost(before: Any, now: Any, path: str = "") -> Iterator[str]:
    """Where a value is missing or another one; what was added since is no matter."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key, value in before.items():
            yield from lost(value, now[key], f"{path}.{key}") if key in now else [f"{path}.{key}"]
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for value, other in zip(before, now, strict=True):
            yield from lost(value, other, f"{path}[]")
    elif before != now:
        yield path


@pytest.mark.parametrize("data", [*contents()])
def test_everything_that_an_edition_says_is_read(data):
    assert sorted(set(lost(json.loads(data), json.loads(to_json(from_json(data)))))) == []


@pytest.mark.slow
@pytest.mark.parametrize("data", [*contents()])
def test_every_chapter_is_drawn(data):
    content = from_json(data)
    for chapter in content.chapters:
        assert "None" not in draw_chapter(content, chapter, with_drawings=False)[0]


def test_a_key_that_has_gone_is_found():
    assert list(lost({"a": [{"b": 1, "c": 2}]}, {"a": [{"b": 1, "d": 2}]})) == [".a[].c"]
    assert list(lost({"a": [1]}, {"a": [1, 2]})) == [".a"]
    assert not list(lost({"a": [{"b": 1}]}, {"a": [{"b": 1, "c": 2}], "d": 3}))
