"""Check that every notice and every other paper of a case is still what went out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Municipality
from funding.domain.verifying import verify_papers


class Command(BaseCommand):
    help = "Prüft, ob alle Bescheide und ihre Schritte unverändert sind. Endet mit 1, wenn etwas abweicht."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which municipality."""
        parser.add_argument("--municipality", help="nur diese Kommune; amtlicher Schlüssel, zum Beispiel 16065")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each problem and a summary; raise CommandError (exit code 1) where there is one."""
        ags = options["municipality"]
        place = Municipality.objects.filter(ags=ags).first() if ags else None
        if ags and place is None:
            raise CommandError(f"Eine Kommune mit dem Schlüssel {ags} gibt es nicht.")
        found = verify_papers(place)
        for problem in found.problems:
            self.stdout.write(problem)
        summary = f"Geprüft: {found.papers} Schreiben und {found.steps} Schritte."
        if found.problems:
            raise CommandError(f"{summary} Abweichungen: {len(found.problems)}.", returncode=1)
        self.stdout.write(f"{summary} Alles unverändert.")
