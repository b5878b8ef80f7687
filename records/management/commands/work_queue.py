"""Works on the queue of this machine; started by the portal itself when there is something to do (docs/adr/0027)."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from records.queue.process import main


class Command(BaseCommand):
    help = "Arbeitet die Warteschlange dieses Rechners ab. Das Portal startet es selbst."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The locked file that says that this process works."""
        parser.add_argument("lock", type=int, help="die gesperrte Datei, die das Portal mitgibt")

    def handle(self, *args: Any, **options: Any) -> None:
        """Until there is nothing to do for some minutes."""
        main(options["lock"])
        sys.exit(0)
