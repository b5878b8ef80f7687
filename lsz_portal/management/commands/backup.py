"""Backs up database and uploads while people work (docs/operations.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from lsz_portal.safekeeping import backups
from lsz_portal.safekeeping.databases import NotPossible


class Command(BaseCommand):
    help = "Sichert Datenbank und hochgeladene Dateien in ein Archiv, während gearbeitet wird."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("target", type=Path, help="Ordner, oder Name des Archivs, das es noch nicht gibt")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the archive's name and what is in it; raise CommandError where something is missing."""
        target: Path = options["target"]
        if target.is_dir():
            target = target / f"lsz-{timezone.localtime():%Y-%m-%d-%H%M%S}.tar"
        if target.exists():
            raise CommandError(f"{target} gibt es schon; eine Sicherung wird nicht überschrieben.")
        try:
            manifest, missing = backups.make(target)
        except NotPossible as error:
            raise CommandError(f"Nichts gesichert: {error}") from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"Nichts gesichert, {target} lässt sich nicht schreiben: {error}") from error
        count = sum(manifest["tables"].values())
        self.stdout.write(
            f"{target}: {count} Zeilen in {len(manifest['tables'])} Tabellen, {len(manifest['plans'])} Prüfsummen von "
            f"Plänen und Schritten, {target.stat().st_size / 1e6:.1f} MB."
        )
        if missing:
            raise CommandError(f"Gesichert, aber diese Dateien fehlen schon hier: {', '.join(missing)}", returncode=1)
