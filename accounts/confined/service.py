"""The way from the portal to confined processes (accounts.confined.worker): started at the first job, kept warm.

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
from typing import BinaryIO

from accounts.confined.slots import Slots
from accounts.confined.worker import HEAD, STARTED

KEPT = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR", "PYTHONDONTWRITEBYTECODE")
PATIENCE = 5.0  # seconds that a request may wait for a slot


def bare_environment() -> dict[str, str]:
    """Paths and language: no secrets, no database."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {"PYTHONHASHSEED": "0"}


class Service:
    """The warm parent of this process. Threads may share it; a forked process starts its own.

    ``module`` is run as a program in ``folder``, with nothing but the ``environment``. A job has one of the machine's
    ``slots`` as long as its process lives.
    """

    def __init__(
        self,
        module: str,
        folder: Path,
        environment: Callable[[], dict[str, str]] = bare_environment,
        slots: Slots = Slots(),  # noqa: B008 (frozen)
    ) -> None:
        self.command = [sys.executable, "-m", module]
        self.folder, self.environment, self.slots = folder, environment, slots
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None
        self.owner = 0
        self.is_lent = False
        atexit.register(self.stop)

    def ask(self, job: bytes, seconds: float, patience: float = PATIENCE) -> tuple[int, bytes] | None:
        """The status and the content of the answer; None where the worker was ended.

        Raises Busy where no slot became free for ``patience`` seconds, TimeoutError after ``seconds`` of work. A
        parent that had gone (idle, killed) is started anew once.
        """
        with self.slots.held(patience) as slot:
            for _ in range(2):
                process = None
                try:
                    process, line = self._connect(slot)
                    with line:
                        line.settimeout(seconds)
                        return _talk(line, job)
                except (BrokenPipeError, ConnectionResetError):
                    self._drop(process)
        return None

    def warm(self) -> None:
        """Start the parent before anybody asks for something."""
        with self.lock:
            if not self.is_alive():
                self._start()

    def lend(self) -> None:
        """In a process that was just forked: use the parent of the other one as long as it answers."""
        self.is_lent = self.control is not None

    def is_alive(self) -> bool:
        """Whether the parent runs, started by this very process or lent to it."""
        return self.is_lent or (self.process is not None and self.owner == os.getpid() and self.process.poll() is None)

    def stop(self) -> None:
        """Let the parent end, and with it nothing else: jobs at work come to their own end."""
        if self.control is not None:
            self.control.close()
        if self.process is not None and self.owner == os.getpid():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
        self.process = self.control = None
        self.is_lent = False

    def _connect(self, slot: BinaryIO) -> tuple[subprocess.Popen[bytes] | None, socket.socket]:
        """The parent that was told, and a line to its new worker, which keeps the slot until it ends."""
        ours, theirs = socket.socketpair()
        with self.lock, theirs:
            if not self.is_alive():
                self._start()
            assert self.control is not None
            socket.send_fds(self.control, [b"j"], [theirs.fileno(), slot.fileno()])
            return self.process, ours

    def _drop(self, process: subprocess.Popen[bytes] | None) -> None:
        """Make sure that a parent which started no worker has ended; another thread may have a new one already."""
        with self.lock:
            gone = process or self.process
            if gone is not None and gone is self.process:
                if self.owner == os.getpid():
                    gone.kill()
                self.stop()

    def _start(self) -> None:
        self.stop()
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                self.command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=self.folder,
                env=self.environment(),
            )
        self.owner = os.getpid()


def _talk(line: socket.socket, job: bytes) -> tuple[int, bytes] | None:
    """Send the job, read the answer; None where it ends too early. Raises BrokenPipeError where no worker started."""
    if line.recv(1) != STARTED:
        raise BrokenPipeError
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(job)
        line.shutdown(socket.SHUT_WR)
        with line.makefile("rb") as source:
            head = source.read(HEAD.size)
            status, size = HEAD.unpack(head) if len(head) == HEAD.size else (0, -1)
            content = source.read(size) if size >= 0 else b""
        return (status, content) if len(content) == size else None
    return None
