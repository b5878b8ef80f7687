"""Folders for what jobs lay down on the disk while they work (the PDF library writes the fonts of every document).

None outlives its job: a child ends without cleaning up after itself, and a bomb is ended from outside.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

PREFIX = "lsz-jobs-"
YOUNG = 60  # seconds in which a folder may be without its lock, because its parent is just starting


class Scratch:
    """The folder of one parent, with one inside for each child, named by its process.

    The lock of the folder tells that somebody is at work in it: the parent holds it, and children inherit it.
    """

    def __init__(self) -> None:
        sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self.lock = os.open(self.folder, os.O_RDONLY)
        fcntl.flock(self.lock, fcntl.LOCK_SH)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """The parent ends, after its children."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def of_child(self) -> Iterator[None]:
        """Inside a child: temporary files lie in its own folder until the job is done."""
        own = self.folder / str(os.getpid())
        with contextlib.suppress(OSError):  # a full disk: the job itself says so
            own.mkdir(mode=0o700)
            tempfile.tempdir = os.environ["TMPDIR"] = str(own)
        try:
            yield
        finally:
            self.forget(os.getpid())

    def forget(self, pid: int) -> None:
        """What a child has left behind, whatever ended it."""
        shutil.rmtree(self.folder / str(pid), ignore_errors=True)


def sweep() -> None:
    """Remove the folders of parents that were killed or have gone; those in use are locked."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # of another user, or just gone
            if time.time() - folder.stat().st_mtime > YOUNG and is_free(folder):
                shutil.rmtree(folder, ignore_errors=True)


def is_free(folder: Path) -> bool:
    """Whether no process works in the folder. Raises OSError where it is another user's."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(handle)
