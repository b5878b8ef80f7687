"""Views, forms and the generic record pages reach rows only from the request's municipality (gates 1 and 2)."""

import ast
from pathlib import Path

import pytest

from tests.architecture import source

MANAGERS = {"objects", "_default_manager", "_base_manager"}
# Rows of the portal, kept by the administration; they belong to no municipality.
PORTAL_MODELS = {"User", "RoleAssignment"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
REQUEST_CODE = {"views", "forms", "kinds", "filters", "pages", "tables", "grids"}
KIND_CODE = {"kind", "registry", "display", "kind_urls"}  # of the room records
NARROWS = "only narrows rows that are bound already"
# "path: function" -> why this access cannot show another municipality's rows.
ALLOWED: dict[str, str] = {
    "records/filters.py: FilterBar.apply": NARROWS,
    "records/pages/history.py: names_today": "titles of ids in the record's own history, of the same tenant",
}


def is_request_code(path: Path) -> bool:
    """True for modules and packages that serve requests, by their names, and for the description of kinds."""
    is_of_kinds = path.parts[0] == "records" and path.stem in KIND_CODE
    return is_of_kinds or not REQUEST_CODE.isdisjoint([*path.parts[:-1], path.stem])


def is_model(node: ast.expr) -> bool:
    """True for a name that looks like a model of a municipality, also behind a module (``models.Need``)."""
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name[:1].isupper() and not name.isupper() and name not in PORTAL_MODELS


def bare_access(code: str) -> list[tuple[str, int, str]]:
    """Function, line and reason of every access to all rows of a model."""
    tree = ast.parse(code)
    found = []
    for node in ast.walk(tree):
        reason = ""
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            reason = f".{node.attr} reaches every municipality's rows"
        elif isinstance(node, ast.Attribute) and node.attr == "history" and is_model(node.value):
            reason = "Model.history shows every municipality's rows"
        elif isinstance(node, ast.Call) and node.args and is_model(node.args[0]):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            reason = f"{name}(Model, …) is not bound to a municipality" if name in SHORTCUTS else ""
        if reason:
            found.append((source.function_at(tree, node.lineno), node.lineno, reason))
    return sorted(found)


def test_views_and_forms_reach_rows_through_the_municipality():
    seen, wrong = set(), []
    for path in filter(is_request_code, source.python()):
        for function, number, reason in bare_access(source.text(path)):
            key = f"{path}: {function}"
            seen.add(key)
            if key not in ALLOWED:
                wrong.append(f"{path}:{number} in {function}: {reason}")
    assert not wrong, "\n".join(["use a query in queries that starts at the municipality:", *wrong])
    stale = {key for key in ALLOWED if key not in seen and (source.ROOT / key.split(":")[0]).exists()}
    assert not stale, f"these exceptions are not needed any more: {stale}"


@pytest.mark.parametrize(
    "code",
    [
        "Need.objects.all()",
        "models.Need.objects.filter(pk=1)",
        "self.model._default_manager.all()",
        "Need.history.all()",
        "get_object_or_404(Need, pk=1)",
        "shortcuts.get_object_or_404(Need, pk=1)",
    ],
)
def test_a_bare_access_is_found(code):
    assert len(bare_access(code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        "access.municipality(slug)",
        "need.history.all()",
        "get_object_or_404(needs_of(municipality), pk=1)",
        "municipality.needs.all()",
        "get_object_or_404(User, pk=1)",
    ],
)
def test_a_bound_access_is_not_found(code):
    assert bare_access(code) == []
