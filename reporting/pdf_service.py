"""The way from the portal to the processes that make documents (pdf_worker): started at the first job, kept warm.

Every process of the portal has a parent of its own. It is told of a job by one end of a socket pair, so there is no
name that somebody else could use, and nothing is left behind when either side ends.
"""

import atexit
import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from reporting.pdf_worker import HEAD

COMMAND = [sys.executable, "-m", "reporting.pdf_worker"]


class Service:
    """The warm parent of this process. Threads may share it; a forked process starts its own."""

    def __init__(self, folder: Path, environment: Callable[[], dict[str, str]]) -> None:
        self.folder, self.environment = folder, environment
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None
        self.owner = 0
        atexit.register(self.stop)

    def ask(self, job: bytes, seconds: float) -> tuple[int, bytes] | None:
        """The status and the content of the answer; None where the worker was ended.

        Raises TimeoutError after ``seconds``. A parent that had gone (idle, killed) is started anew once.
        """
        for attempt in (1, 2):
            try:
                with self._connect() as line:
                    line.settimeout(seconds)
                    found = _talk(line, job)
            except (BrokenPipeError, ConnectionResetError):
                found = None
            if found is not None or attempt == 2 or self.is_alive():
                return found
        return None

    def is_alive(self) -> bool:
        """Whether the parent runs, started by this very process."""
        return self.process is not None and self.owner == os.getpid() and self.process.poll() is None

    def stop(self) -> None:
        """Let the parent end, and with it nothing else: jobs at work come to their own end."""
        if self.control is not None:
            self.control.close()
        if self.process is not None and self.owner == os.getpid():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
        self.process = self.control = None

    def _connect(self) -> socket.socket:
        """A line to a new worker."""
        ours, theirs = socket.socketpair()
        with self.lock, theirs:
            if not self.is_alive():
                self._start()
            assert self.control is not None
            socket.send_fds(self.control, [b"j"], [theirs.fileno()])
        return ours

    def _start(self) -> None:
        self.stop()
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                COMMAND, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                cwd=self.folder, env=self.environment(),
            )  # fmt: skip
        self.owner = os.getpid()


def _talk(line: socket.socket, job: bytes) -> tuple[int, bytes] | None:
    """Send the job, read the answer; None where it ends too early."""
    line.sendall(job)
    line.shutdown(socket.SHUT_WR)
    with line.makefile("rb") as source:
        head = source.read(HEAD.size)
        if len(head) < HEAD.size:
            return None
        status, size = HEAD.unpack(head)
        content = source.read(size)
    return (status, content) if len(content) == size else None
