"""What the one process that works on an export writes down: begin, each plan, the end.

Rows of exports have no history: they are the note of a technical process, not of contents. The caller holds the lock
of the export's folder, so that nobody else writes them at the same time (plans.all_plans.folder).
"""

from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from plans.enums import ExportItemState, ExportState
from plans.models import PlanExport, PlanExportItem

UNFINISHED = (ExportState.QUEUED, ExportState.RUNNING)


def begin_export(*, pk: int) -> PlanExport | None:
    """Mark the export as running, also one whose worker died; None where there is nothing to do any more."""
    now = timezone.now()
    begun = PlanExport.objects.filter(pk=pk, state__in=UNFINISHED).update(
        state=ExportState.RUNNING, started_at=Coalesce("started_at", now), error=""
    )
    return PlanExport.objects.get(pk=pk) if begun else None


def cancel_is_wished(*, export: PlanExport) -> bool:
    """Whether somebody wants the export to stop; read anew."""
    return PlanExport.objects.filter(pk=export.pk, cancel_asked_at__isnull=False).exists()


def begin_item(*, item: PlanExportItem) -> None:
    """Count the attempt."""
    PlanExportItem.objects.filter(pk=item.pk).update(attempts=F("attempts") + 1)


def note_item(*, item: PlanExportItem, state: ExportItemState, **values: Any) -> None:
    """Store what became of a plan; ``values`` are columns of the item, the others become empty."""
    empty = {
        "plan_version": None,
        "edition": None,
        "plan_state": "",
        "submitted_at": None,
        "late": None,
        "file": "",
        "bytes": None,
        "sha256": "",
        "error": "",
    }
    PlanExportItem.objects.filter(pk=item.pk).update(state=state, **(empty | values))


def end_export(*, export: PlanExport, state: ExportState, error: str = "", **archive: Any) -> None:
    """Store how the export ended; ``archive`` are its columns where there is one."""
    empty = {"archive": "", "archive_bytes": None, "archive_sha256": ""}
    PlanExport.objects.filter(pk=export.pk, state=ExportState.RUNNING).update(
        state=state, error=error, finished_at=timezone.now(), **(empty | archive)
    )
