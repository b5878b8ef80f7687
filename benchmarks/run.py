"""Measure pages and the PDF and print tables: ``make bench``, or with options ``python benchmarks/run.py --help``.

Works in a throw-away SQLite database, or in the empty PostgreSQL database that DATABASE_URL names. How to read the
tables: benchmarks/README.md.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
# Five years make a list of 30 needs and a timeline of 300 marks, six a plan of 76 pages.
HOME_YEARS, PLAN_YEARS, OTHERS_YEARS, MANY_YEARS = 5, 6, 1, 10


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="Zeit und Speicher von Seiten und PDF")
    parser.add_argument("--times", type=int, default=100, help="wie viel mal mehr Einträge im zweiten Durchgang")
    parser.add_argument("--no-pages", action="store_true", help="nur das PDF")
    parser.add_argument("--no-pdf", action="store_true", help="nur die Seiten")
    parser.add_argument("--only-batch", action="store_true", help="nur die Sammelausgabe")
    return parser.parse_args()


def show(title: str, rows: Iterable[list[str]]) -> None:
    """A table in plain text, first column to the left, the others to the right."""
    table = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in table) for at in range(len(table[0]))]
    print(f"\n{title}")
    for number, row in enumerate(table):
        cells = [
            cell.ljust(w) if at == 0 else cell.rjust(w) for at, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("-" * (sum(widths) + 2 * len(widths) - 2))


def count_rows() -> int:
    """Records of all kinds in all municipalities."""
    from records.registry import all_kinds

    return sum(kind.model._default_manager.count() for kind in all_kinds() if kind.is_tenant)


def fill(municipalities: int, years: int) -> None:
    """Invented rows up to so many municipalities; PostgreSQL is told of them, as its autovacuum would do."""
    from django.db import connection

    from exchange.seed.load import seed

    for _ in seed(municipalities=municipalities, years=years):
        pass
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measure_plan() -> None:
    """The PDF of the second municipality in four sizes, and the preview of each of its chapters."""
    from accounts.models import Municipality
    from benchmarks import documents, pages, rivals

    with_plan = Municipality.objects.current().order_by("ags")[1]
    show("Jahresplan als PDF (Sekunden)", documents.table(with_plan))
    show("Derselbe Plan bei anderen (Sekunden)", rivals.table(with_plan))
    planner = pages.people(with_plan)["planung"]
    show("Vorschau eines Kapitels über HTTP (Sekunden, warm)", documents.preview_table(with_plan, planner))


def measure_reports() -> None:
    """The reports of the second municipality and of all of them for the first year, which every one has."""
    from accounts.models import Municipality
    from benchmarks import reports
    from exchange.seed.municipality import FIRST_YEAR

    home = Municipality.objects.current().order_by("ags")[1]
    show("Berichte als PDF (Sekunden)", reports.table(home, FIRST_YEAR))


def measure_batch() -> None:
    """All plans of the first year; each of the 22 municipalities has one."""
    from benchmarks import batch
    from exchange.seed.municipality import FIRST_YEAR

    show("Alle Pläne eines Jahres (Sekunden; „!“: Ziel verfehlt)", batch.table(FIRST_YEAR))


def measure_pages(times: int) -> None:
    """Once with the rows of 22 municipalities, once with many times more rows of others in the same tables."""
    from accounts.models import Municipality
    from benchmarks import pages
    from exchange.seed.load import FIRST_KEY

    home, filed = Municipality.objects.current().order_by("ags")[:3:2]
    clients = pages.people(home, filed)
    pages.lengthen(filed)
    rows = count_rows()
    first = pages.pages_of(home, filed)
    pages.measure(first, clients)
    show(f"Seiten bei {rows} Einträgen (CPU je Anfrage; „!“: Ziel verfehlt)", pages.table(first))
    if times <= 1:
        return
    fill(23, MANY_YEARS)
    per_municipality = count_rows() - rows
    fill(22 + round(rows * (times - 1) / per_municipality), MANY_YEARS)
    invented = Municipality.objects.filter(ags__gte=str(FIRST_KEY))
    invented.update(valid_until="2015-12-31", valid_from="2010-01-01")  # the ministry's table stays one of 22
    more = count_rows()
    again = pages.pages_of(home, filed)
    pages.measure(again, clients)
    show(f"Seiten bei {more} Einträgen, das sind {more / rows:.0f} mal so viele", pages.table(again, first))


def main() -> None:
    """Prepare the database, measure, print."""
    wanted = options()
    with tempfile.TemporaryDirectory(prefix="lsz-bench-") as folder:
        os.environ.update({"DEMO": "1", "LSZ_VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"})
        os.environ.setdefault("LOG_LEVEL", "ERROR")
        (Path(folder) / "static").mkdir()
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from accounts.models import Municipality, User

        call_command("migrate", verbosity=0)
        if User.objects.exists() or Municipality.objects.exists():
            sys.exit("Diese Datenbank ist nicht leer. Gemessen wird nur in einer leeren (DATABASE_URL).")
        print(f"{connection.vendor}, Python {platform.python_version()}, {os.cpu_count()} Kerne")
        fill(1, HOME_YEARS)
        fill(2, PLAN_YEARS)
        fill(22, OTHERS_YEARS)
        if not wanted.no_pdf and not wanted.only_batch:
            measure_plan()
            measure_reports()
        if not wanted.no_pdf:
            measure_batch()
        if not wanted.no_pages and not wanted.only_batch:
            measure_pages(wanted.times)
        connection.close()


if __name__ == "__main__":
    main()
