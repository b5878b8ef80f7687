"""What is told each day, and all that the portal promises to forget, in one command (docs/operations.md)."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts import outbox, readings
from accounts.domain.attempts import forget_old
from records.queue import jobs

COMMANDS = (
    "close_surveys",
    "send_messages",
    "clear_names",
    "clear_drafts",
    "clear_public_drafts",
    "clear_sign_ups",
    "clear_exports",
    "prune_db_task_results",
    "clearsessions",
)


class Command(BaseCommand):
    help = (
        "Schreibt die E-Mails des Tages und löscht, was das Portal zu löschen verspricht: "
        "Namen nach der Amtszeit, alte Entwürfe, Archive, Sitzungen."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them one after the other; each prints what it did."""
        for name in COMMANDS:
            call_command(name, stdout=self.stdout)
        self.stdout.write(f"Noch einmal zu sendende E-Mails: {outbox.resume()}")
        self.stdout.write(f"Gelöschte Aufträge: {jobs.clear()}, gelöschte E-Mails: {outbox.clear()}")
        self.stdout.write(f"Aufgenommene Lesezugriffe: {readings.absorb()}, gelöschte: {readings.clear()}")
        self.stdout.write(f"Gelöschte Zählungen von Versuchen: {forget_old()}")
