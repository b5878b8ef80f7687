"""Write the annual plans of all municipalities of a year as one ZIP file."""

import tempfile
import zipfile
from argparse import ArgumentParser
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.errors import RenderError
from reporting.models import Plan
from reporting.plan.builder import build_plan
from reporting.plan.document import plan_pdf
from reporting.queries.plans import plans_of_year

AT_ONCE = 2  # documents drawn side by side, each in its own process
SAME_TIME = (1980, 1, 1, 0, 0, 0)  # the ZIP's clock, so that the same plans give the same bytes


class Command(BaseCommand):
    help = "Schreibt die Jahrespläne aller Kommunen eines Jahres als ZIP-Datei."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", required=True, type=int, help="Planungsjahr")
        parser.add_argument("--output", required=True, type=Path, help="Zieldatei")

    def handle(self, *args: Any, **options: Any) -> None:
        plans = list(plans_of_year(options["year"]))
        if not plans:
            raise CommandError(f"Für {options['year']} gibt es keinen Plan.")
        target: Path = options["output"]
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".zip", delete=False) as unfinished:
            part = Path(unfinished.name)
        try:
            write_archive(part, plans)
            part.replace(target)  # whole or not at all
        except RenderError as error:
            raise CommandError(str(error)) from error
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(f"{target}: {len(plans)} Pläne")


def write_archive(path: Path, plans: list[Plan]) -> None:
    """Contents are read one after the other here; only the drawing runs side by side, without the database."""
    with ThreadPoolExecutor(AT_ONCE) as pool, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        waiting: list[tuple[Plan, Future[bytes]]] = []
        for plan in plans:
            waiting.append((plan, pool.submit(plan_pdf, build_plan(plan))))
            if len(waiting) > AT_ONCE:
                store(archive, *waiting.pop(0))
        for plan, future in waiting:
            store(archive, plan, future)


def store(archive: zipfile.ZipFile, plan: Plan, future: "Future[bytes]") -> None:
    """Put a finished document into the archive."""
    name = zipfile.ZipInfo(f"{plan.municipality.ags}-{plan.year}.pdf", SAME_TIME)
    archive.writestr(name, future.result())
