"""Plans to be exported, released ones without a real PDF, and a renderer that counts."""

import hashlib
import io
import json
import zipfile

from django.db import transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from plans.all_plans.folder import ExportFolder
from plans.builder import build_plan
from plans.content import to_json
from plans.domain.freezing import Frozen, store_version
from plans.enums import PlanAction, PlanState
from plans.models import Plan, PlanEvent
from records.models.steps import chained
from tests.plans.records import make_plan, municipality

STORED = b"%%PDF-1.7 stored edition %d of %s %%%%EOF"


def stored_pdf(plan, edition=1):
    return STORED % (edition, plan.municipality.ags.encode())


def step(plan, version, action, before, after, **details):
    """A step in the life of a plan, as it is written down."""
    number = PlanEvent.objects.filter(plan=plan).count() + 1
    event = PlanEvent(
        plan=plan,
        version=version,
        number=number,
        edition=plan.edition,
        action=action,
        from_state=before,
        to_state=after,
        at=timezone.now(),
        details=details,
    )
    event.sha256 = chained(event.header())
    event.save()
    Plan.objects.filter(pk=plan.pk).update(state=after)
    plan.state = after
    return event


def release(plan, edition=1):
    """Freeze an edition; its PDF is a short text instead of a drawn document."""
    plan.edition = edition
    Plan.objects.filter(pk=plan.pk).update(edition=edition)
    state = "freigegeben am 14.01.2019"
    frozen = Frozen(state, to_json(build_plan(plan, state=state)), b"{}", stored_pdf(plan, edition))
    with transaction.atomic():
        version = store_version(plan=plan, frozen=frozen, actor=None, at=timezone.now())
        step(plan, version, PlanAction.RELEASE, PlanState.DRAFT, PlanState.RELEASED)
    return version


def submit(plan, version, *, late=False):
    return step(plan, version, PlanAction.SUBMIT, PlanState.RELEASED, PlanState.SUBMITTED, late=late)


def plan_of(place, year=2018):
    return make_plan(place, year=year)


def more_plans(count, year=2018):
    """Plans of further municipalities, after the others in the order of their keys."""
    places = [municipality(f"9{n:04}", f"Musterkreis {n}", f"musterkreis-{n}") for n in range(1, count + 1)]
    return [plan_of(place, year) for place in places]


def run_jobs():
    """What the background worker does with each waiting job, without its closing of connections between them."""
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    while job := DBTaskResult.objects.ready().first():
        job.claim("test")
        worker.run_task(job)


class Renderer:
    """Stands in for printing.render.render_pdf: notes whom it draws, and fails where it is told to."""

    def __init__(self):
        self.drawn = []
        self.failing = {}
        self.meanwhile = lambda: None

    def __call__(self, html, *, attachment_json, created, drawings=None):
        ags = json.loads(attachment_json)["plan"]["ags"]
        self.drawn.append(ags)
        self.meanwhile()
        if ags in self.failing:
            raise self.failing[ags]
        return b"%PDF-1.7 drawn for " + ags.encode() + b" %%EOF"


def archive_of(export):
    """Names and bytes of the export's archive, after its sums were checked."""
    export.refresh_from_db()
    data = (ExportFolder(export.pk).path / export.archive).read_bytes()
    assert hashlib.sha256(data).hexdigest() == export.archive_sha256
    assert len(data) == export.archive_bytes
    return read_archive(data)


def read_archive(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
        files = {name: archive.read(name) for name in archive.namelist()}
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert {name: hashlib.sha256(content).hexdigest() for name, content in files.items()} == sums
    manifest = json.loads(files.pop("manifest.json"))
    assert {each["file"]: (each["sha256"], each["bytes"]) for each in manifest["plans"]} == {
        name: (sums[name], len(content)) for name, content in files.items()
    }
    return manifest, files
