"""Modules that docstrings name and places that documents name are there; decisions tell history and are left out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import source

ROOMS = "|".join(source.PACKAGES)
MODULE = re.compile(rf"\b(?:{ROOMS})(?:\.[a-z_]\w*)+(?:\.[A-Z]\w*)?")
PLACE = re.compile(rf"`((?:{ROOMS}|tests|scripts|benchmarks|docs|static|templates)/[\w/.-]*[\w/])`")
FILES = {str(path) for path in source.files()}
FOLDERS = {str(folder) for path in source.files() for folder in path.parents}


def is_there(module: str) -> bool:
    """Whether the words are a module, or a name that stands in one; labels of models are no modules."""
    parts = module.split(".")
    for known in range(len(parts), 0, -1):
        place = "/".join(parts[:known])
        file = next((each for each in (f"{place}.py", f"{place}/__init__.py") if each in FILES), "")
        if file and known == 1:
            return len(parts) == 2 and parts[1] not in {"records", "views"} | {*source.PACKAGES}
        if file or place in FOLDERS:
            return known == len(parts) or bool(file and re.search(rf"\b{parts[known]}\b", source.text(Path(file))))
    return False


def docstrings(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def gone(code: str) -> set[str]:
    return {match[0] for text in docstrings(code) for match in MODULE.finditer(text) if not is_there(match[0])}


def test_modules_that_docstrings_name_are_there():
    found = [f"{path}: {name}" for path in source.python() for name in sorted(gone(source.text(path)))]
    assert not found, "\n".join(found)


def test_places_that_documents_name_are_there():
    found = [
        f"{path}: {place}"
        for path in source.own(".md")
        if "adr" not in path.parts
        for place in PLACE.findall(source.text(path))
        if place.rstrip("/") not in FILES | FOLDERS
    ]
    assert not found, "\n".join(found)


def test_what_has_gone_is_found():
    assert gone('"""As planning.records.kind says."""') == {"planning.records.kind"}
    assert gone('"""As records.kind.RecordKind and records.domain.rows say, rows of planning.need."""') == set()
