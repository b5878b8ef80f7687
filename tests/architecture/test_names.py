"""What a model is called, nothing else is called: a record is told from what is drawn, read or counted of it."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.architecture import source


def places_of_classes(files: dict[Path, str]) -> dict[str, list[Path]]:
    """Where each class of a module stands, the first ones first."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path, text in files.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path)
    return found


def is_of_models(path: Path) -> bool:
    return "models" in path.parts or path.stem == "models"


def taken(files: dict[Path, str]) -> list[str]:
    places = places_of_classes(files)
    return [
        f"{name}: {', '.join(map(str, paths))}"
        for name, paths in sorted(places.items())
        if len(paths) > 1 and any(map(is_of_models, paths))
    ]


def test_no_class_is_called_like_a_model():
    found = taken({path: source.text(path) for path in source.python()})
    assert not found, "\n".join(["one word for each thing (docs/glossary.md):", *found])


def test_a_name_that_is_taken_is_found():
    files = {Path("a/models/x.py"): "class Plan: ...", Path("b/papers.py"): "class Plan: ...\nclass Line: ..."}
    assert taken(files) == ["Plan: a/models/x.py, b/papers.py"]
    assert not taken({Path("a/x.py"): "class Line: ...", Path("b/y.py"): "class Line: ..."})
