"""Forgets drafts of forms that nobody touched for a month; run once a day (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from records.domain.drafts import drop_old_drafts


class Command(BaseCommand):
    help = "Löscht Formularentwürfe, die seit 30 Tagen niemand geändert hat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many went."""
        self.stdout.write(f"Gelöschte Entwürfe: {drop_old_drafts()}")
