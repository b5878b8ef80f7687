"""Load everything for a demonstration: catalogue, people, both model municipalities; safe to run again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reporting.dossier.catalogue import DATA, load_catalogue
from reporting.dossier.demo import DOSSIERS, PEOPLE, load_dossier, load_people
from reporting.dossier.errors import DossierError


class Command(BaseCommand):
    help = "Lädt Katalog, Personen und beide Modellkommunen zur Vorführung. Nur mit DEMO=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Die Daten zur Vorführung werden nur mit DEMO=1 geladen.")
        load_catalogue()
        load_people()
        self.stdout.write(f"Katalog und {len(PEOPLE)} Personen sind geladen.")
        for ags, (name, _) in DOSSIERS.items():
            if not (DATA / name).exists():
                continue
            try:
                created = load_dossier(ags)
            except DossierError as error:
                raise CommandError(f"{name}:\n{error}") from error
            self.stdout.write(f"{name}: {created} Einträge geladen." if created else f"{name}: schon geladen.")
