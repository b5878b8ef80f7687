"""Read a file of official statistics in, as the page does: counts first, stored as a whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from exchange.statistics.opening import StatRefused
from exchange.statistics.review import TAKEN, Choice, Review
from exchange.statistics.storing import new_import, review_file, store_file


class Command(BaseCommand):
    help = "Liest eine Tabelle der amtlichen Statistik (ffcsv) ein; mit --dry-run zeigt er nur, was sich ändern würde."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="DATEI", help="ffcsv oder ZIP mit genau einer CSV-Datei")
        parser.add_argument("--dry-run", action="store_true", help="nichts speichern")
        parser.add_argument("--region", default="", metavar="MERKMAL", help="welches von zwei Merkmalen das Gebiet ist")
        parser.add_argument("--known-only", action="store_true", help="keine Kennzahlen anlegen")
        parser.add_argument("--unpublished", action="store_true", help="auch Spalten, in denen nur „-“ steht")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts; exit 1 where the file is refused."""
        choice = Choice(
            region=options["region"], makes=not options["known_only"], takes_unpublished=options["unpublished"]
        )
        try:
            with options["file"].open("rb") as file:
                if options["dry_run"]:
                    review = review_file(file, choice)
                else:
                    with transaction.atomic():
                        waiting = new_import(file, name=str(options["file"]), user=None, municipality=None)
                        review = store_file(file, waiting=waiting, choice=choice, actor=None)
        except StatRefused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Die Datei lässt sich nicht lesen: {error.strerror}.") from error
        self.report(review, stored=not options["dry_run"])

    def report(self, review: Review, *, stored: bool) -> None:
        """The same counts as on the page."""
        signs = ", ".join(f"{count} „{sign}“" for sign, count in sorted(review.scan.signs.items())) or "keine"
        self.stdout.write(f"{review.scan.rows} Zeilen: {review.scan.numbers} Zahlen, Zeichen: {signs}")
        for verdict, count in review.counts.most_common():
            self.stdout.write(f"{count} {verdict if verdict in TAKEN else f'nicht übernommen: {verdict}'}")
        if review.unknown:
            made = "neu angelegt" if stored else "im Katalog noch nicht vorhanden"
            self.stdout.write(
                f"{len(review.unknown)} {'Kennzahl' if len(review.unknown) == 1 else 'Kennzahlen'} {made}"
            )
        self.stdout.write("eingelesen" if stored else "Probelauf, nichts gespeichert")
