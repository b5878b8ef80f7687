"""Fill the portal with invented municipalities, for benchmarks."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.seed.load import has_records, seed

REFUSED = (
    "Erfundene Daten werden nur mit DEMO=1 geladen oder mit --empty-database in ein Portal, in dem noch niemand plant."
)


class Command(BaseCommand):
    help = "Füllt das Portal mit erfundenen Daten für Messungen; gleiche Zahlen ergeben gleiche Daten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipalities", type=int, default=22, metavar="ZAHL", help="wie viele Kommunen")
        parser.add_argument("--years", type=int, default=1, metavar="ZAHL", help="wie viele Jahre ab 2016 (1 bis 80)")
        parser.add_argument(
            "--empty-database", action="store_true", help="bestätigt ohne DEMO, dass die Datenbank dafür gedacht ist"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO and (not options["empty_database"] or has_records()):
            raise CommandError(REFUSED)
        if not 1 <= options["years"] <= 80 or not 1 <= options["municipalities"] <= 9_000:
            raise CommandError("Möglich sind 1 bis 9000 Kommunen und 1 bis 80 Jahre.")
        total = filled = 0
        for _, count in seed(municipalities=options["municipalities"], years=options["years"]):
            filled, total = filled + 1, total + count
            if filled % 50 == 0:
                self.stdout.write(f"{filled} Kommunen, {total} Einträge")
        self.stdout.write(f"Fertig: {filled} Kommunen neu gefüllt, {total} Einträge mit Verlauf.")
