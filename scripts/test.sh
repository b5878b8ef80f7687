#!/usr/bin/env bash
# From a bare checkout: prepares, judges the source, and asks each test on its database, on SQLite and PostgreSQL side by
# side (docs/tests.md). What follows goes to both runs: --long.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/prepare.sh test
unset DATABASE_URL
unset PYTHONDONTWRITEBYTECODE  # each worker would compile all tests anew
said=$(mktemp)
# Two workers beside three: they have a third of the work, and together they fill the time in which one waits for the
# browser. They begin beside the judging of the source, and what they compile the three find done.
.venv/bin/python scripts/with_postgres.py .venv/bin/python -m pytest -n 2 --dist worksteal --only-database "$@" >"$said" 2>&1 &
postgres=$!
trap 'kill "$postgres" 2>/dev/null || true; rm -f "$said"' EXIT
scripts/lint.sh
failed=0
echo "Suite auf SQLite"
.venv/bin/python -m pytest -n 3 --dist worksteal --leave-database "$@" || failed=1
echo "Suite auf PostgreSQL"
wait "$postgres" || failed=1
cat "$said"
exit $failed
