"""One worker per export, jobs of dead workers, altered and lost files, old exports."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from plans.all_plans.folder import ExportFolder, exports_dir
from plans.all_plans.jobs import ask_for_export, resume_exports
from plans.all_plans.work import BUSY, NOTHING_TO_DO, run_export
from plans.enums import ExportItemState, ExportState
from plans.models import PlanExport, PlanExportItem, PlanVersion
from records import triggers
from tests.plans.all_plans.plans import archive_of, more_plans, plan_of, release, run_jobs
from tests.plans.records import municipality

pytestmark = pytest.mark.usefixtures("quiet")


def wished(year=2018, drafts=True):
    return ask_for_export(year=year, with_drafts=drafts, actor=None)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_export_draw_each_plan_once(renderer):
    more_plans(3)
    export = wished()
    inside, may_go_on, outcomes = threading.Event(), threading.Event(), []
    renderer.meanwhile = lambda: (inside.set(), may_go_on.wait(60))

    def work():
        try:
            outcomes.append(run_export(export.pk))
        finally:
            connection.close()

    first, second = threading.Thread(target=work), threading.Thread(target=work)
    first.start()
    assert inside.wait(60)
    second.start()
    second.join(60)
    assert outcomes == [BUSY]
    may_go_on.set()
    first.join(60)
    assert outcomes == [BUSY, ExportState.DONE]
    assert len(renderer.drawn) == len(set(renderer.drawn)) == 3
    assert len(archive_of(export)[1]) == 3
    assert run_export(export.pk) == NOTHING_TO_DO


@pytest.mark.django_db
def test_as_many_are_drawn_side_by_side_as_the_setting_says(renderer, settings):
    settings.EXPORT_AT_ONCE = 3
    more_plans(6)
    together = threading.Barrier(3, timeout=120)
    renderer.meanwhile = together.wait
    export = wished()
    assert run_export(export.pk) == ExportState.DONE
    assert not together.broken


@pytest.mark.django_db
def test_the_same_plans_give_the_same_bytes_also_after_a_crash(renderer, monkeypatch):
    more_plans(3)
    export = wished()
    run_export(export.pk)
    path = ExportFolder(export.pk).path / "lsz-plaene-2018.zip"
    undisturbed = path.read_bytes()
    PlanExport.objects.update(state=ExportState.RUNNING)
    PlanExportItem.objects.update(state=ExportItemState.WAITING)
    path.unlink()
    run_export(export.pk)
    assert path.read_bytes() == undisturbed


@pytest.mark.django_db
def test_a_lost_or_altered_file_is_made_again(renderer):
    more_plans(3)
    export = wished()
    renderer.failing = {"90003": ValueError()}
    run_export(export.pk)
    folder = ExportFolder(export.pk)
    (folder.path / "90001-2018.pdf").unlink()
    (folder.path / "90002-2018.pdf").write_bytes(b"%PDF half")
    renderer.failing, renderer.drawn = {}, []
    PlanExport.objects.update(state=ExportState.RUNNING)
    PlanExportItem.objects.filter(state=ExportItemState.FAILED).update(state=ExportItemState.WAITING)
    run_export(export.pk)
    assert sorted(renderer.drawn) == ["90001", "90002", "90003"]
    assert len(archive_of(export)[1]) == 3


@pytest.mark.django_db
def test_an_altered_edition_is_not_given_out():
    plan = plan_of(municipality())
    release(plan)
    triggers.drop_triggers()
    PlanVersion.objects.update(pdf=b"%PDF altered")
    triggers.create_triggers()
    export = wished()
    assert run_export(export.pk) == ExportState.FAILED
    item = PlanExportItem.objects.get()
    assert "Prüfnummer" in item.error
    assert list(ExportFolder(export.pk).path.glob("*.pdf")) == []


@pytest.mark.django_db
def test_unfinished_files_of_a_dead_worker_go(renderer):
    more_plans(1)
    export = wished()
    folder = ExportFolder(export.pk)
    folder.path.mkdir(parents=True)
    (folder.path / "tmp123.part").write_bytes(b"%PDF ha")
    run_export(export.pk)
    assert list(folder.path.glob("*.part")) == []


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_taken_up_again(renderer):
    more_plans(2)
    export = wished()
    DBTaskResult.objects.get().claim("dead")
    PlanExport.objects.update(state=ExportState.RUNNING)
    out = StringIO()
    call_command("resume_exports", stdout=out)
    assert "Sammelausgaben: 1" in out.getvalue()
    assert resume_exports() == []  # its job waits already
    run_jobs()
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]
    assert len(archive_of(export)[1]) == 2
    assert resume_exports() == []


@pytest.mark.django_db
def test_an_export_that_is_worked_on_is_not_taken_up(renderer):
    more_plans(1)
    export = wished()
    DBTaskResult.objects.get().claim("alive")
    PlanExport.objects.update(state=ExportState.RUNNING)
    with ExportFolder(export.pk).claimed() as mine:
        assert mine
        assert resume_exports() == []
    assert resume_exports() == [export]


@pytest.mark.django_db
def test_files_go_after_a_month_and_the_note_stays(cast, renderer):
    more_plans(1)
    old, young = wished(), wished()
    run_jobs()
    past = timezone.now() - timedelta(days=31)
    PlanExport.objects.filter(pk=old.pk).update(asked_at=past, finished_at=past)
    stray = exports_dir() / "999"
    stray.mkdir()
    out = StringIO()
    call_command("clear_exports", stdout=out)
    assert "ohne Dateien: 1" in out.getvalue()
    assert sorted(path.name for path in exports_dir().iterdir()) == [str(young.pk)]
    old.refresh_from_db()
    assert (old.state, old.archive) == (ExportState.DONE, "")
    assert old.removed_at is not None
    page = cast.client("admin").get(f"/programm/ausgaben/{old.pk}/").content.decode()
    assert "Dateien gelöscht" in page
    assert "herunterladen" not in page
    assert cast.client("admin").get(f"/programm/ausgaben/{old.pk}/archiv/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "started"), [("on-demand", 1), ("service", 0)])
def test_a_worker_is_started_where_none_runs_as_a_service(
    monkeypatch, settings, django_capture_on_commit_callbacks, kind, started
):
    more_plans(1)
    settings.TASK_WORKER = kind
    commands = []
    monkeypatch.setattr("accounts.background.subprocess.Popen", lambda command, **options: commands.append(command))
    with django_capture_on_commit_callbacks(execute=True):
        wished()
    assert len(commands) == started
    assert all("db_worker" in command and "--batch" in command for command in commands)
