"""A lower room names nothing of a higher one, not even as text: what is added is registered from above.

Addresses, templates, labels of models and tag libraries; the order of the rooms is that of the contract of imports.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import source

CONTRACT = tomllib.loads((source.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
ORDER = [*reversed(CONTRACT["contracts"][0]["layers"])]  # from the lowest room up
ROOMS = {room: place for place, room in enumerate(ORDER)} | {"site": len(ORDER) - 1}  # the namespace of the composition
FRAME = {"components", "site"}
NAMED = "|".join(ROOMS)
ROUTE = rf"(?P<room>{NAMED}):[a-z{{]"
TEMPLATE = rf"(?P<room>{NAMED})/[a-z_{{]"
MODEL = rf"(?P<room>{NAMED})\.[A-Za-z{{]"
TEXT = re.compile(rf"^(?:{ROUTE}|{TEMPLATE.replace('?P<room>', '?P<folder>')}|{MODEL.replace('?P<room>', '?P<app>')})")
QUOTED = re.compile(r"""(?P<quote>["'])(?P<text>.*?)(?P=quote)""")
LOADED = re.compile(r"{%\s*load\s+(?P<names>[^%]*?)\s*%}")
ADDRESS = re.compile(r"""["'`]/[a-z]""")
LIBRARIES = {path.stem: path.parts[0] for path in source.own(".py") if path.parent.name == "templatetags"}
# The files of plans and of their chapters are older than the room: their bytes never change.
KEPT = {"plans/models/plan.py: reporting.plan", "plans/models/plan.py: reporting.chaptertext"}


def room_of(path: Path) -> int:
    """The place of the room to which a file belongs; the frame and the composition may name everything."""
    parts = path.parts
    if parts[0] == "templates":
        return len(ORDER) if len(parts) < 3 or parts[1] in FRAME else ROOMS.get(parts[1], len(ORDER))
    return ROOMS.get(parts[0], len(ORDER))


def texts_of_python(code: str) -> Iterator[str]:
    """Every text of the code, the beginning of a text with values in it too; what documents the code is none."""
    tree = ast.parse(code)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def texts_of(path: Path, text: str) -> Iterator[str]:
    if path.suffix == ".py":
        yield from texts_of_python(text)
        return
    yield from (match["text"] for match in QUOTED.finditer(text))
    for match in LOADED.finditer(text):
        yield from (f"{LIBRARIES[name]}/{name}" for name in match["names"].split() if name in LIBRARIES)


def upward(path: Path, text: str) -> list[str]:
    """What of higher rooms a file names."""
    found = [(match, said) for said in texts_of(path, text) if (match := TEXT.match(said))]
    own = room_of(path)
    names = {f"{path}: {said}" for match, said in found if ROOMS[next(filter(None, match.groups()))] > own}
    return sorted(names - KEPT)


def test_no_room_names_anything_of_a_room_above_it():
    files = [path for path in source.own(".py", ".html", ".txt", ".xml") if path.parts[0] in (*ORDER, "templates")]
    found = [line for path in files for line in upward(path, source.text(path))]
    assert not found, "\n".join(["let the higher room register what it adds (docs/adr/0015):", *found])


def test_no_script_names_an_address():
    found = [f"{path}: {match[0]}" for path in source.own(".js") for match in ADDRESS.finditer(source.text(path))]
    assert not found, "\n".join(["let the template say it (data-…):", *found])


@pytest.mark.parametrize(
    ("path", "text", "is_wrong"),
    [
        ("records/pages/crumbs.py", 'reverse("overview:start")', True),
        ("templates/planning/phase.html", "{% url 'participation:cycle-continue' %}", True),
        ("plans/views/plans.py", 'reverse(f"reporting:{name}")', True),
        ("plans/views/plans.py", 'render(request, "reporting/report.html")', True),
        ("plans/views/plans.py", 'render(request, f"reporting/{name}.html")', True),
        ("printing/render.py", 'apps.get_model("records.Batch")', True),
        ("planning/models/goals.py", 'models.ForeignKey("participation.Body", models.PROTECT)', True),
        ("templates/planning/phase.html", '{% include "plans/_state.html" %}', True),
        ("templates/printing/papers/base.html", "{% load tables %}", True),
        ("planning/models/goals.py", '"""As plans.Plan does."""', False),
        ("templates/components/_foot.html", '{% url "plans:verification" %}', False),
        ("overview/views/start.py", 'reverse("plans:plan-list")', False),
    ],
)
def test_what_lies_above_is_found(path, text, is_wrong):
    assert bool(upward(Path(path), text)) is is_wrong
