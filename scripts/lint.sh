#!/usr/bin/env bash
# Everything that is judged without running the portal. Prints only what is wrong.
set -euo pipefail
cd "$(dirname "$0")/.."
export DEMO=1
bin=.venv/bin
failed=0

check() { # check NAME COMMAND…
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then
    printf '  %-12s gut\n' "$name"
  else
    printf '  %-12s FEHLER\n%s\n' "$name" "$output"
    failed=1
  fi
}

echo "Prüfung des Quelltextes"
types=$(mktemp)
trap 'rm -f "$types"' EXIT
{ check mypy $bin/mypy; exit $failed; } >"$types" &  # the longest by far, so it runs beside the others
check ruff $bin/ruff check --quiet .
check format $bin/ruff format --check --quiet --diff .
check imports $bin/lint-imports --no-cache
check bandit $bin/bandit --quiet --configfile pyproject.toml --severity-level medium --recursive \
  accounts records printing planning participation funding insight plans reporting overview exchange lsz_portal scripts
check djlint $bin/djlint --lint --quiet templates
# Asked of an empty database: one that somebody has not migrated yet says nothing about the source.
check migrations env DATABASE_URL=sqlite://:memory: $bin/python manage.py makemigrations --check --dry-run
wait $! || failed=1
cat "$types"
exit $failed
