"""The same plan drawn by others: bare WeasyPrint with tags, Chromium and LibreOffice, each in a new process."""

import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from pypdf import PdfReader

from accounts.models import Municipality
from benchmarks.documents import cold, finishing, job_of, thinned_plan, warm
from plans.builder import build_plan
from plans.models import Plan
from plans.word import plan_docx
from printing.pdf.drawing import ASSETS

SHARES = (0.45, 2.04)  # of the rows of each list; about 30 and 120 pages
RUNS = 3
MISSING = "nicht vorhanden"
Spent = tuple[float, float]  # seconds by the clock and of the CPU
BARE = (
    "import sys, weasyprint\n"
    "weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_tags=True, pdf_variant='pdf/a-3a')\n"
)
CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage")


def table(home: Municipality) -> list[list[str]]:
    """Rows for printing, one per size."""
    plan = Plan.objects.select_related("municipality", "cycle").filter(municipality=home).latest("year")
    content = build_plan(plan)
    rows = [["Plan", "kalt", "warm", "Tags, Schreiben", "WeasyPrint ohne alles", "Chromium", "LibreOffice aus Word"]]
    for share in SHARES:
        thinned = thinned_plan(content, share)
        job = job_of(thinned)
        pages = len(PdfReader(io.BytesIO(cold(job)[0])).pages)
        with tempfile.TemporaryDirectory() as folder:
            called = list(commands(job, plan_docx(thinned), Path(folder)))
            runs = [one_of_each(job, called, folder) for _ in range(RUNS)]
        rows.append([f"{pages} Seiten", *(cell(times) for times in zip(*runs, strict=True))])
    return rows


def one_of_each(job: bytes, called: list[list[str]], folder: str) -> list[Spent]:
    """Seconds of our own, cold and warm, of its tags and writing, and of the others, one after the other."""
    _, wall, cpu, _ = cold(job)
    own = [(wall, cpu), warm(job), (0, finishing(job))]
    return own + [seconds_of(command, folder) if command else (0, 0) for command in called]


def cell(times: Iterable[Spent]) -> str:
    """The medians: seconds by the clock, and those of the CPU in brackets."""
    wall, cpu = (statistics.median(each) for each in zip(*times, strict=True))
    if not cpu:
        return MISSING
    return f"{wall:.1f} ({cpu:.1f})" if wall else f"({cpu:.2f})"


def commands(job: bytes, docx: bytes, folder: Path) -> Iterator[list[str]]:
    """What each rival is called with; an empty list for one that is not installed."""
    told = json.loads(job)
    shutil.copytree(ASSETS, folder, dirs_exist_ok=True)
    for name, svg in told["drawings"].items():
        (folder / name).write_text(svg, encoding="utf-8")
    source, target, word = folder / "plan.html", folder / "out.pdf", folder / "plan.docx"
    source.write_text(told["html"], encoding="utf-8")
    word.write_bytes(docx)
    yield [sys.executable, "-c", BARE, str(source), str(target)]
    chromium, office = shutil.which("chromium"), shutil.which("soffice")
    yield [chromium, *CHROMIUM, f"--print-to-pdf={target}", source.as_uri()] if chromium else []
    yield [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(word)] if office else []


def seconds_of(command: list[str], folder: str) -> Spent:
    """Seconds of one run by the clock and of the CPU, with all processes that it starts."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env={**os.environ, "HOME": folder}, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - begin, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
