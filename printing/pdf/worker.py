"""The processes in which documents are made: a warm parent that forks a process of its own for every job.

``python -m printing.pdf.worker`` gets a socket as stdin. For every job it receives one end of a socket pair over it
and forks; the child limits its time and memory, reads the job, answers and ends. The parent has read the library, but
never drawn anything (drawing starts threads, which a fork does not copy); it has no database, no settings and no
secrets. It ends with the process that started it, or after some minutes without a job. docs/adr/0010.

A child says STARTED at once, so that the end of the parent is not taken for a bomb. An answer is a status, the number
of bytes and the bytes: the document, or after FAILED the reason. A child that is ended by a limit answers nothing.
"""

import contextlib
import gc
import json
import os
import resource
import signal
import socket
import struct
import sys

from accounts.frames import with_room

CPU_SECONDS = 25  # of a job; hostile texts end here, below 30 s on an idle machine; 120 pages need 7
WALL_SECONDS = 120  # of a job; for a process that hangs
MEMORY = 1024**3  # bytes of address space; 120 pages need 290 MiB
IDLE_SECONDS = 15 * 60  # after that the parent gives its memory back
AT_ONCE = max(2, os.cpu_count() or 2)  # jobs at a time; others wait
MADE, UNAVAILABLE, OUT_OF_MEMORY, FAILED = 0, 3, 4, 5
STARTED = b"s"
HEAD = struct.Struct(">BQ")  # status, bytes that follow


def limit() -> None:
    """Take away what a bomb would need."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)  # its signal ends the process


def warm_up() -> None:
    """Read what every job needs. Without a system library each job finds out by itself and says so."""
    with contextlib.suppress(OSError):
        from printing.hyphenation import load_patterns
        from printing.pdf.drawing import load_library

        load_library()
        load_patterns(os.environ.get("LSZ_CACHE_DIR", ""))


def warm_up_for_pictures() -> None:
    """Read what previews need besides: after the first job was forked, so that no document waits for it."""
    with contextlib.suppress(OSError, ImportError):
        from printing.pdf.page_images import load_painter

        load_painter()
    gc.freeze()


@with_room
def work(job: bytes) -> tuple[int, bytes]:
    """The status and the document, or the reason why there is none."""
    from printing.pdf.drawing import make_pages, make_pdf

    try:
        options = json.loads(job)
        is_pdf = options.pop("make") == "pdf"
        return MADE, make_pdf(**options) if is_pdf else make_pages(**options)
    except OSError as error:
        return UNAVAILABLE, str(error).encode()
    except MemoryError:
        return OUT_OF_MEMORY, b""
    except Exception as error:
        return FAILED, f"{type(error).__name__}: {error}".encode(errors="replace")


def answer(client: socket.socket) -> None:
    """Inside the child: one job from its first byte to its last."""
    limit()
    with client, client.makefile("rb") as source:
        client.sendall(STARTED)
        status, content = work(source.read())
        client.sendall(HEAD.pack(status, len(content)) + content)


def serve(control: socket.socket) -> None:
    """Fork for every socket that arrives, until the other end is closed or nothing comes for a while."""
    control.settimeout(IDLE_SECONDS)
    running: set[int] = set()
    is_complete = False
    while True:
        try:
            message, (*handles,), _, _ = socket.recv_fds(control, 1, 1)
        except TimeoutError:
            return
        if not message:
            return
        make_room(running)
        pid = os.fork()
        if pid == 0:
            with contextlib.suppress(OSError):  # the client has gone
                control.close()
                answer(socket.socket(fileno=handles[0]))
            os._exit(0)
        for handle in handles:
            os.close(handle)
        if not is_complete:
            warm_up_for_pictures()
            is_complete = True
        running.add(pid)


def make_room(running: set[int]) -> None:
    """Forget the children that have ended; wait for one where too many are at work."""
    while running:
        pid, _ = os.waitpid(-1, 0 if len(running) >= AT_ONCE else os.WNOHANG)
        if pid == 0:
            return
        running.discard(pid)


def main() -> int:
    """The parent: the garbage collector rests, as every child ends soon."""
    gc.disable()
    warm_up()
    gc.freeze()
    serve(socket.socket(fileno=sys.stdin.fileno()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
