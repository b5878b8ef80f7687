"""Load the municipalities and the catalogues of the programme; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from exchange.dossier.catalogue import load_catalogue


class Command(BaseCommand):
    help = "Lädt Kommunen und Kataloge des Programms, von Handlungsfeldern bis Prüfregeln; ergänzt nur, was fehlt."

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_catalogue()
        self.stdout.write("Katalog: " + ", ".join(f"{count} {label} neu" for label, count in added.items()))
