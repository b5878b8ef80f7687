"""Closes public surveys whose last day is over: tables are made, replies are deleted; run once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from participation.domain.open_surveys import close_due


class Command(BaseCommand):
    help = "Wertet öffentliche Befragungen aus, deren letzter Tag vorbei ist, und löscht ihre Antworten."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many were closed, and on stderr what could not be."""
        closed, failed = close_due(timezone.localdate())
        self.stdout.write(f"Beendete Befragungen: {closed}")
        for line in failed:
            self.stderr.write(f"Nicht beendet: {line}")
