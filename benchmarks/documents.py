"""The annual plan as PDF: cold and warm process, memory, growth with the number of pages; the preview of a chapter."""

import dataclasses
import http.client
import io
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.contrib.auth import SESSION_KEY
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Municipality
from plans.builder import build_plan
from plans.content import PlanContent
from plans.drawing import print_job
from plans.enums import ChapterCode
from plans.models import Plan
from printing.render import ROOT, SERVICE, _environment, pdf_job

SHARES = (0.02, 0.45, 1.0, 2.04)  # of the rows of each list; about 10, 30, 60 and 120 pages
RUNS = 5
# Cold and warm seconds and MiB by size: the plans of 40 and of 120 pages.
TARGETS = {1: ("≤ 2,7", "≤ 2,2", ""), 3: ("≤ 8,0", "", "≤ 350")}
PREVIEW_TARGET = "≤ 1,0"
COLD = (
    "import gc, sys\n"
    "gc.disable()\n"
    "from printing.pdf import worker\n"
    "worker.LIMITS.hold()\n"
    "worker.warm_up()\n"
    "sys.stdout.buffer.write(worker.work(sys.stdin.buffer.read())[1])\n"
)
WARM = (  # as the parent does it: a process for each job
    "import gc, os, sys, time\n"
    "from printing.pdf import worker\n"
    "job = sys.stdin.buffer.read()\n"
    "gc.disable(); worker.warm_up(); gc.freeze()\n"
    "begin, pid = time.perf_counter(), os.fork()\n"
    "if pid == 0:\n"
    "    worker.LIMITS.hold(); worker.work(job); os._exit(0)\n"
    "_, _, used = os.wait4(pid, 0)\n"
    "print(time.perf_counter() - begin, used.ru_utime + used.ru_stime)\n"
)


def thinned(value: Any, share: float) -> Any:
    """The content with that share of the entries of every list; above 1 some of the outer ones twice."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: thinned(getattr(value, f.name), share) for f in dataclasses.fields(value) if f.init}
        return dataclasses.replace(value, **fields)
    if isinstance(value, tuple):
        rows = (value * math.ceil(share))[: math.ceil(len(value) * share)]
        return tuple(thinned(item, min(share, 1.0)) for item in rows)
    return value


def thinned_plan(content: PlanContent, share: float) -> PlanContent:
    """A smaller or larger plan; its chapters stay complete in number."""
    chapters = tuple(dataclasses.replace(c, body=thinned(c.body, share)) for c in content.chapters)
    return dataclasses.replace(content, chapters=chapters)


def job_of(content: PlanContent) -> bytes:
    """What the worker process reads (printing.render.render_pdf)."""
    return json.dumps(pdf_job(**print_job(content))).encode()


def cold(job: bytes) -> tuple[bytes, float, float, int]:
    """One PDF in a new process: the PDF, wall and CPU seconds, peak memory in MiB."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(job)
        source.seek(0)
        started = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-c", COLD], stdin=source, stdout=target, cwd=ROOT, env=_environment()
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        target.seek(0)
        return target.read(), wall, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def warm(job: bytes) -> tuple[float, float]:
    """Wall and CPU seconds of a PDF in a process that a warm one has forked."""
    command = [sys.executable, "-c", WARM]
    answer = subprocess.run(command, input=job, capture_output=True, cwd=ROOT, env=_environment(), check=True)
    wall, cpu = answer.stdout.split()
    return float(wall), float(cpu)


def finishing(job: bytes) -> float:
    """CPU seconds of tags and writing."""
    command = [sys.executable, "-m", "benchmarks.finishing"]
    answer = subprocess.run(command, input=job, capture_output=True, cwd=ROOT, env=_environment(), check=True)
    return float(answer.stdout)


def table(home: Municipality) -> list[list[str]]:
    """Rows for printing, one per size."""
    plan = Plan.objects.select_related("municipality", "cycle").filter(municipality=home).latest("year")
    started = time.process_time()
    content = build_plan(plan)
    built = time.process_time() - started
    sizes = [measured(thinned_plan(content, share)) for share in SHARES]
    rows = [
        ["Plan", "HTML", "kalt", "CPU", "Ziel", "warm", "CPU", "Ziel", "CPU ms/Seite", "Tags ms/Seite", "MiB", "Ziel"]
    ]
    rows += [row_of(size, TARGETS.get(at, ("", "", ""))) for at, size in enumerate(sizes)]
    return [*rows, ["Inhalt lesen", f"{built:.2f}", *[""] * 10]]


