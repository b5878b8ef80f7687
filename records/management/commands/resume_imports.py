"""Queue tables and files again that a killed worker left behind; run before the worker starts (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from records.background import resume_all
from records.tables.job import resume_imports


class Command(BaseCommand):
    help = "Setzt das Einlesen von Tabellen fort, deren Hintergrunddienst beendet wurde."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many."""
        self.stdout.write(f"Fortgesetzte Tabellen: {resume_imports() + resume_all()}")
