"""The queue itself: whose turn it is, bounds, and what remains of processes that were killed or ended by a limit."""

import os
import resource
import signal
import subprocess
import sys
import time

import pytest

from accounts.confined.slots import Slots
from printing import render
from printing.pdf import worker as pdf_worker
from records.queue import answers, jobs, process
from records.queue.jobs import Job, Outcome, TooMany
from records.queue.order import in_turn, note_turn, standing
from tests.lsz_portal.faults import no_room_for_files


@pytest.fixture(autouse=True)
def empty(settings, tmp_path):
    """A queue of its own on which nobody works."""
    settings.VAR_DIR, settings.QUEUE = tmp_path, "asleep"


def wish(address, person=1, **more):
    """A job as a person asks for it."""
    name = jobs.name_of([person, address])
    return jobs.add(Job(name, person, f"Dokument {address}", "GET", address, **more))


# ---------------------------------------------------------------- whose turn it is
def test_people_take_turns_however_much_one_of_them_asks_for():
    many = [Job(f"a{number:02}", 1, "", "GET", "", asked_at=number) for number in range(12)]
    one, two = Job("b", 2, "", "GET", "", asked_at=90), Job("c", 3, "", "GET", "", asked_at=91)
    order = [job.name for job in in_turn([*many[1:], one, two], [many[0]], {})]
    assert order[:4] == ["b", "c", "a01", "a02"], "whoever has nothing at work comes before who has"
    order = [job.name for job in in_turn([*many, one], [], {1: 50.0, 2: 40.0})]
    assert order[:3] == ["b", "a00", "a01"], "whoever had the last turn comes after who had it longer ago"
    assert sorted([*many, one], key=lambda job: job.asked_at)[0] is many[0], "by time alone it would be the other"


def test_the_page_says_how_many_come_first_and_the_order_survives_the_process():
    for number in range(3):
        wish(f"/{number}/")
    note_turn(1)
    mine = wish("/meins/", person=2)
    assert [job.address for job in standing()[0]] == ["/meins/", "/0/", "/1/", "/2/"]
    assert answers.place_of(mine).sentence == "Es ist als Nächstes an der Reihe."
    last = answers.place_of(jobs.find(jobs.name_of([1, "/2/"])))
    assert (last.sentence, last.seconds) == ("Vorher kommen noch drei andere an die Reihe.", answers.LATER)


def test_the_same_wish_joins_and_the_newest_preview_replaces_the_one_that_waits():
    assert wish("/plan/").asked_at == wish("/plan/").asked_at
    wish("/vorschau/1", latest="preview")
    wish("/vorschau/2", latest="preview")
    wish("/vorschau/1", person=2, latest="preview")
    found = [(job.person, job.address) for job in jobs.unfinished()]
    assert found == [(1, "/plan/"), (1, "/vorschau/2"), (2, "/vorschau/1")]


def test_more_than_so_many_are_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(jobs, "PER_PERSON", 2)
    monkeypatch.setattr(jobs, "IN_ALL", 3)
    wish("/1/"), wish("/2/")
    with pytest.raises(TooMany, match="Sie haben schon 2 Dokumente angefordert") as own:
        wish("/3/")
    assert wish("/2/").address == "/2/", "what waits already is no more"
    wish("/1/", person=2)
    with pytest.raises(TooMany, match="sehr viele") as others:
        wish("/1/", person=3)
    assert (own.value.status, others.value.status) == (429, 503)
    jobs.end(jobs.name_of([1, "/1/"]), Outcome(200))
    assert wish("/1/", person=3).person == 3, "what is done does not count"


def test_what_came_of_it_is_kept_for_a_moment_and_everything_is_forgotten_later(monkeypatch):
    job = wish("/1/")
    jobs.end(job.name, Outcome(200, content=b"\n{datei}\n"))
    found = jobs.outcome_of(job.name)
    assert found.content == b"\n{datei}\n"
    jobs.handed_out(job.name, found)
    assert jobs.outcome_of(job.name), "some browsers ask twice"
    later = time.time() + jobs.AGAIN + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert jobs.outcome_of(job.name) is None, "the next document is made of what is recorded then"
    jobs.end(wish("/3/").name, Outcome(200))
    os.utime(jobs.path_of(jobs.name_of([1, "/3/"]), jobs.OUTCOME), (1, 1))
    assert jobs.clear() == 1, "a document that nobody fetched"
    (jobs.folder() / "new-rest").write_text("")
    (jobs.folder() / "process.lock").write_text("")
    wish("/2/")
    assert jobs.clear(seconds=-10) == 2
    assert [path.name for path in jobs.folder().iterdir()] == ["process.lock"]


