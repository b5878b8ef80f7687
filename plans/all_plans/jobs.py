"""Asking for an export of all plans of a year, cancelling it, going on with it, clearing its files."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.access import Access
from accounts.background import start_worker
from accounts.enums import Action
from accounts.models import User
from plans.all_plans.folder import ExportFolder, exports_dir
from plans.all_plans.queries import export_years
from plans.all_plans.tasks import add_job, reap
from plans.enums import ExportItemState, ExportState
from plans.models import PlanExport, PlanExportItem
from plans.queries.plans import plans_of_year
from records.domain.saving import refuse_used_key, use_key
from records.errors import StepRefused

NO_PLAN = "Für {year} gibt es keinen Plan. Wählen Sie ein anderes Jahr."
NONE_RELEASED = "Für {year} ist noch kein Plan freigegeben. Wählen Sie „auch Entwürfe“, wenn Sie diese brauchen."
OVER = "Diese Ausgabe ist schon beendet. Beginnen Sie eine neue."
AT_WORK = "An dieser Ausgabe wird gerade gearbeitet."
COMPLETE = "Diese Ausgabe ist fertig. Haben sich Pläne seither geändert, beginnen Sie eine neue."
AGAIN = (ExportItemState.FAILED, ExportItemState.LEFT_OUT)


def _require(actor: User | None) -> None:
    if actor is not None:
        Access(actor).require(Action.EXPORT)


@transaction.atomic
def ask_for_export(
    *, year: int, with_drafts: bool, actor: User | None, form_key: str = "", in_background: bool = True
) -> PlanExport:
    """Store the wish with one row per plan, and leave the work to the background.

    Raises PermissionDenied, DuplicateSubmission, StepRefused (there is nothing to export).
    """
    _require(actor)
    refuse_used_key(form_key)
    found = next((each for each in export_years() if each.year == year), None)
    if found is None:
        raise StepRefused([NO_PLAN.format(year=year)])
    if not found.released and not with_drafts:
        raise StepRefused([NONE_RELEASED.format(year=year)])
    export = PlanExport.objects.create(year=year, with_drafts=with_drafts, asked_by=actor)
    PlanExportItem.objects.bulk_create(PlanExportItem(export=export, plan=plan) for plan in plans_of_year(year))
    use_key(form_key, export.pk)
    if in_background:
        _hand_over(export)
    return export


def _hand_over(export: PlanExport) -> None:
    add_job(export.pk)
    transaction.on_commit(start_worker, robust=True)  # what cannot be started now waits


@transaction.atomic
def cancel_export(*, export: PlanExport, actor: User | None) -> None:
    """Let the work stop after the plans that are being drawn; what is done is kept for going on.

    Raises PermissionDenied, StepRefused (it has ended already).
    """
    _require(actor)
    rows, now = PlanExport.objects.filter(pk=export.pk), timezone.now()
    if rows.filter(state=ExportState.QUEUED).update(state=ExportState.CANCELLED, cancel_asked_at=now, finished_at=now):
        return
    if not rows.filter(state=ExportState.RUNNING).update(cancel_asked_at=now):
        raise StepRefused([OVER])
    if not ExportFolder(export.pk).is_worked_on():
        rows.filter(state=ExportState.RUNNING).update(state=ExportState.CANCELLED, finished_at=now)


@transaction.atomic
def go_on_with_export(*, export: PlanExport, actor: User | None) -> None:
    """Make what is missing: after a crash, a cancellation, or for the plans that failed. What is done stays.

    Raises PermissionDenied, StepRefused (somebody works on it, or it is complete).
    """
    _require(actor)
    if ExportFolder(export.pk).is_worked_on():
        raise StepRefused([AT_WORK])
    rows = PlanExport.objects.filter(pk=export.pk, removed_at__isnull=True).exclude(state=ExportState.DONE)
    if not rows.update(state=ExportState.QUEUED, cancel_asked_at=None, finished_at=None, error=""):
        raise StepRefused([COMPLETE])
    PlanExportItem.objects.filter(export=export, state__in=AGAIN).update(state=ExportItemState.WAITING, error="")
    reap(export.pk)
    _hand_over(export)


@transaction.atomic
def resume_exports() -> list[PlanExport]:
    """Hand exports over again whose worker died; for the start of the worker. Returns them."""
    resumed = []
    for export in PlanExport.objects.filter(state__in=(ExportState.QUEUED, ExportState.RUNNING)).order_by("pk"):
        if not ExportFolder(export.pk).is_worked_on() and not reap(export.pk):
            _hand_over(export)
            resumed.append(export)
    return resumed


def clear_exports(*, days: int | None = None) -> int:
    """Delete the files of exports that ended so many days ago; the rows stay. Returns how many exports it were."""
    limit = timezone.now() - timedelta(days=settings.EXPORT_KEEP_DAYS if days is None else days)
    rows = PlanExport.objects.filter(removed_at__isnull=True, asked_at__lt=limit)
    over = list(rows.filter(finished_at__lt=limit)) + list(rows.filter(finished_at__isnull=True))
    cleared = [export for export in over if not ExportFolder(export.pk).is_worked_on()]
    for export in cleared:
        forget_files(export=export)
    known = {str(pk) for pk in PlanExport.objects.filter(removed_at__isnull=True).values_list("pk", flat=True)}
    for folder in exports_dir().glob("*"):
        if folder.name.isdigit() and folder.name not in known:
            ExportFolder(int(folder.name)).drop_all()
    return len(cleared)


def forget_files(*, export: PlanExport) -> None:
    """Delete the files of an export; what nobody has finished until then counts as cancelled."""
    rows, now = PlanExport.objects.filter(pk=export.pk), timezone.now()
    rows.update(removed_at=now, archive="")
    rows.filter(state__in=(ExportState.QUEUED, ExportState.RUNNING)).update(
        state=ExportState.CANCELLED, finished_at=now
    )
    ExportFolder(export.pk).drop_all()