@dataclasses.dataclass(frozen=True)
class Size:
    """What one size of the plan cost: seconds and MiB."""

    pages: int
    html: float
    cold: float
    cold_cpu: float
    warm: float
    warm_cpu: float
    finishing: float
    memory: int


def measured(content: PlanContent) -> Size:
    """A plan as HTML, in new processes and as second PDF of a process."""
    started = time.process_time()
    job = job_of(content)
    html = time.process_time() - started
    runs = [cold(job) for _ in range(RUNS)]
    if not runs[0][0].startswith(b"%PDF"):
        sys.exit("Der Plan ließ sich nicht als PDF schreiben.")
    wall, cpu = (statistics.median(run[at] for run in runs) for at in (1, 2))
    pages = len(PdfReader(io.BytesIO(runs[0][0])).pages)
    return Size(pages, html, wall, cpu, *warm(job), finishing(job), memory=max(run[3] for run in runs))


def row_of(size: Size, targets: tuple[str, str, str]) -> list[str]:
    """One line of the table."""
    return [
        f"{size.pages} Seiten",
        f"{size.html:.2f}",
        f"{size.cold:.2f}",
        f"{size.cold_cpu:.2f}",
        targets[0],
        f"{size.warm:.2f}",
        f"{size.warm_cpu:.2f}",
        targets[1],
        f"{size.cold_cpu / size.pages * 1000:.0f}",
        f"{size.finishing / size.pages * 1000:.1f}",
        str(size.memory),
        targets[2],
    ]


# ---------------------------------------------------------------- the preview, over HTTP
class Quiet(WSGIRequestHandler):
    """A server that does not log."""

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


def preview_table(home: Municipality, client: Client) -> list[list[str]]:
    """Seconds from the changed text to the pictures of its pages, for every chapter of the whole plan."""
    plan = Plan.objects.filter(municipality=home).latest("year")
    assert SESSION_KEY in client.session
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rows = [["Vorschau nach einer Änderung", "Bilder", "Median", "längste", "Ziel", "CPU"]]
    for code in ChapterCode:
        address = reverse("plans:plan-chapter", args=[home.slug, plan.pk, code.slug])
        previewed(server.server_port, client, address, 0)
        before = spent()
        runs = [previewed(server.server_port, client, address, number) for number in range(1, RUNS + 1)]
        times, cpu = [run[1] for run in runs], (spent() - before) / RUNS
        values = [f"{statistics.median(times):.2f}", f"{max(times):.2f}", PREVIEW_TARGET, f"{cpu:.2f}"]
        rows.append([f"{code.number} {code.label}", str(runs[0][0]), *values])
    server.shutdown()
    return rows


def spent() -> float:
    """CPU seconds of this process and of the workers that have ended; tells more than the clock on a busy machine."""
    parent = SERVICE.process
    fields = Path(f"/proc/{parent.pid}/stat").read_text().rpartition(")")[2].split() if parent else []
    ticks = sum(int(field) for field in fields[13:15])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


PATIENCE = 30.0  # seconds for a preview, the start of the queue's process included


def previewed(port: int, client: Client, address: str, number: int) -> tuple[int, float]:
    """Pictures and seconds of one request, with a text that was not there before."""
    text = f"Der Auftakt nennt den {number}. Stand.\n\n# Vorgeschichte\n\n" + "Ein Satz über das Kapitel. " * 120
    token = "t" * 32
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "HX-Request": "true",
        "X-CSRFToken": token,
        "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}",
    }
    form = urlencode({"version": 0, "text": text, "vorschau": 1})
    begin, pictures = time.perf_counter(), 0
    while not pictures:  # the page asks again while the queue draws
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("POST", address, form, headers)
        pictures = connection.getresponse().read().count(b"<img")
        connection.close()
        seconds = time.perf_counter() - begin
        if seconds > PATIENCE:
            sys.exit("Die Vorschau zeigt keine Seite.")
    return pictures, seconds
