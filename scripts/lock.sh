#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml: exact versions with hashes, no address of any registry in them.
#   requirements.lock       what production installs
#   requirements-dev.lock   the same versions, and the developers' tools
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
[ -x "$uv" ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check uv

compile() { # compile FILE OPTION…
  local file=$1
  shift
  "$uv" pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-annotate --no-header --quiet "$@" --output-file "$file"
}

compile requirements.lock "$@"
compile requirements-dev.lock --group dev --constraint requirements.lock "$@"
