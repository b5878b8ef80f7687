"""Write the annual plan of a municipality as PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from plans.all_plans.queries import newest_version, version_of_edition
from plans.builder import build_plan
from plans.drawing import plan_pdf
from plans.models import Plan
from plans.queries.plans import plans_of_year
from plans.queries.versions import state_label
from printing.errors import RenderError


class Command(BaseCommand):
    help = (
        "Schreibt den Jahresplan einer Kommune als PDF (PDF/UA-1 und PDF/A-3a): die jüngste freigegebene Fassung, "
        "wie sie gespeichert ist; gibt es keine, den Entwurf."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="amtlicher Schlüssel, zum Beispiel 16065")
        parser.add_argument("--year", required=True, type=int, help="Planungsjahr")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--version", dest="edition", type=int, help="freigegebene Fassung; ohne Angabe die jüngste")
        which.add_argument("--draft", action="store_true", help="den Entwurf, wie er jetzt ist")
        parser.add_argument("--output", required=True, type=Path, help="Zieldatei")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Django's own ``--version`` gives way to the plan's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        plan = plans_of_year(options["year"]).filter(municipality__ags=options["municipality"]).first()
        if plan is None:
            raise CommandError(f"Für {options['municipality']} gibt es keinen Plan {options['year']}.")
        version = None if options["draft"] else wanted_version(plan, options["edition"])
        pdf = bytes(version.pdf) if version else drawn(plan)
        target: Path = options["output"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(pdf)
        which = f"Fassung {version.edition}, {state_label(version.state)}" if version else "Entwurf"
        self.stdout.write(f"{target}: {which}, {len(pdf) // 1024} KB")


def wanted_version(plan: Plan, edition: int | None) -> Any:
    """The named edition, or the newest one that was not withdrawn; None where the draft is meant."""
    if edition is None:
        return newest_version(plan)
    version = version_of_edition(plan, edition)
    if version is None:
        raise CommandError(f"Eine freigegebene Fassung {edition} dieses Plans gibt es nicht.")
    return version


def drawn(plan: Plan) -> bytes:
    """The draft as PDF."""
    try:
        return plan_pdf(build_plan(plan))
    except RenderError as error:
        raise CommandError(str(error)) from error
