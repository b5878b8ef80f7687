"""Places for heavy work on this machine, shared by every process of the portal, whatever their number (docs/adr/0027).

A place is a locked file. The lock is one of the operating system (flock): it goes with the last process that holds the
open file, also at kill -9, so no place is ever lost.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

PAUSE = 0.02  # seconds between two looks for a free place


class Busy(Exception):
    """Every place stayed taken; the text says so in German."""

    def __init__(self) -> None:
        super().__init__("Der Server hat gerade viel zu tun. Versuchen Sie es in einer Minute noch einmal.")


@dataclass(frozen=True)
class Slots:
    """Places of one sort, told apart from others by their ``name``; ``count`` 0 means as many as the setting says."""

    name: str = "work"
    count: int = 0

    @contextmanager
    def held(self, patience: float) -> Iterator[BinaryIO]:
        """Take a place until the block ends, and until every process that was given the open file has ended.

        Waits ``patience`` seconds at most. Raises Busy.
        """
        place = self._find(time.monotonic() + patience)
        with place:
            yield place

    def free(self) -> int:
        """How many places nobody holds right now."""
        found = 0
        for number in range(self.size()):
            place = self._taken(number)
            if place:
                place.close()
                found += 1
        return found

    def size(self) -> int:
        """How many places there are."""
        from django.conf import settings

        return self.count or settings.WORK_AT_ONCE or at_once()

    def _find(self, until: float) -> BinaryIO:
        while True:
            for number in range(self.size()):
                place = self._taken(number)
                if place:
                    return place
            if time.monotonic() > until:
                raise Busy
            time.sleep(PAUSE)

    def _taken(self, number: int) -> BinaryIO | None:
        """The place, locked; None where somebody else holds it."""
        place = (slots_dir() / f"{self.name}-{number}").open("ab")
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            place.close()
            return None
        return place


def at_once() -> int:
    """As many as cores that this process may use, and two at least, so that one long job does not stop all others."""
    return max(2, len(os.sched_getaffinity(0)))


def slots_dir() -> Path:
    """Where the locked files lie; made where it is missing."""
    from django.conf import settings

    folder: Path = settings.VAR_DIR / "slots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
