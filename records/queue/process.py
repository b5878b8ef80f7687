"""The process that works on the queue: one per machine, warm, which forks a process of its own for every job.

It is started by whoever asks for something while none runs (``start_process``), reads no record itself, and ends after
some idle minutes, or with the process that started it once nothing waits. Killed hard, it leaves nothing that the next
one does not take up.
"""

import contextlib
import errno
import fcntl
import gc
import logging
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import BinaryIO

from django.conf import settings
from django.db import connections

from accounts.confined.slots import Slots
from records.queue import jobs
from records.queue.jobs import Job, Outcome
from records.queue.order import note_turn, standing
from records.queue.replay import FAILED, TOO_LARGE, outcome_of_view, refused

COMMAND = ("manage.py", "work_queue")
CPU_SECONDS = 120  # of a job besides its confined processes; a table of 5 000 measures needs 40
WALL_SECONDS = 240  # of a job; longer than it may wait for a place and be drawn (printing.render)
MEMORY = 512 * 1024**2  # bytes of data of the process of a job; a plan of 120 pages needs 200 MiB
PATIENCE = 600  # seconds that a job may wait for its turn
BEGINNINGS = 2  # how often a job is begun whose process was killed from outside
IDLE_SECONDS = 15 * 60
PAUSE, REST = 0.03, 0.2  # seconds between two looks: while there is something to do, and else
NO_ROOM_PAUSE = 5  # seconds until it is tried again whether there is room on the disk
NOT_KEPT = 3  # how a process ends that could not store what came of its job
TOO_LONG = "Das hat zu lange gewartet, weil der Server sehr viel zu tun hat. Versuchen Sie es später noch einmal."
NO_ROOM = (
    "Auf dem Server ist kein Platz mehr frei. Versuchen Sie es später noch einmal; bleibt es dabei, melden Sie es der "
    "Administration."
)
LOST = "Die Arbeit daran wurde zweimal von außen beendet. Versuchen Sie es später noch einmal."

logger = logging.getLogger(__name__)
_started: list[tuple[subprocess.Popen[bytes], BinaryIO]] = []
readers: list[Callable[[], None]] = []  # what the process reads at its beginning
warmers: list[Callable[[], None]] = []  # called before each job, for what has to be there
lenders: list[Callable[[], None]] = []  # called in the process of a job, before its work


def start_process() -> None:
    """Make sure that a process works on the queue of this machine; only one does, however often it is called."""
    if settings.QUEUE != "process":
        return
    with (jobs.folder() / f"process{jobs.LOCK}").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        ours, theirs = os.pipe()
        with open(ours, "rb") as stdin:
            process = subprocess.Popen(
                [sys.executable, *COMMAND, str(lock.fileno())],
                cwd=settings.BASE_DIR,
                stdin=stdin,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=[lock.fileno()],
            )
    _started[:] = [(each, pipe) for each, pipe in _started if each.poll() is None]
    _started.append((process, open(theirs, "wb")))  # noqa: SIM115 (its end says that this process has gone)


class Process:
    """The loop: begin what has its turn, see what has ended."""

    def __init__(self, lock: int) -> None:
        self.lock, self.size = lock, Slots().size()
        self.children: dict[int, Job] = {}
        self.is_left = False
        self.rests_until = 0.0

    def run(self) -> None:
        """Until nothing was to do for a while, or whoever started it has gone and nothing waits."""
        idle_since = cleared = time.monotonic()
        while True:
            try:
                busy = self.step()
            except OSError as error:
                busy = self._rest(error)
            now = time.monotonic()
            if busy:
                idle_since = now
            elif self.is_left or now - idle_since > IDLE_SECONDS:
                return
            if now - cleared > IDLE_SECONDS / 3:
                jobs.clear()
                cleared = now
            self._wait(PAUSE if busy or now - idle_since < 5 else REST)

    def step(self) -> bool:
        """One look; whether there is anything to do."""
        self._reap()
        waiting, _ = standing()
        at_work = {job.name for job in self.children.values()}
        waiting = [job for job in waiting if job.name not in at_work]
        if time.monotonic() < self.rests_until:
            return bool(waiting or self.children)
        for job in waiting:
            if time.time() - job.asked_at > PATIENCE:
                jobs.end(job.name, refused(TOO_LONG))
            elif len(self.children) < self.size:
                self._begin(job)
        return bool(waiting or self.children)

    def _begin(self, job: Job) -> None:
        try:
            lost = jobs.begun(job.name) >= BEGINNINGS
        except FileNotFoundError:  # replaced by a newer one
            return
        if lost:
            jobs.end(job.name, refused(LOST))
            return
        note_turn(job.person)
        for warm in warmers:
            warm()
        pid = os.fork()
        if pid == 0:
            code = 0
            with contextlib.suppress(BaseException):
                code = self._work(job)
            os._exit(code)
        self.children[pid] = job

    def _work(self, job: Job) -> int:
        """Inside the process of the job; how it ends."""
        os.close(self.lock)
        os.close(sys.stdin.fileno())
        for lend in lenders:
            lend()
        hold_limits()
        with jobs.held(job.name) as is_mine:
            is_kept = not is_mine or keep(job.name, outcome_of_view(job))
        connections.close_all()
        return 0 if is_kept else NOT_KEPT

    def _reap(self) -> None:
        """See which children have ended, and say of those that a limit has ended why there is nothing."""
        while self.children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            job = self.children.pop(pid, None)
            if job is None or jobs.path_of(job.name, jobs.OUTCOME).exists():
                continue
            by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            if by in (signal.SIGXCPU, signal.SIGALRM):
                jobs.end(job.name, refused(TOO_LARGE))
            elif os.waitstatus_to_exitcode(status) == NOT_KEPT:
                jobs.put_back(job.name)
                self._rest(None)
            elif not by and jobs.find(job.name) is not None:
                jobs.end(job.name, refused(FAILED))

    def _rest(self, error: OSError | None) -> bool:
        """Let everything wait for a while: nothing can be stored, and no process is to be begun in vain."""
        if error and time.monotonic() > self.rests_until + NO_ROOM_PAUSE:  # once, not every time
            tell(error)
        self.rests_until = time.monotonic() + NO_ROOM_PAUSE
        return True

    def _wait(self, seconds: float) -> None:
        """A moment; notes where the process that started this one has gone."""
        if self.is_left:
            time.sleep(seconds)
            return
        readable, _, _ = select.select([sys.stdin], [], [], seconds)
        self.is_left = bool(readable)


def keep(name: str, outcome: Outcome) -> bool:
    """Store what came of the job, or that there is no room for it; False where not even that is possible."""
    for each in (outcome, refused(NO_ROOM)):
        try:
            jobs.end(name, each)
        except OSError as error:
            tell(error)
        else:
            return True
    return False


def tell(error: OSError) -> None:
    """Tell who runs the portal that the queue can store nothing."""
    logger.error("queue: nothing can be stored (%s)", errno.errorcode.get(error.errno or 0, type(error).__name__))


def hold_limits() -> None:
    """Take away from the process of a job what a bomb would need."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)


def main(lock: int) -> None:
    """The process from its beginning to its end; pages come first, so it takes less of the cores than they."""
    os.nice(5)
    fcntl.flock(lock, fcntl.LOCK_EX)
    read_all()
    gc.freeze()
    Process(lock).run()


def read_all() -> None:
    """Read addresses, views and templates once, so that no job has to."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018
    for read in readers:
        read()
