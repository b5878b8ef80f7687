#!/usr/bin/env bash
# Writes requirements.lock anew from pyproject.toml: exact versions with hashes, no address of any registry in it.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
[ -x "$uv" ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
"$uv" pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-annotate --no-header --quiet "$@" --output-file requirements.lock
