"""The files of an export below VAR_DIR/exports/<number>/: whole or not there, and locked while somebody works on them.

The lock is one of the operating system (flock): it goes with the process that holds it, also at kill -9, so there is
no time to wait until an export counts as interrupted. Portal and worker must see the same folder.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from records.background import take
from records.storage import sync

PART = ".part"
LOCK = ".lock"


@dataclass(frozen=True)
class ExportFolder:
    """The folder of one export."""

    pk: int

    @property
    def path(self) -> Path:
        """Where the files lie."""
        return exports_dir() / str(self.pk)

    @contextmanager
    def claimed(self) -> Iterator[bool]:
        """Take the export for this process until the block ends; False where another one works on it."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / LOCK).open("ab") as lock:
            mine = take(lock)
            if mine:
                for unfinished in self.path.glob(f"*{PART}"):
                    unfinished.unlink()
            yield mine

    def is_worked_on(self) -> bool:
        """True while a living process works on the export."""
        try:
            with (self.path / LOCK).open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            pass
        return False

    def write(self, name: str, fill: Callable[[BinaryIO], object]) -> None:
        """Put a file there as a whole: under another name until everything is on the disk."""
        with tempfile.NamedTemporaryFile(dir=self.path, suffix=PART, delete=False) as unfinished:
            part = Path(unfinished.name)
            try:
                fill(unfinished)  # type: ignore[arg-type]
                unfinished.flush()
                os.fsync(unfinished.fileno())
                part.replace(self.path / name)
            finally:
                part.unlink(missing_ok=True)
        sync(self.path)

    def write_bytes(self, name: str, data: bytes) -> None:
        """A small file as a whole."""
        self.write(name, lambda target: target.write(data))

    def holds(self, name: str, sha256: str) -> bool:
        """True where the file is there and has not been altered."""
        path = self.path / name
        return bool(name) and path.is_file() and sha256_of(path) == sha256

    def drop(self, *names: str) -> None:
        """Delete files that are there."""
        for name in names:
            (self.path / name).unlink(missing_ok=True)

    def drop_all(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.path, ignore_errors=True)


def exports_dir() -> Path:
    """The folder of all exports."""
    folder: Path = settings.VAR_DIR / "exports"
    return folder


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
