"""What is committed works elsewhere: no package registry's address, no path of one machine, no second lock file."""

import re

import pytest

from tests.architecture import source

RULES = {
    "address of a package registry": re.compile(
        r"files\.pythonhosted|pypi\.org|registry\.npmjs|deb\.debian\.org|archive\.ubuntu\.com|--(extra-)?index-url"
    ),
    "path of one machine": re.compile(r"(?<![\w.%])/(?:work|farm|root|home/[a-z]+|Users/[A-Za-z]+)/"),
}
FOREIGN_LOCKS = {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json", "yarn.lock"}
LARGEST = 5_000_000  # bytes; larger files are data, not source


def offences(text: str) -> list[str]:
    return [
        f"{text.count(chr(10), 0, match.start()) + 1}: {name}: {match.group()}"
        for name, rule in RULES.items()
        for match in rule.finditer(text)
    ]


def test_files_name_no_registry_and_no_machine():
    found = []
    for path in source.files():
        content = (source.ROOT / path).read_bytes()[:LARGEST]
        if b"\0" in content:
            continue
        found += [f"{path}:{row}" for row in offences(content.decode("utf-8", errors="replace"))]
    assert not found, "\n".join(["take these out:", *found])


def test_there_is_one_lock_file():
    assert not [path for path in source.files() if path.name in FOREIGN_LOCKS]


@pytest.mark.parametrize(
    "line",
    [
        "https://" + "pypi" + ".org/simple",
        "--extra" + "-index-url x",
        "open('/" + "root/x')",
        "see /" + "home/anna/portal",
    ],
)
def test_an_address_or_path_is_found(line):
    assert len(offences(line)) == 1


def test_addresses_of_the_portal_are_allowed():
    assert not offences("/plan/home/ https://example.org/work/ static/root/a.css")
