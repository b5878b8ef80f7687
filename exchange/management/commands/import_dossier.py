"""Take over the dossier of a municipality: everything or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.dossier.errors import DossierError
from exchange.dossier.load import import_dossier, read_dossier


class Command(BaseCommand):
    help = "Übernimmt ein Dossier (JSON). Vorhandene gleiche Einträge werden übersprungen, abweichende abgelehnt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="DATEI", help="das Dossier")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            raise CommandError(f"{path} lässt sich nicht lesen: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path} ist kein Text in UTF-8.") from error
        try:
            created, skipped = import_dossier(read_dossier(text))
        except DossierError as error:
            raise CommandError(f"Nichts übernommen:\n{error}") from error
        self.stdout.write(f"{created} Einträge übernommen, {skipped} waren schon da.")
