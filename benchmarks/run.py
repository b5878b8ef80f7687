"""Measure pages and the PDF and print tables: ``make bench``, or with options ``python benchmarks/run.py --help``.

Works in a throw-away SQLite database, or in the empty PostgreSQL database that DATABASE_URL names. How to read the
tables: benchmarks/README.md.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import versus
from benchmarks.printing import show

# Five years make a list of 30 needs and a timeline of 300 marks, six a plan of 76 pages.
HOME_YEARS, PLAN_YEARS, OTHERS_YEARS, MANY_YEARS = 5, 6, 1, 10
FILLED = ((1, HOME_YEARS), (2, PLAN_YEARS), (22, OTHERS_YEARS))  # municipalities up to that number, and their years
MANY_PLACES = 400


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="Zeit und Speicher von Seiten und PDF")
    parser.add_argument("--times", type=int, default=100, help="wie viel mal mehr Einträge im zweiten Durchgang")
    parser.add_argument("--no-pages", action="store_true", help="nur das PDF")
    parser.add_argument("--no-pdf", action="store_true", help="nur die Seiten")
    parser.add_argument("--only-batch", action="store_true", help="nur die Sammelausgabe")
    parser.add_argument("--only-rivals", action="store_true", help="nur das PDF des Plans neben dem anderer")
    parser.add_argument("--only-programme", action="store_true", help="nur die Seiten über alle Kommunen, 22 und 400")
    parser.add_argument("--against", metavar="STAND", help="Seiten, abwechselnd mit denen eines anderen Standes")
    return parser.parse_args()


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


def measure_plan(only_rivals: bool) -> None:
    """The PDF of the second municipality in four sizes, and the preview of each of its chapters."""
    from accounts.models import Municipality
    from benchmarks import documents, pages, rivals

    with_plan = Municipality.objects.current().order_by("ags")[1]
    show("Derselbe Plan bei anderen (Sekunden, CPU in Klammern)", rivals.table(with_plan))
    if only_rivals:
        return
    show("Jahresplan als PDF (Sekunden)", documents.table(with_plan))
    planner = pages.people(with_plan)["planung"]
    show("Vorschau eines Kapitels über HTTP (Sekunden, warm)", documents.preview_table(with_plan, planner))


def measure_reports() -> None:
    """The reports of the second municipality and of all of them for the first year, which every one has."""
    from accounts.models import Municipality
    from benchmarks import reports
    from exchange.seed.municipality import FIRST_YEAR

    home = Municipality.objects.current().order_by("ags")[1]
    show("Berichte als PDF (Sekunden)", reports.table(home, FIRST_YEAR))


def measure_pasting() -> None:
    """The preview of a pasted Finanzplan of the second municipality."""
    from accounts.models import Municipality
    from benchmarks import pages, pasting

    home = Municipality.objects.current().order_by("ags")[1]
    planner = pages.people(home)["planung"].session["_auth_user_id"]
    show("Eingefügte Tabelle bis zur Vorschau (Sekunden; „!“: Ziel verfehlt)", pasting.table(home, int(planner)))


def measure_batch() -> None:
    """All plans of the first year; each of the 22 municipalities has one."""
    from benchmarks import batch
    from exchange.seed.municipality import FIRST_YEAR

    show("Alle Pläne eines Jahres (Sekunden; „!“: Ziel verfehlt)", batch.table(FIRST_YEAR))


def places_measured() -> list[Any]:
    """The municipality whose pages are asked for, and the one with long lists, which are made here."""
    from accounts.models import Municipality
    from benchmarks import pages

    home, filed = Municipality.objects.current().order_by("ags")[:3:2]
    pages.lengthen(filed)
    return [home, filed]


def fill_more(times: int) -> None:
    """So many times more rows of others in the same tables; the ministry's table stays one of 22."""
    from accounts.models import Municipality
    from exchange.seed.load import FIRST_KEY

    rows = count_rows()
    fill(23, MANY_YEARS)
    per_municipality = count_rows() - rows
    fill(22 + round(rows * (times - 1) / per_municipality), MANY_YEARS)
    invented = Municipality.objects.filter(ags__gte=str(FIRST_KEY))
    invented.update(valid_until="2015-12-31", valid_from="2010-01-01")


def measure_pages(times: int) -> None:
    """Once with the rows of 22 municipalities, once with many times more rows of others in the same tables."""
    from benchmarks import first as first_requests
    from benchmarks import pages

    places = places_measured()
    clients, rows = pages.people(*places), count_rows()
    first = pages.pages_of(*places)
    pages.measure(first, clients)
    show(f"Seiten bei {rows} Einträgen (CPU je Anfrage; „!“: Ziel verfehlt)", pages.table(first))
    begun = {page.name: page.url for page in first[1:] if page.who == "planung" and not page.name.startswith("Jahres")}
    show("Neue Prozesse (CPU)", first_requests.table(begun, "messung-planung"))
    if times <= 1:
        return
    fill_more(times)
    again = pages.pages_of(*places)
    pages.measure(again, clients)
    more = count_rows()
    show(f"Seiten bei {more} Einträgen, das sind {more / rows:.0f} mal so viele", pages.table(again, first))


def measure_programme() -> None:
    """Pages over all municipalities, with those that there are and with many; ten years each."""
    from accounts.models import Municipality
    from benchmarks import programme

    home = Municipality.objects.current().order_by("ags")[1]
    few = programme.measured(home)
    fill(MANY_PLACES, MANY_YEARS)
    title = f"Seiten über 22 und über {MANY_PLACES} Kommunen mit je {MANY_YEARS} Jahren, {count_rows()} Einträge"
    told = "(CPU; „!“: mehr Abfragen, oder die Zeit wächst mehr als die Zeilen)"
    show(f"{title} {told}", programme.table(few, programme.measured(home)))


@contextmanager
def filled_database(filled: tuple[tuple[int, int], ...] = FILLED) -> Iterator[None]:
    """A database of its own with what is measured, in a folder that goes afterwards."""
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
        for municipalities, years in filled:
            fill(municipalities, years)
        try:
            yield
        finally:
            connection.close()


def main() -> None:
    """Prepare the database, measure, print."""
    wanted = options()
    if wanted.against:
        versus.compare(wanted.against, wanted.times)
        return
    with filled_database(((22, MANY_YEARS),) if wanted.only_programme else FILLED):
        from django.db import connection

        print(f"{connection.vendor}, Python {platform.python_version()}, {os.cpu_count()} Kerne")
        if wanted.only_programme:
            measure_programme()
            return
        if wanted.only_rivals:
            measure_plan(only_rivals=True)
            return
        if not wanted.no_pdf and not wanted.only_batch:
            measure_plan(only_rivals=False)
            measure_reports()
            measure_pasting()
        if not wanted.no_pdf:
            measure_batch()
        if not wanted.no_pages and not wanted.only_batch:
            measure_pages(wanted.times)


if __name__ == "__main__":
    main()
