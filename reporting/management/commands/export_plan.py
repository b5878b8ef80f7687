"""Write the annual plan of a municipality as PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.errors import RenderError
from reporting.plan.builder import build_plan
from reporting.plan.document import plan_pdf
from reporting.queries.plans import plans_of_year


class Command(BaseCommand):
    help = "Schreibt den Jahresplan einer Kommune als PDF (PDF/UA-1 und PDF/A-3a)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="amtlicher Schlüssel, zum Beispiel 16065")
        parser.add_argument("--year", required=True, type=int, help="Planungsjahr")
        parser.add_argument("--version", dest="edition", type=int, default=1, help="Fassung; ohne Angabe die jüngste")
        parser.add_argument("--output", required=True, type=Path, help="Zieldatei")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Django's own ``--version`` gives way to the plan's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        plan = plans_of_year(options["year"]).filter(municipality__ags=options["municipality"]).first()
        if plan is None:
            raise CommandError(f"Für {options['municipality']} gibt es keinen Plan {options['year']}.")
        if options["edition"] != 1:
            raise CommandError(f"Eine Fassung {options['edition']} dieses Plans gibt es nicht.")
        try:
            pdf = plan_pdf(build_plan(plan))
        except RenderError as error:
            raise CommandError(str(error)) from error
        target: Path = options["output"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(pdf)
        self.stdout.write(f"{target}: {len(pdf) // 1024} KB")
