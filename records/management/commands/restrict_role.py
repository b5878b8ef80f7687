"""Takes the right to change history and released plans from the role under which the portal runs (PostgreSQL)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.utils import ProgrammingError

from records.triggers import restrict_role


class Command(BaseCommand):
    help = "Lässt einer Rolle von PostgreSQL an Verlauf und festgeschriebenen Plänen nur Lesen und Anfügen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The role's name."""
        parser.add_argument("role", help="die Rolle, unter der das Portal läuft, zum Beispiel lsz_runtime")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run as the owner of the tables, after each migration."""
        if connection.vendor != "postgresql":
            raise CommandError("Rollen gibt es nur auf PostgreSQL.")
        try:
            tables = restrict_role(options["role"])
        except ProgrammingError as error:
            raise CommandError(f"Nicht möglich: {error}") from error
        self.stdout.write(f"{options['role']} darf {len(tables)} Tabellen nur noch lesen und ergänzen.")
