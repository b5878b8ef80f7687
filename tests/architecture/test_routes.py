"""A lower room names no page of a higher one, not even as text: addresses are registered from above."""

import re
from pathlib import Path

import pytest

from tests.architecture import source

# From the lowest room up; the frame around every page and the site itself belong to the composition.
ORDER = (
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
    "site",
)
ROUTE = re.compile(rf"""["'](?P<room>{"|".join(ORDER)}):[a-z{{]""")
FRAME = {"components", "site"}


def room_of(path: Path) -> str:
    """The room to which a file belongs; the frame and the composition may name every page."""
    parts = path.parts
    if parts[0] == "templates":
        return parts[1] if len(parts) > 2 and parts[1] in ORDER and parts[1] not in FRAME else "site"
    return parts[0] if parts[0] in ORDER else "site"


def upward(path: Path, text: str) -> list[str]:
    """The routes of higher rooms that a file names."""
    own = ORDER.index(room_of(path))
    return [f"{path}: {match['room']}" for match in ROUTE.finditer(text) if ORDER.index(match["room"]) > own]


def test_no_room_names_a_page_of_a_room_above_it():
    files = [path for path in source.own(".py", ".html") if path.parts[0] in (*source.PACKAGES, "templates")]
    found = [line for path in files for line in upward(path, source.text(path))]
    assert not found, "\n".join(["let the higher room register what it adds (docs/adr/0015):", *found])


@pytest.mark.parametrize(
    ("path", "text", "is_wrong"),
    [
        ("records/pages/crumbs.py", 'reverse("overview:start")', True),
        ("templates/planning/phase.html", "{% url 'participation:cycle-continue' %}", True),
        ("plans/views/plans.py", 'reverse(f"reporting:{name}")', True),
        ("templates/components/_foot.html", '{% url "plans:verification" %}', False),
        ("overview/views/start.py", 'reverse("plans:plan-list")', False),
    ],
)
def test_a_page_above_is_found(path, text, is_wrong):
    assert bool(upward(Path(path), text)) is is_wrong
