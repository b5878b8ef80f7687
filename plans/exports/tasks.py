"""The job of the background worker, and starting a worker where none runs as a service.

A job is a row of the database (django-tasks): it is added in the transaction that stores the export, so that neither
exists without the other. A worker that is killed leaves its row as running; ``reap`` ends such rows.
"""

import subprocess
import sys

from django.conf import settings
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from plans.exports.work import run_export

COMMAND = ("manage.py", "db_worker", "--batch", "--no-startup-delay", "--interval", "0", "--verbosity", "0")


class WorkerLost(Exception):
    """The worker ended before its job did."""


@task
def export_job(pk: int) -> str:
    """Work on an export; safe to run again and twice at once."""
    return run_export(pk)


def add_job(pk: int) -> None:
    """Let a worker work on the export; call it in the transaction that stores it."""
    export_job.enqueue(pk)


def start_worker() -> None:
    """Where no worker runs as a service: start one that ends when no job is left. Call it after the commit."""
    if settings.TASK_WORKER == "on-demand":
        nothing = subprocess.DEVNULL
        subprocess.Popen(
            [sys.executable, *COMMAND], cwd=settings.BASE_DIR, stdin=nothing, stdout=nothing, start_new_session=True
        )


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
