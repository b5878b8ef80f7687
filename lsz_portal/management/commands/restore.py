"""Puts a backup into an empty portal, or only looks whether it is whole (docs/operations.md)."""

import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from lsz_portal.safekeeping import backups, databases
from lsz_portal.safekeeping.archive import DATABASE, UPLOADS, Damaged, check, unpack
from records.domain.stored import check_uploads

WORD = "ersetzen"


class Command(BaseCommand):
    help = "Spielt eine Sicherung in eine leere Datenbank und einen leeren Ordner ein, als Besitzerin der Tabellen."
    requires_migrations_checks = False
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, and how far."""
        parser.add_argument("archive", type=Path, help="die Datei, die manage.py backup geschrieben hat")
        parser.add_argument("--check", action="store_true", help="nur lesen, ob das Archiv ganz und unverändert ist")
        parser.add_argument("--force", action="store_true", help="fragt und ersetzt, was schon da ist")
        parser.add_argument("--no-input", action="store_true", help="mit --force: ohne Frage")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was compared; raise CommandError at the first thing that is wrong."""
        archive: Path = options["archive"]
        try:
            check(archive)
            if not options["check"]:
                self.make_room(force=options["force"], ask=not options["no_input"])
            # Beside the uploads, so that they move without being copied.
            with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix="restore-") as folder:
                manifest = unpack(archive, Path(folder))
                self.stdout.write(f"{archive}: unverändert, gesichert {manifest['made_at']}.")
                if not options["check"]:
                    backups.refuse_newer(manifest)
                    self.load(Path(folder), manifest, force=options["force"])
        except (Damaged, databases.NotPossible) as error:
            raise CommandError(str(error), returncode=1) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"Nicht eingespielt: {error}", returncode=1) from error

    def make_room(self, *, force: bool, ask: bool) -> None:
        """Refuse what is in use. Nothing is removed before the archive has been read whole."""
        if not backups.is_used():
            return
        place = f"Datenbank „{connection.settings_dict['NAME']}“ und {settings.VAR_DIR}"
        if not force:
            raise CommandError(f"{place} sind nicht leer. Eingespielt wird in eine leere Umgebung, oder mit --force.")
        if ask and input(f"{place} werden ersetzt. Schreiben Sie „{WORD}“: ").strip() != WORD:
            raise CommandError("Nichts geändert.")

    def load(self, folder: Path, manifest: dict[str, Any], *, force: bool) -> None:
        """Database, then uploads; then the triggers anew, and everything compared."""
        if force:
            databases.empty()
        databases.load(folder / DATABASE)
        self.move_uploads(folder / UPLOADS)
        problems = backups.differences(manifest)
        call_command("migrate", verbosity=0)
        problems += backups.verified() + check_uploads().problems
        counts = manifest["tables"]
        self.stdout.write(f"Verglichen: {sum(counts.values())} Zeilen in {len(counts)} Tabellen,")
        self.stdout.write(f"{len(manifest['plans'])} Prüfsummen von Plänen, {len(manifest['files']) - 1} Dateien.")
        if problems:
            raise CommandError("\n".join([*problems, f"Abweichungen: {len(problems)}."]), returncode=1)
        self.stdout.write("Alles gleich; Auslöser neu angelegt, Pläne unverändert.")
        if connection.vendor == "postgresql":
            self.stdout.write("Es fehlt noch: manage.py restrict_role mit der Rolle, unter der das Portal läuft.")

    def move_uploads(self, source: Path) -> None:
        """Put the files in their place; what lay there stays beside it under another name."""
        place = Path(default_storage.location)  # type: ignore[attr-defined]
        if place.exists() and any(place.rglob("*")):
            aside = place.with_name(f"{place.name}-{timezone.localtime():%Y-%m-%d-%H%M%S}")
            place.rename(aside)
            self.stdout.write(f"Die bisherigen Dateien liegen in {aside}.")
        source.mkdir(exist_ok=True)
        shutil.rmtree(place, ignore_errors=True)
        source.rename(place)
