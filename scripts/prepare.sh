#!/usr/bin/env bash
# Prepares this checkout: Python, system libraries, virtual environment in .venv. Does only what is still missing.
#   scripts/prepare.sh         what the portal needs (requirements.lock)
#   scripts/prepare.sh tools   and the developers' tools (requirements-dev.lock)
#   scripts/prepare.sh test    and what the test suite needs (PostgreSQL, Chromium)
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

has_library() { [ -n "$(find /usr/lib /usr/local/lib /lib /opt/homebrew/lib -maxdepth 2 -name "$1*" -print -quit 2>/dev/null)" ]; }
has_postgres() { command -v initdb pg_config >/dev/null 2>&1 && [ -x "$(pg_config --bindir 2>/dev/null)/initdb" ] || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_chromium() { [ -n "${CHROMIUM:-}" ] || command -v chromium-headless-shell chromium chromium-browser google-chrome >/dev/null 2>&1; }
can_serve() { "$1" -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
has_python() { command -v "$python" >/dev/null && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; }

# The distribution's Python is built with profile-guided optimisation and an eighth faster than one built by hand.
python=python3
for candidate in "${PYTHON:-}" /usr/bin/python3; do
  if [ -n "$candidate" ] && can_serve "$candidate"; then
    python=$candidate
    break
  fi
done

missing=()
needs() { # needs PACKAGE CHECK…
  local package=$1
  shift
  "$@" || missing+=("$package")
}

needs python3 has_python
needs python3-venv "$python" -c 'import ensurepip, venv' 2>/dev/null
needs libpangoft2-1.0-0 has_library libpangoft2-1.0
needs libharfbuzz-subset0 has_library libharfbuzz-subset
if [ "${1:-}" = test ]; then
  needs postgresql has_postgres
  needs chromium-headless-shell has_chromium  # the browser without a window: less work, fewer libraries
  # Playwright's own Node.js is linked against it; only machines with compilers have it already.
  needs libatomic1 has_library libatomic.so.1
fi

install_missing() {
  say "Systempakete werden installiert: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    </dev/null >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say "Die Systempakete ließen sich nicht installieren (system packages could not be installed): ${missing[*]}"
    return 1
  fi
  rm -f "$log"
}

packages=
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    install_missing &  # the Python packages are fetched meanwhile
    packages=$!
    can_serve "$python" || { wait "$packages" && packages=; }
  else
    say "Es fehlen Systempakete (missing system packages): ${missing[*]}"
    say "Debian, Ubuntu:  sudo apt-get install ${missing[*]}"
    say "Danach bitte denselben Befehl noch einmal aufrufen (then run the same command again)."
    exit 1
  fi
fi
if ! has_python; then
  say "Das Portal braucht Python 3.11 oder neuer (Python 3.11 or newer is needed), gefunden: $("$python" --version 2>&1)"
  exit 1
fi

# The stamp names the lock file and the interpreter which the environment was made from.
stamp_of() { "$python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest(), sys.version)' "$1"; }
tools=$(stamp_of requirements-dev.lock)
lock=requirements-dev.lock accepted=("$tools")
if [ -z "${1:-}" ]; then
  lock=requirements.lock accepted=("$(stamp_of requirements.lock)" "$tools")  # the tools come with everything else
fi
for stamp in "${accepted[@]}"; do
  if [ "$(cat .venv/.stamp 2>/dev/null)" = "$stamp" ] && .venv/bin/python -c 'import django' 2>/dev/null; then
    wait $packages
    exit
  fi
done
say "Python-Umgebung wird in .venv eingerichtet (einige Sekunden) …"
version() { "$1" -c 'import sys; print(sys.version)' 2>/dev/null; }
[ "$(version .venv/bin/python)" = "$(version "$python")" ] || { rm -rf .venv && "$python" -m venv .venv; }
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r "$lock"
wait $packages
printf '%s\n' "${accepted[0]}" >.venv/.stamp
