"""Writes the mails of the day: reminders, and what is new since the last one (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from overview.domain.mailing import write_to_all
from overview.domain.messages import clear_marks


class Command(BaseCommand):
    help = "Schreibt die E-Mails des Tages: was wartet, was bald fällig ist, was geschehen ist. Nichts zweimal."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many were written."""
        self.stdout.write(
            f"Geschriebene E-Mails: {write_to_all(timezone.now())}, vergessene Merkzeichen: {clear_marks()}"
        )
