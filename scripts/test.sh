#!/usr/bin/env bash
# From a bare checkout: prepares, judges the source, runs the suite on SQLite, then on PostgreSQL what a database can
# answer otherwise (docs/tests.md). What follows goes to both runs: --long.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/prepare.sh test
scripts/lint.sh
unset DATABASE_URL
echo "Suite auf SQLite"
.venv/bin/python -m pytest -n 3 --dist worksteal "$@"
echo "Suite auf PostgreSQL"
.venv/bin/python scripts/with_postgres.py .venv/bin/python -m pytest -n 2 --dist worksteal --only-database "$@"
