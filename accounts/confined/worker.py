"""Inside the confined processes: a warm parent that forks a process of its own for every job.

A room gives a ``Trade``: what is done with a job, within which limits, and what is read beforehand. The parent gets a
socket as stdin. For every job it receives one end of a socket pair over it, with the slot of the job (slots.py), and
forks; the child keeps both until it ends, limits its time and memory, reads the job, answers and ends. The parent has
read its libraries, but never worked on a job; it has no database, no settings and no secrets. It ends with the process
that started it, or after some minutes without a job. docs/adr/0010.

A child says STARTED at once, so that the end of the parent is not taken for a bomb. An answer is a status, the number
of bytes and the bytes. A child that is ended by a limit answers nothing.
"""

import contextlib
import gc
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass

from accounts.confined.scratch import Scratch

AT_ONCE = max(2, os.cpu_count() or 2)  # jobs at a time; others wait
STARTED = b"s"
HEAD = struct.Struct(">BQ")  # status, bytes that follow


@dataclass(frozen=True)
class Limits:
    """What one job may use: seconds of CPU, seconds on the clock (for a process that hangs), bytes of address space."""

    cpu_seconds: int
    wall_seconds: float
    memory: int

    def hold(self) -> None:
        """Take away from this process what a bomb would need."""
        resource.setrlimit(resource.RLIMIT_CPU, (self.cpu_seconds, self.cpu_seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (self.memory, self.memory))
        resource.setrlimit(resource.RLIMIT_DATA, (self.memory, self.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.setitimer(signal.ITIMER_REAL, self.wall_seconds)  # its signal ends the process


def nothing() -> None:
    """No more to read beforehand."""


@dataclass(frozen=True)
class Trade:
    """``work`` gives a status and the bytes of the answer. ``warm_up`` reads what every job needs; ``warm_up_more``
    what some need besides, after the first job was forked. After ``idle_seconds`` the parent gives its memory back.
    """

    work: Callable[[bytes], tuple[int, bytes]]
    limits: Limits
    warm_up: Callable[[], None] = nothing
    warm_up_more: Callable[[], None] = nothing
    idle_seconds: float = 15 * 60

    def answer(self, client: socket.socket) -> None:
        """Inside the child: one job from its first byte to its last."""
        self.limits.hold()
        with client, client.makefile("rb") as source:
            client.sendall(STARTED)
            status, content = self.work(source.read())
            client.sendall(HEAD.pack(status, len(content)) + content)

    def serve(self, control: socket.socket, scratch: Scratch, running: set[int]) -> None:
        """Fork for every socket that arrives, until the other end is closed or nothing comes for a while."""
        control.settimeout(self.idle_seconds)
        is_complete = False
        while True:
            try:
                message, (*handles,), _, _ = socket.recv_fds(control, 1, 2)
            except TimeoutError:
                return
            if not message:
                return
            make_room(running, scratch, AT_ONCE)
            pid = os.fork()
            if pid == 0:
                with contextlib.suppress(OSError), scratch.of_child():  # the client has gone
                    control.close()
                    self.answer(socket.socket(fileno=handles[0]))
                os._exit(0)
            for handle in handles:
                os.close(handle)
            if not is_complete:
                self.warm_up_more()
                gc.freeze()
                is_complete = True
            running.add(pid)

    def main(self) -> int:
        """The parent: the garbage collector rests, as every child ends soon."""
        gc.disable()
        self.warm_up()
        gc.freeze()
        running: set[int] = set()
        with Scratch() as scratch:
            self.serve(socket.socket(fileno=sys.stdin.fileno()), scratch, running)
            make_room(running, scratch, 1)  # jobs at work come to their own end
        return 0


def make_room(running: set[int], scratch: Scratch, most: int) -> None:
    """Forget the children that have ended; wait for one while ``most`` are at work."""
    while running:
        pid, _ = os.waitpid(-1, 0 if len(running) >= most else os.WNOHANG)
        if pid == 0:
            return
        running.discard(pid)
        scratch.forget(pid)
