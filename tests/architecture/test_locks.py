"""What production installs is apart from the developers' tools, in the same versions."""

import ast
import re
import tomllib

from tests.architecture import source

PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
TOOLS = {"axe_playwright_python", "bandit", "hypothesis", "page", "playwright", "pypdf", "pytest"}
ROOMS = tuple(tomllib.loads((source.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"])


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((source.ROOT / name).read_text(encoding="utf-8")))


def wanted(entries: list[str]) -> set[str]:
    return {re.match(r"[\w.-]+", entry)[0].lower() for entry in entries}


def test_production_gets_what_it_needs_and_no_tools():
    project = tomllib.loads((source.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    production, everything = pins("requirements.lock"), pins("requirements-dev.lock")
    tools = wanted(project["dependency-groups"]["dev"])
    assert wanted(project["project"]["dependencies"]) <= set(production)
    assert not tools & set(production)
    assert tools <= set(everything)
    assert production.items() <= everything.items(), "the same versions in both"


def imported(code: str) -> set[str]:
    found = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [node.module if isinstance(node, ast.ImportFrom) else node.names[0].name for node in found]
    return {(name or "").partition(".")[0] for name in names}


def test_the_portal_imports_no_tool():
    own = [path for path in source.python(tests=False) if path.parts[0] in ROOMS]
    assert len(own) > 300
    assert not [str(path) for path in own if imported(source.text(path)) & TOOLS]
    assert imported("import pytest\nfrom pypdf.errors import X") & TOOLS
