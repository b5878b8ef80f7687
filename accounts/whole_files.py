"""Files that are there whole or not at all: what is written gets its name when everything stands in it."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

PART = ".part"  # how a file ends that is not whole; only a process that was killed leaves one


def need_room(folder: Path) -> None:
    """Raises OSError where not even a sentence could be stored."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(4096))


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """The file to write to, for the portal's user alone; a full disk leaves nothing of it. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="new-", suffix=PART)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
