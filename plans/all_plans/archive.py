"""The archive of an export: the PDFs, manifest.json and SHA256SUMS; the same plans give the same bytes.

Times and states in the manifest are ISO and code names; ``made_at`` is when the export was asked for, so that a
resumed export makes the archive that an undisturbed one would have made.
"""

import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO

from plans.all_plans.folder import ExportFolder
from plans.all_plans.queries import places_without_plan
from plans.enums import ExportItemState, PlanState
from plans.models import PlanExport, PlanExportItem
from records.models.steps import digest

SCHEMA = "lsz-plan-export/1"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
SAME_TIME = (1980, 1, 1, 0, 0, 0)  # the ZIP's clock
UNIX, READABLE = 3, 0o644


def archive_name(export: PlanExport) -> str:
    """The file's name on the disk and for those who download it."""
    return f"lsz-plaene-{export.year}.zip"


def pdf_name(item: PlanExportItem) -> str:
    """„16065-2018.pdf“."""
    return f"{item.plan.municipality.ags}-{item.plan.year}.pdf"


def iso(moment: datetime | None) -> str | None:
    """A time in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None


def place(item: PlanExportItem) -> dict[str, Any]:
    """Which plan it is."""
    return {"ags": item.plan.municipality.ags, "name": item.plan.municipality.full_name, "year": item.plan.year}


def described(item: PlanExportItem) -> dict[str, Any]:
    """A plan of the archive in the manifest."""
    version = item.plan_version
    return place(item) | {
        "edition": item.edition,
        "state": item.plan_state,
        "state_label": str(PlanState(item.plan_state).label),
        "frozen": version is not None,
        "frozen_at": iso(version.frozen_at) if version else None,
        "content_sha256": version.content_sha256 if version else None,
        "version_sha256": version.sha256 if version else None,
        "submitted_at": iso(item.submitted_at),
        "late": item.late,
        "file": item.file,
        "bytes": item.bytes,
        "sha256": item.sha256,
    }


def manifest(export: PlanExport, items: Sequence[PlanExportItem]) -> bytes:
    """What the archive holds and what is missing, for people and programs."""
    by_state: dict[str, list[PlanExportItem]] = {state: [] for state in ExportItemState.values}
    for item in items:
        by_state[item.state].append(item)
    failed = by_state[ExportItemState.FAILED]
    document = {
        "schema": SCHEMA,
        "year": export.year,
        "made_at": iso(export.asked_at),
        "with_drafts": export.with_drafts,
        "complete": not failed,
        "plans": [described(item) for item in by_state[ExportItemState.DONE]],
        "without_plan": [{"ags": each.ags, "name": each.full_name} for each in places_without_plan(export)],
        "not_released": [place(item) for item in by_state[ExportItemState.LEFT_OUT]],
        "failed": [place(item) | {"reason": item.error} for item in failed],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def write_archive(export: PlanExport, items: Sequence[PlanExportItem], folder: ExportFolder) -> str:
    """Write the archive of what is done and return its name; ``items`` in the order of their keys (AGS)."""
    name = archive_name(export)
    done = [item for item in items if item.state == ExportItemState.DONE]
    listed = manifest(export, items)
    sums = "".join(
        f"{sha}  {file}\n" for sha, file in [*((i.sha256, i.file) for i in done), (digest(listed), MANIFEST)]
    )

    def fill(target: BinaryIO) -> None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for item in done:
                archive.writestr(entry(item.file), (folder.path / item.file).read_bytes())
            archive.writestr(entry(MANIFEST), listed)
            archive.writestr(entry(SUMS), sums)

    folder.write(name, fill)
    return name


def entry(name: str) -> zipfile.ZipInfo:
    """A file of the archive, alike on every machine."""
    info = zipfile.ZipInfo(name, SAME_TIME)
    info.create_system, info.external_attr = UNIX, READABLE << 16
    return info
