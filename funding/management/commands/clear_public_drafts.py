"""Forgets applications that nobody confirmed for a month, with their files, and what was typed of proofs that came in
another way; run once a day (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from funding.domain.proofs.links import drop_settled_drafts
from funding.domain.public.drafts import drop_old_drafts


class Command(BaseCommand):
    help = (
        "Löscht begonnene öffentliche Anträge mit ihren Dateien, die seit 30 Tagen niemand bestätigt oder geändert "
        "hat, und Eingaben unter geheimen Links, deren Nachweis anerkannt ist."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many went."""
        self.stdout.write(f"Gelöschte unbestätigte Anträge: {drop_old_drafts()}")
        self.stdout.write(f"Gelöschte Eingaben zu anerkannten Nachweisen: {drop_settled_drafts()}")
