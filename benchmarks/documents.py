"""The annual plan as PDF: cold process and warm, memory of the process, growth with the number of pages."""

import dataclasses
import io
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from pypdf import PdfReader

from accounts.models import Municipality
from reporting.models import Plan
from reporting.plan.builder import build_plan
from reporting.plan.content import PlanContent, to_json
from reporting.plan.document import created_at, plan_html
from reporting.render import ROOT, _environment

SHARES = (0.02, 0.45, 1.0)  # of the rows of each list; about 20, 40 and 80 pages
RUNS = 5
TARGETS = {1: ("≤ 2,7", "≤ 2,2")}  # cold and warm seconds of the middle one, the plan of 40 pages
WARM = (
    "import gc, json, sys, time\n"
    "from reporting.render import make_pdf\n"
    "job = json.loads(sys.stdin.buffer.read())\n"
    "gc.collect(); gc.freeze(); gc.disable()\n"
    "make_pdf(**job)\n"
    "wall, cpu = time.perf_counter(), time.process_time()\n"
    "make_pdf(**job)\n"
    "print(time.perf_counter() - wall, time.process_time() - cpu)\n"
)


def thinned(value: Any, share: float) -> Any:
    """The content with that share of the entries of every list."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: thinned(getattr(value, f.name), share) for f in dataclasses.fields(value) if f.init}
        return dataclasses.replace(value, **fields)
    if isinstance(value, tuple):
        return tuple(thinned(item, share) for item in value[: math.ceil(len(value) * share)])
    return value


def thinned_plan(content: PlanContent, share: float) -> PlanContent:
    """A smaller plan; its chapters stay complete in number."""
    chapters = tuple(dataclasses.replace(c, body=thinned(c.body, share)) for c in content.chapters)
    return dataclasses.replace(content, chapters=chapters)


def job_of(content: PlanContent) -> bytes:
    """What the worker process reads (reporting.render.render_pdf)."""
    data = to_json(content)
    return json.dumps({
        "html": plan_html(content, data), "attachment": data.decode(), "created": created_at(content).isoformat(),
        "drawings": {"striche.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"},
    }).encode()  # fmt: skip


def cold(job: bytes) -> tuple[bytes, float, float, int]:
    """One PDF in a new process: the PDF, wall and CPU seconds, peak memory in MiB."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(job)
        source.seek(0)
        started = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-m", "reporting.pdf_worker"], stdin=source, stdout=target, cwd=ROOT, env=_environment()
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        target.seek(0)
        return target.read(), wall, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def warm(job: bytes) -> tuple[float, float]:
    """Wall and CPU seconds of the second PDF of a process."""
    command = [sys.executable, "-c", WARM]
    answer = subprocess.run(command, input=job, capture_output=True, cwd=ROOT, env=_environment(), check=True)
    wall, cpu = answer.stdout.split()
    return float(wall), float(cpu)


def table(home: Municipality) -> list[list[str]]:
    """Rows for printing, one per size."""
    plan = Plan.objects.select_related("municipality", "cycle").filter(municipality=home).latest("year")
    started = time.process_time()
    content = build_plan(plan)
    built = time.process_time() - started
    sizes = [measured(thinned_plan(content, share)) for share in SHARES]
    rows = [["Plan", "HTML", "kalt", "CPU", "Ziel", "warm", "CPU", "Ziel", "CPU ms/Seite", "MiB"]]
    rows += [row_of(size, TARGETS.get(at, ("", ""))) for at, size in enumerate(sizes)]
    return [*rows, ["Inhalt lesen", f"{built:.2f}", *[""] * 8]]


@dataclasses.dataclass(frozen=True)
class Size:
    """What one size of the plan cost: seconds and MiB."""

    pages: int
    html: float
    cold: float
    cold_cpu: float
    warm: float
    warm_cpu: float
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
    return Size(pages, html, wall, cpu, *warm(job), memory=max(run[3] for run in runs))


def row_of(size: Size, targets: tuple[str, str]) -> list[str]:
    """One line of the table."""
    return [
        f"{size.pages} Seiten", f"{size.html:.2f}",
        f"{size.cold:.2f}", f"{size.cold_cpu:.2f}", targets[0], f"{size.warm:.2f}", f"{size.warm_cpu:.2f}", targets[1],
        f"{size.cold_cpu / size.pages * 1000:.0f}", str(size.memory),
    ]  # fmt: skip
