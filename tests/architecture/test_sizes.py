"""Files and functions stay readable on one or two screens."""

import ast

from tests.architecture import source

FILE_LINES = 400
FUNCTION_LINES = 50


def too_long_functions(code: str) -> list[str]:
    return [
        f"{node.lineno}: {name} has {length} lines"
        for name, node in source.functions(ast.parse(code))
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]


def test_files_stay_under_400_lines():
    lengths = {
        str(path): len(source.text(path).splitlines()) for path in source.own(".py", ".html", ".css", ".js", ".sh")
    }
    too_long = {path: length for path, length in lengths.items() if length > FILE_LINES}
    assert not too_long, f"split these files (more than {FILE_LINES} lines): {too_long}"


def test_functions_stay_under_50_lines():
    found = [f"{path}:{row}" for path in source.python(tests=True) for row in too_long_functions(source.text(path))]
    assert not found, f"split these functions (more than {FUNCTION_LINES} lines): {found}"


def test_a_long_method_is_found():
    method = "class A:\n    def long(self):\n" + "        x = 1\n" * FUNCTION_LINES
    assert too_long_functions(method) == ["2: A.long has 51 lines"]
    assert not too_long_functions(method.replace("        x = 1\n", "", 1))
