"""Write the dossier of a municipality, or the schema of dossiers, as JSON."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Municipality
from exchange.dossier.schema import dossier_schema
from exchange.dossier.writing import as_text, dossier_of


class Command(BaseCommand):
    help = "Schreibt alle Einträge einer Kommune als Dossier (JSON); mit --schema das Schema der Dossiers."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--municipality", metavar="SCHLÜSSEL", help="amtlicher Schlüssel, zum Beispiel 16065")
        what.add_argument("--schema", action="store_true", help="das Schema statt eines Dossiers")
        parser.add_argument("--output", required=True, metavar="DATEI", help="wohin geschrieben wird")

    def handle(self, *args: Any, **options: Any) -> None:
        text = as_text(dossier_schema() if options["schema"] else self._dossier(options["municipality"]))
        path = Path(options["output"])
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        except OSError as error:
            raise CommandError(f"{path} lässt sich nicht schreiben: {error.strerror}") from error
        self.stdout.write(f"Geschrieben: {path}")

    def _dossier(self, ags: str) -> dict[str, Any]:
        municipality = Municipality.objects.filter(ags=ags).first()
        if municipality is None:
            raise CommandError(f"Die Kommune {ags} gibt es im Portal nicht.")
        return dossier_of(municipality)
