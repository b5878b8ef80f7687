"""Checks that every uploaded file is there as it was stored; run once a day (docs/operations.md)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from records.domain.stored import check_uploads


class Command(BaseCommand):
    help = "Prüft, ob zu jedem Eintrag die hochgeladene Datei unverändert da ist. Endet mit 1, wenn etwas abweicht."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do with remains."""
        parser.add_argument(
            "--remove",
            action="store_true",
            help="löscht Dateien, die kein Eintrag nennt und die älter als ein Tag sind",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each problem and each file without row; raise CommandError where a file is missing."""
        found = check_uploads()
        for problem in found.problems:
            self.stdout.write(problem)
        for path in found.remains:
            if options["remove"]:
                path.unlink(missing_ok=True)
            self.stdout.write(f"{path}: gehört zu keinem Eintrag{', gelöscht' if options['remove'] else ''}")
        told = f"Geprüft: {found.files} Dateien, {len(found.remains)} ohne Eintrag, {found.noted} neu vermerkt."
        if found.problems:
            raise CommandError(f"{told} Abweichungen: {len(found.problems)}.", returncode=1)
        self.stdout.write(f"{told} Alles unverändert.")