# ---------------------------------------------------------------- the process
@pytest.fixture
def working(tmp_path):
    """Starts the process of tests.records.queue_process."""
    started = []

    def start(wall="30", **more):
        environment = os.environ | {
            "LSZ_VAR_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "lsz_portal.settings",
            "DEMO": "1",
            "WALL": wall,
            "WORK_AT_ONCE": "2",
        }
        lock = (jobs.folder() / "process.lock").open("ab")
        command = [sys.executable, "-m", "tests.records.queue_process", str(lock.fileno())]
        with lock:
            started.append(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, env=environment, pass_fds=[lock.fileno()], cwd=render.ROOT, **more
                )
            )
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.wait()
        each.stdin.close()
    hangs = tmp_path / "queue" / "hangs"
    if hangs.exists():
        os.kill(int(hangs.read_text()), signal.SIGKILL)


def soon(found, what):
    """What is found, as soon as there is something."""
    until = time.monotonic() + 120
    while not (answer := found()):
        assert time.monotonic() < until, what
        time.sleep(0.02)
    return answer


def outcome_soon(job):
    return soon(lambda: jobs.outcome_of(job.name), "nothing came of it")


def hanging(but=""):
    """The process of the job that hangs, as soon as there is another than before."""
    path = jobs.folder() / "hangs"
    return soon(lambda: path.exists() and path.read_text() not in ("", but) and path.read_text(), "no job hangs")


@pytest.mark.slow
def test_a_killed_job_is_begun_once_more_and_then_refused_while_others_are_served(working):
    hung = wish("/hang/")
    working()
    first = hanging()
    assert jobs.is_worked_on(hung.name)
    os.kill(int(first), signal.SIGKILL)
    second = hanging(but=first)
    assert outcome_soon(wish("/andere/", person=2)).content == b"/andere/", "the other place is free"
    os.kill(int(second), signal.SIGKILL)
    (jobs.folder() / "hangs").unlink()
    assert outcome_soon(hung).told[0][1] == process.LOST


@pytest.mark.slow
def test_what_a_killed_process_left_the_next_one_takes_up(working):
    hung = wish("/hang/")
    dead = working()
    pid = hanging()
    os.kill(dead.pid, signal.SIGKILL)
    dead.wait()
    os.kill(int(pid), signal.SIGKILL)
    (jobs.folder() / "hangs").unlink()
    waits = wish("/wartet/", person=2)
    soon(lambda: not jobs.is_worked_on(hung.name), "no lock outlives its process")
    working()
    assert outcome_soon(waits).content == b"/wartet/"
    hanging(but=pid)


@pytest.mark.slow
@pytest.mark.parametrize(("address", "wall"), [("/burn/", "30"), ("/grow/", "30"), ("/hang/", "0.5")])
def test_a_job_that_a_limit_ends_says_that_it_is_too_large(working, address, wall):
    working(wall)
    assert outcome_soon(wish(address)).told[0][1] == process.TOO_LARGE
    (jobs.folder() / "hangs").unlink(missing_ok=True)


@pytest.mark.slow
def test_a_full_disk_is_told_and_leaves_nothing_and_the_queue_goes_on_by_itself(working, tmp_path):
    """No file may become longer than so many bytes, first of all none."""
    small, large = wish("/klein/"), wish("/much/", person=2)
    full = working(stderr=subprocess.PIPE, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10**6)))
    assert b"nothing can be stored (EFBIG)" in full.stderr.readline()
    assert (full.poll(), jobs.outcome_of(small.name)) == (None, None)
    resource.prlimit(full.pid, resource.RLIMIT_FSIZE, (2000, 10**6))
    assert outcome_soon(small).content == b"/klein/"
    assert outcome_soon(large).told[0][1] == process.NO_ROOM
    assert not list(jobs.folder().glob("new-*"))
    full.stderr.close()


def test_nobody_waits_for_what_cannot_come(rf):
    job = wish("/1/")
    with no_room_for_files(10), pytest.raises(OSError, match="File too large"):
        answers.waiting_page(rf.get("/1/"), answers.Waiting(job, 0), address="/1/", back="/")
    assert not list(jobs.folder().glob("new-*"))


def test_who_waits_too_long_is_told_so(monkeypatch):
    job = wish("/1/", asked_at=time.time() - process.PATIENCE - 1)
    process.Process(0).step()
    assert outcome_soon(job).told[0][1] == process.TOO_LONG


def test_inner_limits_fire_first():
    """Drawing by CPU, by the clock, the job around it, the page that waits; no request waits longer than gunicorn."""
    drawing = pdf_worker.LIMITS
    assert drawing.cpu_seconds < drawing.wall_seconds < process.WALL_SECONDS - render.PATIENCE
    assert process.CPU_SECONDS < process.WALL_SECONDS < process.PATIENCE
    assert answers.QUICK < 1
    assert Slots().size() >= 2
