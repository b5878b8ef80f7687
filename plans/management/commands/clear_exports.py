"""Delete the files of old exports; run once a day (docs/operations.md)."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from plans.all_plans.jobs import clear_exports


class Command(BaseCommand):
    help = "Löscht die Dateien alter Sammelausgaben. Wer wann was ausgegeben hat, bleibt stehen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days", type=int, default=settings.EXPORT_KEEP_DAYS, metavar="TAGE", help="so lange bleiben sie"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many exports lost their files."""
        self.stdout.write(f"Sammelausgaben ohne Dateien: {clear_exports(days=options['days'])}")
