"""Check that every notice and every other paper of a case is still what went out."""

import dataclasses
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Municipality
from funding.domain.verifying import Kept, lost, verify_papers


class Command(BaseCommand):
    help = "Prüft, ob alle Bescheide und ihre Schritte unverändert sind. Endet mit 1, wenn etwas abweicht."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which municipality."""
        parser.add_argument("--municipality", help="nur diese Kommune; amtlicher Schlüssel, zum Beispiel 16065")
        parser.add_argument("--json", action="store_true", help="als JSON; enthält die Prüfnummern")
        parser.add_argument("--against", type=Path, metavar="JSON", help="mit der JSON-Ausgabe von früher vergleichen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each problem and a summary; raise CommandError (exit code 1) where there is one."""
        ags = options["municipality"]
        place = Municipality.objects.filter(ags=ags).first() if ags else None
        if ags and place is None:
            raise CommandError(f"Eine Kommune mit dem Schlüssel {ags} gibt es nicht.")
        earlier = read_kept(options["against"]) if options["against"] else []
        found = verify_papers(place)
        found.problems += lost(earlier)
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=1))
        else:
            self.stdout.writelines(f"{problem}\n" for problem in found.problems)
        summary = f"Geprüft: {found.papers} Schreiben und {found.steps} Schritte."
        if found.problems:
            raise CommandError(f"{summary} Abweichungen: {len(found.problems)}.", returncode=1)
        if not options["json"]:
            self.stdout.write(f"{summary} Alles unverändert.")


def read_kept(path: Path) -> list[Kept]:
    """What an earlier output knows. Raises CommandError."""
    try:
        return [Kept(**each) for each in json.loads(path.read_text(encoding="utf-8"))["kept"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} ist keine Ausgabe von verify_notices --json.") from error
