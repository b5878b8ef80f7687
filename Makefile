# Thin on purpose: what happens stands in scripts/.
.PHONY: help setup tools demo demo-data test test-long check bench soak deadline-day crawl lint format lock screenshots clean

help:
	@echo "make demo         Portal mit den beiden Modellkommunen auf http://127.0.0.1:8000 (PORT=…)"
	@echo "make demo-data    dasselbe ohne Webserver; Jahrespläne in build/plans/"
	@echo "make test         Prüfung des Quelltextes, Suite auf SQLite und PostgreSQL nebeneinander"
	@echo "make test-long    dasselbe mit allem, was sonst nur stichweise gefragt wird (docs/tests.md)"
	@echo "make check        Quelltext und schnelle Prüfungen, für die Schleife zwischen zwei Änderungen"
	@echo "make bench        Zeit und Speicher von Seiten und PDF"
	@echo "make deadline-day   letzter Tag der Frist im Kleinen, mit kill -9; endet mit 1, wo ein Versprechen nicht hält"
	@echo "make soak         was eine Person den anderen antun kann, in der Betriebsart des Betriebs"
	@echo "make crawl        jede Adresse der Vorführung als jede Rolle: axe, HTML, Verweise (nach make demo-data)"
	@echo "make lint format lock screenshots clean"

setup:
	@scripts/prepare.sh

tools:
	@scripts/prepare.sh tools

demo:
	@scripts/demo.sh

demo-data:
	@scripts/demo.sh data

test:
	@scripts/test.sh

test-long:
	@scripts/test.sh --long

check:
	@scripts/check.sh

soak: tools
	@.venv/bin/python scripts/with_postgres.py .venv/bin/python scripts/soak.py

bench: tools
	@DEMO=1 .venv/bin/python benchmarks/run.py

deadline-day:
	@scripts/prepare.sh test
	@.venv/bin/python scripts/with_postgres.py .venv/bin/python benchmarks/deadline_day.py

crawl:
	@scripts/prepare.sh test
	@DEMO=1 .venv/bin/python scripts/crawl.py

lint: tools
	@scripts/lint.sh

format: tools
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format --quiet .

lock: tools
	@scripts/lock.sh

screenshots:
	@scripts/prepare.sh test
	@DEMO=1 .venv/bin/python scripts/screenshots.py
	@rm -rf build/ways && mkdir -p build/ways
	@PICTURES=$(CURDIR)/build/ways .venv/bin/python -m pytest -q tests/browser/test_main_way.py tests/browser/test_keyboard_way.py
	@.venv/bin/python scripts/way_sheets.py build/ways

# Leaves var/, the data.
clean:
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
