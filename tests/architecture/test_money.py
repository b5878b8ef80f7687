"""Money is never a float and never divided: cents are compared, multiplied and added."""

import ast

import pytest

from tests.architecture.source import ROOT

FILES = sorted((ROOT / "funding").rglob("*.py"))


def inexact(tree: ast.AST) -> list[int]:
    """Lines with a float, a division or a rounding that banks would not make."""
    found = []
    for node in ast.walk(tree):
        is_float = isinstance(node, ast.Name) and node.id in ("float", "round") and isinstance(node.ctx, ast.Load)
        is_literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        is_field = isinstance(node, ast.Attribute) and node.attr == "FloatField"
        is_divided = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
        if is_float or is_literal or is_field or is_divided:
            found.append(node.lineno)
    return found


def test_no_amount_is_a_float_or_divided():
    assert FILES
    assert {str(path): lines for path in FILES if (lines := inexact(ast.parse(path.read_text(encoding="utf-8"))))} == {}


@pytest.mark.parametrize(
    "line", ["float(x)", "x / 2", "x /= 2", "0.7", "round(x, 2)", "models.FloatField()", "map(float, x)"]
)
def test_each_way_is_found(line):
    assert inexact(ast.parse(line)) == [1]
