"""Everything that the portal promises to forget, in one command for the timer of the operator (docs/operations.md)."""

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

COMMANDS = ("clear_names", "clear_drafts", "clear_exports", "prune_db_task_results", "clearsessions")
KEPT = timedelta(days=1)  # failed log-ins; they lock for an hour


class Command(BaseCommand):
    help = "Löscht, was das Portal zu löschen verspricht: Namen nach der Amtszeit, alte Entwürfe, Archive, Sitzungen."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them one after the other; each prints what it did."""
        for name in COMMANDS:
            call_command(name, stdout=self.stdout)
        then = timezone.now() - KEPT
        gone = AccessAttempt.objects.filter(attempt_time__lt=then).delete()[0] + AccessLog.objects.all().delete()[0]
        self.stdout.write(f"Gelöschte Anmeldeversuche: {gone}")
