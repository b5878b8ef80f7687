"""The project's own files, for rules that are judged on source text."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "accounts",
    "records",
    "printing",
    "planning",
    "participation",
    "funding",
    "insight",
    "plans",
    "reporting",
    "overview",
    "exchange",
)
PACKAGES = (*APPS, "lsz_portal")
NOT_OURS = {".git", ".venv", "var", "build", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis"}


def files() -> list[Path]:
    """Every file that is or would be committed, relative to the root; without git, every file not in a known cache."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\0")
        found = [Path(name) for name in listing if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
    return sorted(path for path in found if NOT_OURS.isdisjoint(path.parts) and (ROOT / path).is_file())


def own(*suffixes: str) -> list[Path]:
    """Files with these suffixes that are written by hand: no vendored files, no migrations."""
    return [
        path
        for path in files()
        if path.suffix in suffixes and "vendor" not in path.parts and "migrations" not in path.parts
    ]


def python(*, tests: bool = False) -> list[Path]:
    """Own Python files of the apps, or with ``tests`` all of the project."""
    return [path for path in own(".py") if tests or path.parts[0] in PACKAGES]


def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function with its qualified name (``Class.method``), nested ones too."""
    for node in ast.iter_child_nodes(tree):
        name = getattr(node, "name", "")
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{prefix}{name}", node
        yield from functions(node, f"{prefix}{name}." if named else prefix)


def function_at(tree: ast.AST, number: int) -> str:
    """Qualified name of the innermost function around a line, else ``module``."""
    inside = [name for name, node in functions(tree) if node.lineno <= number <= (node.end_lineno or node.lineno)]
    return inside[-1] if inside else "module"
