"""Work in the background (docs/adr/0012): the worker that does it, and who is working on what right now.

The lock is one of the operating system (flock): it goes with the process that holds it, also at kill -9. Portal and
worker must see the same folder.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from records.text import whole_number

_resumers: list[Callable[[], int]] = []
TRIES, PAUSE = 40, 0.05  # seconds; somebody who only looks whether there is a worker holds the lock for an instant


def register_resumer(resume: Callable[[], int]) -> None:
    """Register what queues the imports of a room again whose worker was killed, and says how many."""
    _resumers.append(resume)


def resume_all() -> int:
    """Queue all of them again; returns how many."""
    return sum(resume() for resume in _resumers)


def take(lock: BinaryIO) -> bool:
    """Lock the open file for this process; False where another one keeps it."""
    for _ in range(TRIES):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(PAUSE)
        else:
            return True
    return False


@dataclass(frozen=True)
class ProgressFile:
    """How far a job is that stores everything in one transaction: a number in a file, which is also its lock.

    Nobody sees into a transaction, so what it has done so far cannot stand in the database.
    """

    name: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        folder: Path = settings.VAR_DIR / "jobs"
        return folder / self.name

    @contextmanager
    def claimed(self) -> Iterator[Callable[[int], None] | None]:
        """Take the job for this process; gives the function that notes the progress, None where another one works."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            if not take(file):
                yield None
                return

            def tell(done: int) -> None:
                with contextlib.suppress(OSError):  # a full disk stops no work for the sake of a number
                    file.truncate(0)
                    os.write(file.fileno(), str(done).encode())

            tell(0)
            try:
                yield tell
            finally:
                self.path.unlink(missing_ok=True)

    def is_worked_on(self) -> bool:
        """True while a living process works on the job."""
        try:
            with self.path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            pass
        return False

    def done(self) -> int:
        """What was noted last."""
        try:
            return whole_number(self.path.read_text(encoding="ascii")) or 0
        except FileNotFoundError:
            return 0
