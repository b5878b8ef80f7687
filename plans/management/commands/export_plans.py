"""Write the annual plans of all municipalities of a year as one ZIP file."""

import shutil
import tempfile
from argparse import ArgumentParser, BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from plans.all_plans.folder import ExportFolder
from plans.all_plans.jobs import AT_WORK, ask_for_export, forget_files
from plans.all_plans.queries import items_of
from plans.all_plans.work import BUSY, run_export
from plans.enums import ExportItemState, ExportState
from plans.models import PlanExport
from records.errors import StepRefused


class Command(BaseCommand):
    help = (
        "Schreibt die Jahrespläne aller Kommunen eines Jahres als ZIP-Datei mit Verzeichnis (manifest.json) und "
        "Prüfnummern: je Plan die jüngste freigegebene Fassung, sonst den Entwurf."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", required=True, type=int, help="Planungsjahr")
        parser.add_argument("--output", required=True, type=Path, help="Zieldatei")
        parser.add_argument(
            "--drafts",
            action=BooleanOptionalAction,
            default=True,
            help="Pläne ohne freigegebene Fassung als Entwurf schreiben (das ist die Vorgabe) oder auslassen",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            export = ask_for_export(
                year=options["year"], with_drafts=options["drafts"], actor=None, in_background=False
            )
        except StepRefused as error:
            raise CommandError(str(error)) from error
        if run_export(export.pk) == BUSY:
            raise CommandError(AT_WORK)
        export.refresh_from_db()
        if export.state != ExportState.DONE:
            raise CommandError("\n".join(reasons(export)))
        target: Path = options["output"]
        copy_whole(ExportFolder(export.pk).path / export.archive, target)
        forget_files(export=export)
        written = sum(item.state == ExportItemState.DONE for item in items_of(export))
        self.stdout.write(f"{target}: {written} {'Plan' if written == 1 else 'Pläne'}")


def reasons(export: PlanExport) -> list[str]:
    """Why there is no archive."""
    failed = [item for item in items_of(export) if item.state == ExportItemState.FAILED]
    return [export.error, *(f"{item.plan.municipality.name}: {item.error}" for item in failed)]


def copy_whole(source: Path, target: Path) -> None:
    """Copy to another disk too; whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".zip", delete=False) as unfinished:
        part = Path(unfinished.name)
    try:
        shutil.copyfile(source, part)
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
