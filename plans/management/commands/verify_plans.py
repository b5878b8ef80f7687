"""Check that every released plan is still what was released (docs/product.md §9)."""

import dataclasses
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Municipality
from plans.domain.verifying import ChainEnd, Verification, lost_ends, verify_plans


class Command(BaseCommand):
    help = "Prüft, ob alle freigegebenen Pläne und ihre Schritte unverändert sind. Endet mit 1, wenn etwas abweicht."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to check and how to tell it."""
        parser.add_argument("--municipality", help="nur diese Kommune; amtlicher Schlüssel, zum Beispiel 16065")
        parser.add_argument("--json", action="store_true", help="als JSON; enthält die Enden aller Ketten")
        parser.add_argument("--against", type=Path, metavar="JSON", help="mit der JSON-Ausgabe von früher vergleichen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each problem and a summary; raise CommandError (exit code 1) where there is one."""
        earlier = read_ends(options["against"]) if options["against"] else []
        found = verify_plans(municipality_of(options["municipality"]))
        found.problems.extend(lost_ends(earlier))
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=1))
        else:
            for problem in found.problems:
                self.stdout.write(str(problem))
        if found.problems:
            raise CommandError(f"{summary(found)} Abweichungen: {len(found.problems)}.", returncode=1)
        if not options["json"]:
            self.stdout.write(f"{summary(found)} Alles unverändert.")


def summary(found: Verification) -> str:
    """How much was checked."""
    return f"Geprüft: {found.versions} Fassungen und {found.events} Schritte."


def municipality_of(ags: str | None) -> Municipality | None:
    """The municipality with this key. Raises CommandError where there is none."""
    if ags is None:
        return None
    municipality = Municipality.objects.filter(ags=ags).first()
    if municipality is None:
        raise CommandError(f"Eine Kommune mit dem Schlüssel {ags} gibt es nicht.")
    return municipality


def read_ends(path: Path) -> list[ChainEnd]:
    """The ends of chains in an earlier output. Raises CommandError."""
    try:
        return [ChainEnd(**end) for end in json.loads(path.read_text(encoding="utf-8"))["ends"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} ist keine Ausgabe von verify_plans --json.") from error
