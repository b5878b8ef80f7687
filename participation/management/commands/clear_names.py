"""Forgets names in bodies whose term has ended, and answers nobody took over; run once a day (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from participation.domain.names import forget_names
from participation.domain.survey_file import drop_old


class Command(BaseCommand):
    help = "Löscht die Namen von Mitgliedern, deren Amtszeit vorbei ist. Organisation und Funktion bleiben."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many went."""
        self.stdout.write(f"Gelöschte Namen: {forget_names(timezone.localdate())}")
        self.stdout.write(f"Gelöschte Antworten, die niemand übernommen hat: {drop_old()} Dateien")
