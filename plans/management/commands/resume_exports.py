"""Hand exports over again that a killed worker left behind; run before the worker starts (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from plans.all_plans.jobs import resume_exports


class Command(BaseCommand):
    help = "Setzt Sammelausgaben fort, deren Hintergrunddienst beendet wurde."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many."""
        self.stdout.write(f"Fortgesetzte Sammelausgaben: {len(resume_exports())}")
