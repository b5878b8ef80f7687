"""Files stay readable on a few screens, functions short by what they do.

Functions are counted in statements: how many lines a statement takes is the formatter's business, which is never
switched off.
"""

import ast

from tests.architecture import source

FILE_LINES = 400
FUNCTION_STATEMENTS = 35


def statements(node: ast.AST) -> int:
    """Statements inside, nested ones too; a docstring is none."""
    inside = [child for child in ast.walk(node) if isinstance(child, ast.stmt) and child is not node]
    return len(
        [child for child in inside if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant))]
    )


def too_long_functions(code: str) -> list[str]:
    return [
        f"{node.lineno}: {name} has {length} statements"
        for name, node in source.functions(ast.parse(code))
        if (length := statements(node)) > FUNCTION_STATEMENTS
    ]


def test_files_stay_under_400_lines():
    lengths = {
        str(path): len(source.text(path).splitlines()) for path in source.own(".py", ".html", ".css", ".js", ".sh")
    }
    too_long = {path: length for path, length in lengths.items() if length > FILE_LINES}
    assert not too_long, f"split these files (more than {FILE_LINES} lines): {too_long}"


def test_functions_stay_under_35_statements():
    found = [f"{path}:{row}" for path in source.python(tests=True) for row in too_long_functions(source.text(path))]
    assert not found, f"split these functions (more than {FUNCTION_STATEMENTS} statements): {found}"


def test_a_long_method_is_found():
    method = 'class A:\n    def long(self):\n        """Why."""\n' + "        x = 1\n" * (FUNCTION_STATEMENTS + 1)
    assert too_long_functions(method) == ["2: A.long has 36 statements"]
    assert not too_long_functions(method.replace("        x = 1\n", "", 1))


def test_the_formatter_is_never_switched_off():
    words = ("fmt" + ": skip", "fmt" + ": off")
    found = [str(path) for path in source.own(".py") if any(word in source.text(path) for word in words)]
    assert not found, f"let the formatter arrange these files: {found}"


LARGEST_ROOM = 0.25  # of the lines of all rooms


def test_no_room_holds_more_than_a_quarter_of_the_code():
    lines: dict[str, int] = {}
    for path in source.python():
        lines[path.parts[0]] = lines.get(path.parts[0], 0) + len(source.text(path).splitlines())
    whole = sum(lines.values())
    shares = {room: round(count / whole, 3) for room, count in lines.items() if count > whole * LARGEST_ROOM}
    assert not shares, f"these rooms are too large: {shares}"
