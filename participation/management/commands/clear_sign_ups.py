"""Forgets registrations for events some time after them; run once a day (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from participation.domain.sign_ups import forget_old


class Command(BaseCommand):
    help = (
        "Löscht Anmeldungen ohne Konto: unbestätigte nach zwei Tagen, alle anderen 30 Tage nach der Veranstaltung. "
        "Freie Plätze gehen an die Warteliste."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many went."""
        gone = forget_old(timezone.localdate(), timezone.now())
        self.stdout.write(f"Gelöschte Anmeldungen zu Veranstaltungen: {gone}")
