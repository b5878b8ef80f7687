"""Forgets applications that nobody confirmed for a month, with their files; run once a day (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from funding.domain.public import drop_old_drafts


class Command(BaseCommand):
    help = (
        "Löscht begonnene öffentliche Anträge mit ihren Dateien, die seit 30 Tagen niemand bestätigt oder geändert hat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many went."""
        self.stdout.write(f"Gelöschte unbestätigte Anträge: {drop_old_drafts()}")
