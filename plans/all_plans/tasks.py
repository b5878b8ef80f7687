"""The job of the background worker.

A job is a row of the database (django-tasks): it is added in the transaction that stores the export, so that neither
exists without the other. A worker that is killed leaves its row as running; ``reap`` ends such rows.
"""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from plans.all_plans.work import run_export


class WorkerLost(Exception):
    """The worker ended before its job did."""


@task
def export_job(pk: int) -> str:
    """Work on an export; safe to run again and twice at once."""
    return run_export(pk)


def add_job(pk: int) -> None:
    """Let a worker work on the export; call it in the transaction that stores it."""
    export_job.enqueue(pk)


def jobs_of(pk: int) -> list[DBTaskResult]:
    """Jobs for an export that have not ended."""
    rows = DBTaskResult.objects.filter(task_path=export_job.module_path, finished_at__isnull=True)
    return [row for row in rows if row.args_kwargs["args"] == [pk]]


def reap(pk: int) -> int:
    """End the jobs whose worker died; call it only while nobody works on the export. Returns how many wait still."""
    waiting = 0
    for row in jobs_of(pk):
        if row.started_at is None:
            waiting += 1
        else:
            row.set_failed(WorkerLost("Der Hintergrunddienst wurde beendet."))
    return waiting
