"""The contracts in pyproject.toml: imports point one way."""

import tomllib

from importlinter.cli import lint_imports

from tests.architecture.source import PACKAGES, ROOT, own


def test_imports_keep_the_contracts(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    broken = lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert not broken, capsys.readouterr().out


def test_the_contract_of_the_rooms_names_every_room():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    named = {room for layer in contracts[0]["layers"] for room in layer.split(" | ")}
    packages = {path.parts[0] for path in own(".py") if path.name == "__init__.py" and len(path.parts) == 2}
    assert named == set(PACKAGES) == packages - {"tests", "benchmarks"}
