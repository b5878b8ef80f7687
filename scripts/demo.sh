#!/usr/bin/env bash
# The portal with both model municipalities and invented years of all up to today: prepares, migrates, loads, writes the
# annual plans of 2018 and serves.
#   scripts/demo.sh              and serve on 127.0.0.1:${PORT:-8000}
#   scripts/demo.sh data         without serving
set -euo pipefail
cd "$(dirname "$0")/.."
export DEMO=1
port=${PORT:-8000}

if [ "${1:-}" != data ] && python3 -c "import socket, sys; sys.exit(socket.socket().connect_ex(('127.0.0.1', $port)))" 2>/dev/null; then
  echo "Port $port ist belegt (port in use). Bitte einen anderen wählen, zum Beispiel: PORT=$((port + 1)) make demo" >&2
  exit 1
fi

scripts/prepare.sh
python=.venv/bin/python
echo "Datenbank wird angelegt …"
$python manage.py migrate --verbosity 0
echo "Katalog, Modellkommunen und erfundene Jahre werden geladen (etwa eine Minute) …"
$python manage.py load_demo --alive
mkdir -p build/plans
echo "Die Jahrespläne 2018 beider werden geschrieben …"
writing=()
for ags in 16065 16077; do
  $python manage.py export_plan --municipality "$ags" --year 2018 --output "build/plans/$ags-2018.pdf" &
  writing+=($!)
done
for each in "${writing[@]}"; do wait "$each"; done
echo "Fertig: build/plans/16065-2018.pdf und build/plans/16077-2018.pdf"
[ "${1:-}" = data ] && exit 0
$python manage.py collectstatic --no-input --verbosity 0

cat <<TEXT

  LSZ-Portal zur Vorführung: http://127.0.0.1:$port/

  Benutzername: planung-kyf  leitung-kyf   Kyffhäuserkreis
                planung-abg  leitung-abg   Altenburger Land
                ministerium  begleitung  admin
  Passwort:     ${DEMO_PASSWORD:-demo}

  Beenden mit Strg+C.

TEXT
exec .venv/bin/gunicorn lsz_portal.wsgi --bind "127.0.0.1:$port" --workers 2 --preload --log-level warning
