"""Places for heavy work: so many, whatever the number of processes; given back also by one that was killed."""

import os
import signal
import sys
import time

import pytest

from accounts.confined.service import Service
from accounts.confined.slots import Busy, Slots
from printing import render

WORKER = """
import sys
from accounts.confined.worker import Limits, Trade
def work(job):
    import os, time
    open(job.decode(), "w").write(str(os.getpid()))
    time.sleep(30)
    return 0, b""
sys.exit(Trade(work, Limits(5, 60, 1024**3)).main())
"""


def wait_for(seen, seconds=120):
    until = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < until, "nothing happened"
        time.sleep(0.01)


def test_no_more_than_so_many_hold_a_place():
    two = Slots("two", 2)
    with two.held(0), two.held(0):
        assert two.free() == 0
        with pytest.raises(Busy, match="viel zu tun"), two.held(0):
            pass
        with Slots("others", 1).held(0):
            assert two.free() == 0
    assert two.free() == 2


def test_a_job_keeps_its_place_until_its_own_process_has_ended(tmp_path):
    """Also where the process that asked was killed; the parent of the confined processes holds none."""
    one, told = Slots("one", 1), tmp_path / "pid"
    service = Service("", render.ROOT, slots=one)
    service.command = [sys.executable, "-c", WORKER]
    asker = os.fork()
    if asker == 0:
        service.ask(str(told).encode(), 60)
        os._exit(0)
    wait_for(lambda: told.exists() and told.read_text())
    os.kill(asker, signal.SIGKILL)
    os.waitpid(asker, 0)
    assert one.free() == 0, "it is still at work"
    os.kill(int(told.read_text()), signal.SIGKILL)
    wait_for(one.free)
