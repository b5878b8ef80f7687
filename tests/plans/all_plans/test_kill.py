"""kill -9 of the worker in the middle of one export, again and again: in the end exactly one whole PDF per plan."""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from plans.all_plans.folder import ExportFolder
from plans.all_plans.jobs import ask_for_export
from plans.enums import ExportItemState, ExportState
from plans.models import PlanExportItem
from tests.plans.all_plans.plans import archive_of, more_plans, plan_of, release, stored_pdf
from tests.plans.records import municipality

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# Lives between taking the export and noting it as done; each ends elsewhere.
DEATHS = (
    ("begin_export", "before", 1),  # locked, nothing noted
    ("begin_export", "after", 1),
    ("begin_item", "after", 1),
    ("render_pdf", "before", 1),  # while a process draws
    ("fsync", "before", 1),  # the file is half there
    ("note_item", "before", 1),  # the file is whole, not noted
    ("note_item", "after", 1),
    ("note_item", "after", 2),
    ("writestr", "after", 3),  # the archive is half there
    ("end_export", "before", 1),  # the archive is whole, not noted
)
# Where most is half done; the others with --long.
FOUR = (DEATHS[0], DEATHS[3], DEATHS[5], DEATHS[8])


def database_url():
    """The test database in the form of DATABASE_URL."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def live(*death):
    """Run a worker until it dies or has nothing left to do; its exit code."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "LSZ_VAR_DIR": str(settings.VAR_DIR),
        "DEMO": "1",
        "TASK_WORKER": "service",
        "DJANGO_SETTINGS_MODULE": "lsz_portal.settings",
        "EXPORT_AT_ONCE": "2",
    }
    command = [sys.executable, "-m", "tests.plans.all_plans.dying_worker", *map(str, death)]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, timeout=120, check=False
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done.returncode


@pytest.mark.parametrize("deaths", [FOUR, pytest.param(DEATHS, marks=pytest.mark.long)], ids=len)
def test_dead_workers_leave_one_whole_pdf_per_plan(deaths):
    more_plans(4)
    released = plan_of(municipality("90099", "Freigegeben", "freigegeben"))
    release(released)
    export = ask_for_export(year=2018, with_drafts=True, actor=None)
    for death in deaths:
        assert live(*death) == -signal.SIGKILL, death
        export.refresh_from_db()
        assert not export.is_finished, death
        assert not ExportFolder(export.pk).is_worked_on(), death
    assert live() == 0

    manifest, files = archive_of(export)
    assert export.state == ExportState.DONE
    assert sorted(files) == [f"9000{n}-2018.pdf" for n in range(1, 5)] + ["90099-2018.pdf"]
    assert all(data.startswith(b"%PDF-1.7 ") and data.endswith(b" %%EOF") for data in files.values())
    assert files["90099-2018.pdf"] == stored_pdf(released)
    assert manifest["complete"]
    items = PlanExportItem.objects.filter(export=export)
    assert set(items.values_list("state", flat=True)) == {ExportItemState.DONE}
    assert sorted(path.name for path in ExportFolder(export.pk).path.iterdir()) == [".lock", "lsz-plaene-2018.zip"]
    assert not DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).exists()
    # What was noted as done before a death was not made again: five deaths in the middle of a plan, two plans each.
    assert sum(items.values_list("attempts", flat=True)) <= len(files) + 2 * 7


def test_a_living_worker_needs_no_second_one():
    more_plans(2)
    export = ask_for_export(year=2018, with_drafts=True, actor=None)
    assert live() == 0
    assert len(archive_of(export)[1]) == 2
    assert live() == 0
    assert DBTaskResult.objects.count() == 1
