"""The warm parent: limits hold in every job, it outlives bombs, comes back when it was ended, and serves threads."""

import errno
import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from accounts.confined.service import Service
from printing import render
from printing.errors import RenderTooLarge
from printing.pdf import worker

pytestmark = pytest.mark.slow

# A parent whose jobs are Python: what they print as result is the answer.
PARENT = """
import os, sys, time
from dataclasses import replace
from accounts.confined.worker import Trade
from printing.pdf.worker import LIMITS
def work(job):
    names = {"os": os, "time": time}
    exec(job.decode(), names)
    return 0, str(names["answer"]).encode()
limits = replace(LIMITS, cpu_seconds=1, wall_seconds=3)
sys.exit(Trade(work, limits, idle_seconds=float(sys.argv[1])).main())
"""


@pytest.fixture
def service():
    def start(idle=60):
        made.append(Service("", render.ROOT, render._environment))
        made[-1].command = [sys.executable, "-c", PARENT, str(idle)]
        return made[-1]

    made = []
    yield start
    for each in made:
        each.stop()


def test_every_job_has_a_process_of_its_own(service):
    asked = service()
    found = {asked.ask(b"answer = (os.getpid(), os.getppid())", 30) for _ in range(3)}
    pids = {eval(content) for _, content in found}
    assert len({child for child, _ in pids}) == 3
    assert {parent for _, parent in pids} == {asked.process.pid}


@pytest.mark.parametrize(
    "bomb",
    [b"while True: pass", b"x = bytearray(3 * 1024**3); answer = 1", b"time.sleep(20); answer = 1"],
    ids=["time", "memory", "sleep"],
)
def test_bombs_end_alone(service, bomb):
    asked = service()
    assert asked.ask(b"answer = 1", 30) == (0, b"1")
    parent = asked.process.pid
    with ThreadPoolExecutor() as pool:
        bombed = pool.submit(asked.ask, bomb, 60)
        assert asked.ask(b"answer = 2", 30) == (0, b"2"), "others are answered meanwhile"
        assert bombed.result() is None
    assert asked.ask(b"answer = 3", 30) == (0, b"3")
    assert asked.process.pid == parent


def test_a_parent_that_was_killed_comes_back(service):
    asked = service()
    assert asked.ask(b"answer = 1", 30) == (0, b"1")
    os.kill(asked.process.pid, signal.SIGKILL)
    assert asked.ask(b"answer = 2", 30) == (0, b"2")


def test_a_parent_that_rests_too_long_gives_its_memory_back(service, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    asked = service(idle=1)
    assert asked.ask(b"answer = 1", 30) == (0, b"1")
    assert asked.process.wait(20) == 0
    assert list(tmp_path.iterdir()) == [], "its folder too"
    assert asked.ask(b"answer = 2", 30) == (0, b"2")


def test_many_threads_get_their_own_answers(service):
    asked = service()
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda number: asked.ask(f"answer = {number}".encode(), 30), range(24))
    assert list(answers) == [(0, str(number).encode()) for number in range(24)]


def test_a_forked_process_starts_a_parent_of_its_own(service):
    asked = service()
    asked.ask(b"answer = 1", 30)
    asked.owner = -1  # as after a fork
    parent = asked.process
    assert asked.ask(b"answer = os.getppid()", 30) == (0, str(asked.process.pid).encode())
    assert asked.process.pid != parent.pid
    parent.wait(20)


def test_the_parent_ends_with_the_portal(service):
    asked = service()
    asked.ask(b"answer = 1", 30)
    parent = asked.process
    asked.stop()
    assert parent.returncode == 0


LAYS_DOWN = b"import tempfile; open(tempfile.mkdtemp() + '/a', 'w').close(); "


def test_nothing_that_a_job_lays_down_outlives_it(service, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    asked = service()
    where = asked.ask(LAYS_DOWN + b"answer = tempfile.gettempdir()", 30)[1].decode()
    assert where.startswith(str(tmp_path))
    assert asked.ask(LAYS_DOWN + b"os.kill(os.getpid(), 9)", 30) is None
    for _ in range(50):  # it answers before the system has told its parent that it has ended
        asked.ask(b"answer = 1", 30)
        if not list(tmp_path.rglob("a")):
            break
        time.sleep(0.1)
    assert list(tmp_path.rglob("a")) == []


def test_a_new_parent_sweeps_what_a_killed_one_left(service, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    killed, working = service(), service()
    for each in (killed, working):
        each.ask(b"answer = 1", 30)
    killed.process.kill()
    killed.process.wait()
    for folder in tmp_path.iterdir():
        os.utime(folder, (0, 0))
    service().ask(b"answer = 1", 30)
    assert len(list(tmp_path.iterdir())) == 2, "of the parent that works, and of the new one"


def test_a_drawn_document_leaves_no_fonts_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    drawing = Service("printing.pdf.worker", render.ROOT, render._environment)
    monkeypatch.setattr(render, "SERVICE", drawing)
    html = "<!doctype html><html lang=de><title>x</title><link rel=stylesheet href=plan.css><p>x"
    assert render.render_pages(html, until="x", most=1).pages
    drawing.ask(b"", 30)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
    drawing.stop()


def test_a_full_disk_is_not_told_as_a_missing_library(monkeypatch):
    def full(**job):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("printing.pdf.drawing.make_pdf", full)
    assert worker.work(b'{"make": "pdf"}')[0] == worker.FAILED


def test_who_waits_too_long_is_told_in_german(monkeypatch):
    def hang(job, seconds, patience):
        raise TimeoutError

    monkeypatch.setattr(render.SERVICE, "ask", hang)
    with pytest.raises(RenderTooLarge, match="zu groß"):
        render.render_pages("<p>x</p>", until="x", most=1)


def test_only_the_wanted_pages_are_laid_out():
    html = "<!doctype html><html lang=de><title>x</title><link rel=stylesheet href=plan.css>" + "".join(
        f'<section class="kap" style="break-before: page"><h1>{number}</h1><p id="p{number}">x</p></section>'
        for number in range(20)
    )
    found = render.render_pages(html, until="p2", most=12)
    assert (len(found.pages), found.is_cut) == (4, True)
    assert (len(render.render_pages(html, until="none", most=7).pages)) == 7
    last = render.render_pages(html, until="p19", most=30)
    assert (len(last.pages), last.is_cut) == (20, False)
    assert (last.pages[0].width, last.pages[0].height) == (794, 1123)
