"""The process that works on the queue, with work that needs no database: ``python -m tests.records.queue_process``.

What is done with a job says its address: „/hang/“ notes its own process in the folder and waits, „/burn/“ uses the CPU,
„/grow/“ the memory, „/much/“ makes a large file, everything else is done at once.
"""

import os
import sys
import time

import django

django.setup()

from records.queue import jobs, process  # noqa: E402
from records.queue.jobs import Job, Outcome  # noqa: E402


def work(job: Job) -> Outcome:
    """Stands in for the view."""
    if job.address == "/hang/":
        (jobs.folder() / "hangs").write_text(str(os.getpid()))
        time.sleep(60)
    while job.address == "/burn/":
        pass
    if job.address == "/grow/":
        bytearray(2 * process.MEMORY)
    content = bytes(100_000) if job.address == "/much/" else job.address.encode()
    return Outcome(200, {"Content-Type": "text/plain"}, content=content)


process.read_all = lambda: None
process.warmers.clear()
process.NO_ROOM_PAUSE = 0.2
process.CPU_SECONDS, process.WALL_SECONDS, process.IDLE_SECONDS = 1, float(os.environ["WALL"]), 30


def guarded(job: Job) -> Outcome:
    """As the replay does it."""
    try:
        return work(job)
    except MemoryError:
        return process.refused(process.TOO_LARGE)


process.outcome_of_view = guarded
process.main(int(sys.argv[1]))
