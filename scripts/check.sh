#!/usr/bin/env bash
# Between two edits: judges the source and runs what is quick, on SQLite and without the browser (tests/conftest.py, --quick).
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/prepare.sh test
unset DATABASE_URL PYTHONDONTWRITEBYTECODE
scripts/lint.sh
echo "Schnelle Prüfungen"
.venv/bin/python -m pytest -q -n 2 --dist worksteal --quick "$@"
