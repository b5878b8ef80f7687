"""Forgets who left a year ago, and says who that was (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.domain.anonymising import anonymise_people, to_anonymise


class Command(BaseCommand):
    help = "Löscht Benutzername, E-Mail-Adresse und Passwort von Personen, deren letzte Rolle vor einem Jahr endete."

    def add_arguments(self, parser: CommandParser) -> None:
        """With --dry-run nothing is changed."""
        parser.add_argument("--dry-run", action="store_true", help="nur sagen, wen es betrifft")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each person, by number and function, and how many."""
        today = timezone.localdate()
        found = to_anonymise(today)
        for person in found:
            self.stdout.write(f"Person {person.pk}, {person.display_name}: letzte Rolle bis {person.left_on:%d.%m.%Y}")  # type: ignore[attr-defined]
        if options["dry_run"]:
            self.stdout.write(f"Zu anonymisieren: {len(found)}")
            return
        self.stdout.write(f"Anonymisiert: {len(anonymise_people(today, actor=None))}")
