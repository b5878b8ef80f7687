"""Load everything for a demonstration: catalogue, people, both model municipalities, and on demand invented years of
all municipalities around a day; safe to run again."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.date_words import read_day
from exchange.dossier.catalogue import DATA, load_catalogue
from exchange.dossier.demo import DOSSIERS, PEOPLE, load_dossier, load_people
from exchange.dossier.demo_budget import load_budgets
from exchange.dossier.demo_cases import load_cases
from exchange.dossier.demo_controlling import load_controlling
from exchange.dossier.demo_decisions import load_decisions
from exchange.dossier.demo_grant import load_grants
from exchange.dossier.demo_life import load_life
from exchange.dossier.demo_payments import load_payments
from exchange.dossier.errors import DossierError
from exchange.living.calendar import EARLIEST
from exchange.living.load import load_living
from exchange.statistics.demo import load_figures
from printing.errors import RenderUnavailable


def day_of(text: str) -> date:
    """A day as it is typed everywhere."""
    try:
        return read_day(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


class Command(BaseCommand):
    help = "Lädt Katalog, Personen und beide Modellkommunen zur Vorführung. Nur mit DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--records-only", action="store_true", help="ohne das Leben der Pläne (Fassungen, Prüfung)")

        parser.add_argument("--alive", action="store_true", help="dazu erfundene Jahre aller Kommunen bis heute")
        parser.add_argument(
            "--day",
            type=day_of,
            metavar="TT.MM.JJJJ",
            help="mit --alive: bis zu diesem Tag statt bis heute",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Die Daten zur Vorführung werden nur mit DEMO=1 geladen.")
        day = options["day"] or timezone.localdate()
        if options["alive"] and day < EARLIEST:
            raise CommandError(f"Möglich ist ein Tag ab {EARLIEST:%d.%m.%Y}.")
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
            if not options["records_only"]:
                self.tell_life(ags)
                self.tell_budgets(ags)
                self.tell_grants(ags)
                self.tell_cases(ags)
                self.tell_decisions(ags)
                self.tell_payments(ags)
                self.tell_controlling(ags, 2018)
        self.tell_figures()
        if options["alive"]:
            self.tell_living(day)
        if not options["records_only"]:
            for ags in DOSSIERS:
                self.tell_controlling(ags, 2019)

    def tell_figures(self) -> None:
        """Published numbers of the model municipalities."""
        if values := load_figures():
            self.stdout.write(f"{values} Werte der amtlichen Statistik sind eingelesen.")

    def tell_living(self, day: date) -> None:
        """Invented years around the day."""
        try:
            filled = load_living(day)
        except RenderUnavailable as error:
            self.stderr.write(f"Ohne erfundene Jahre: {error}")
            return
        self.stdout.write(
            f"{filled} Kommunen mit erfundenen Jahren bis {day:%d.%m.%Y}."
            if filled
            else "Erfundene Jahre: schon geladen."
        )

    def tell_controlling(self, ags: str, year: int) -> None:
        """What was said about a year of the model phase; of 2018 with a released Sachbericht."""
        try:
            told = load_controlling(ags, year)
        except RenderUnavailable as error:
            self.stderr.write(f"{ags}: ohne Controlling {year}: {error}")
            return
        self.stdout.write(f"Controlling {year} von {ags}{'' if told else ': schon'} geladen.")

    def tell_life(self, ags: str) -> None:
        """Release, submit, return and approve the plans of the model municipality."""
        try:
            happened = load_life(ags)
        except RenderUnavailable as error:
            self.stderr.write(f"Ohne freigegebene Fassungen: {error}")
            return
        if happened:
            self.stdout.write(f"Plan 2018 von {ags}: zwei Fassungen freigegeben, die zweite bewilligt; Entwurf 2019.")

    def tell_decisions(self, ags: str) -> None:
        """Votes and decisions about the checked applications."""
        try:
            papers = load_decisions(ags)
        except RenderUnavailable as error:
            self.stderr.write(f"Ohne Bescheide: {error}")
            return
        if papers:
            self.stdout.write(f"Bescheide von {ags}: {papers} freigegeben.")

    def tell_payments(self, ags: str) -> None:
        """Payments, proofs of use and a claim."""
        try:
            entered = load_payments(ags)
        except RenderUnavailable as error:
            self.stderr.write(f"Ohne Auszahlungen und Nachweise: {error}")
            return
        if entered:
            self.stdout.write(f"Auszahlungen von {ags}: {entered}, dazu Verwendungsnachweise.")

    def tell_budgets(self, ags: str) -> None:
        """What is planned, and from which source."""
        if entered := load_budgets(ags):
            self.stdout.write(f"Finanzpläne 2018 und 2019 von {ags}: {entered} Posten.")

    def tell_grants(self, ags: str) -> None:
        """The money of the Land."""
        if entered := load_grants(ags):
            self.stdout.write(f"Landeszuwendungen von {ags}: {entered} Einträge.")

    def tell_cases(self, ags: str) -> None:
        """Calls and applications of Träger."""
        if entered := load_cases(ags):
            self.stdout.write(f"Anträge von Trägern in {ags}: {entered}.")
