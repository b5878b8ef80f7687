"""Check that every released Sachbericht and Familienbericht is still what was released."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.domain.verifying import problems_of_reports
from reporting.models import FrozenReport


class Command(BaseCommand):
    help = "Prüft, ob alle Ausgaben von Jahresberichten und ihre Schritte unverändert sind. Endet mit 1, wenn nicht."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each problem and a summary."""
        problems = list(problems_of_reports())
        self.stdout.writelines(f"{problem}\n" for problem in problems)
        summary = f"Geprüft: {FrozenReport.objects.count()} Ausgaben."
        if problems:
            raise CommandError(f"{summary} Abweichungen: {len(problems)}.", returncode=1)
        self.stdout.write(f"{summary} Alles unverändert.")
